# SPDX-License-Identifier: Apache-2.0
# room(PATH KIND SEES...): the library of one room. Its name is muster_ and the path with _ for /.
# Sources are those in muster_..._GENERATED and the .cpp files that stand in the folder itself; a room of headers alone is an INTERFACE library.
# A room of the kind plugin becomes a shared module beside the program, libmuster_NAME.so, which is opened at run time. It
# isn't linked with the libraries of the rooms that it sees, which aren't made to be moved in memory; what it needs of
# them beyond headers it compiles itself: plugin_uses(PATH SOURCES... LIBRARIES LIBRARIES...) says what.
# uses(PATH LIBRARIES...) adds libraries from outside.

function(room path kind)
  if(kind STREQUAL "plugin")
    plugin(${path})
    return()
  endif()
  string(REPLACE "/" "_" name "muster_${path}")
  set_property(GLOBAL APPEND PROPERTY MUSTER_ROOMS ${name})
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${path}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(APPEND sources ${${name}_GENERATED})
  if(sources)
    add_library(${name} STATIC ${sources})
    set(scope PUBLIC)
  else()
    add_library(${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(${name} ${scope} muster_settings)
  foreach(seen IN LISTS ARGN)
    string(REPLACE "/" "_" seen_name "muster_${seen}")
    target_link_libraries(${name} ${scope} ${seen_name})
  endforeach()
endfunction()

function(plugin path)
  get_filename_component(name ${path} NAME)
  string(TOUPPER ${name} upper)
  if(NOT MUSTER_HAS_${upper})
    return()
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${path}/*.cpp")
  add_library(muster_${name} MODULE ${sources})
  set_target_properties(muster_${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(muster_${name} PRIVATE muster_settings)
  target_compile_options(muster_${name} PRIVATE -ffunction-sections -fdata-sections)
  # Functions that nobody calls may need others that aren't there.
  target_link_options(muster_${name} PRIVATE -Wl,--gc-sections -Wl,-z,defs)
endfunction()

function(plugin_uses path)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "" "LIBRARIES")
  get_filename_component(name ${path} NAME)
  target_sources(muster_${name} PRIVATE ${of_UNPARSED_ARGUMENTS})
  target_link_libraries(muster_${name} PRIVATE ${of_LIBRARIES})
endfunction()

function(uses path)
  string(REPLACE "/" "_" name "muster_${path}")
  get_target_property(type ${name} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_link_libraries(${name} INTERFACE ${ARGN})
  else()
    target_link_libraries(${name} PUBLIC ${ARGN})
  endif()
endfunction()
