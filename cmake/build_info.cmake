# SPDX-License-Identifier: Apache-2.0
# What `muster doctor` says of a build: its version, and the commit of the checkout it was configured in.
# Only one file is compiled with them, so that a new commit costs one compilation.
set(MUSTER_COMMIT "")
find_package(Git QUIET)
if(Git_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE MUSTER_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
set_source_files_properties(${PROJECT_SOURCE_DIR}/cli/commands/build_info.cpp PROPERTIES
  COMPILE_DEFINITIONS "MUSTER_VERSION=\"${PROJECT_VERSION}\";MUSTER_COMMIT=\"${MUSTER_COMMIT}\"")
