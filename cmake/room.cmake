# SPDX-License-Identifier: Apache-2.0
# room(PATH KIND SEES...): the library of one room. Its name is muster_ and the path with _ for /.
# Sources are those in muster_..._GENERATED and the .cpp files that stand in the folder itself; a room of headers alone is an INTERFACE library.
# uses(PATH LIBRARIES...) adds libraries from outside.

function(room path kind)
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

function(uses path)
  string(REPLACE "/" "_" name "muster_${path}")
  get_target_property(type ${name} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_link_libraries(${name} INTERFACE ${ARGN})
  else()
    target_link_libraries(${name} PUBLIC ${ARGN})
  endif()
endfunction()
