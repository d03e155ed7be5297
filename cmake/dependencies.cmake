# SPDX-License-Identifier: Apache-2.0
# What comes from outside, all of it from Debian 12 packages (`./dev setup` installs them).
find_package(fmt REQUIRED)
find_package(pegtl 3.2.7 REQUIRED)
find_package(simdjson REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_library(UTF8PROC utf8proc REQUIRED)

# The plug-in with the JIT is optional; without LLVM all else is the same.
set(MUSTER_HAS_JIT OFF)
if(MUSTER_JIT)
  find_package(LLVM 19.1 CONFIG QUIET)
  if(LLVM_FOUND)
    set(MUSTER_HAS_JIT ON)
  else()
    message(STATUS "no LLVM 19.1: the plug-in with the JIT is left out (./dev setup jit installs LLVM)")
  endif()
endif()
