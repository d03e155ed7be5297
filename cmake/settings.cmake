# SPDX-License-Identifier: Apache-2.0
# How every room is compiled. Sanitizers and coverage are chosen by the presets.
set(MUSTER_SANITIZE "" CACHE STRING "sanitizers, as for -fsanitize=: address,undefined or thread")
option(MUSTER_ASSERTIONS "check the standard library's own preconditions too" OFF)
option(MUSTER_COVERAGE "instrument for gcov" OFF)
option(MUSTER_FUZZ "build the libFuzzer targets (needs clang)" OFF)
option(MUSTER_JIT "build the plug-in with the JIT, where LLVM 19 is installed" ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()

# Everything that rooms and tests share. Floating point follows IEEE 754 to the letter, so that every machine
# gives the same bytes: no fast math, no fused multiply-add.
add_library(muster_settings INTERFACE)
target_include_directories(muster_settings INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(muster_settings INTERFACE -Wall -Wextra -Werror -Wnon-virtual-dtor -fno-fast-math -ffp-contract=off
  $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: false alarms in std::string's own code once it is optimised.
  target_compile_options(muster_settings INTERFACE -Wno-restrict)
endif()
if(MUSTER_ASSERTIONS)
  target_compile_definitions(muster_settings INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(MUSTER_SANITIZE)
  target_compile_options(muster_settings INTERFACE -fsanitize=${MUSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(muster_settings INTERFACE -fsanitize=${MUSTER_SANITIZE})
endif()
if(MUSTER_FUZZ)
  target_compile_options(muster_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(MUSTER_COVERAGE)
  target_compile_options(muster_settings INTERFACE --coverage)
  target_link_options(muster_settings INTERFACE --coverage)
endif()

find_program(MUSTER_LLD ld.lld)
if(MUSTER_LLD)
  target_link_options(muster_settings INTERFACE -fuse-ld=lld)
endif()
find_program(MUSTER_CCACHE ccache)
if(MUSTER_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MUSTER_CCACHE})
endif()
