# SPDX-License-Identifier: Apache-2.0
# embed_texts(ROOM HEADER TYPE FUNCTION [BELOW FOLDER] FILES...): adds to ROOM a C++ file, written when it is built, in
# which FUNCTION() of the room gives each file's name and its text, as the TYPE of its HEADER. The name is without
# extension; with BELOW it is the whole path below that folder.
# Run as a script, this file writes the C++ file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  foreach(file IN LISTS FILES)
    if(BELOW)
      file(RELATIVE_PATH name ${BELOW} ${file})
    else()
      get_filename_component(name ${file} NAME_WE)
    endif()
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"${ROOM}/${HEADER}\"\n
namespace muster::${ROOM} {\n
const std::vector<${TYPE}>& ${FUNCTION}() {
  static const std::vector<${TYPE}> texts = {
${entries}  };
  return texts;
}\n
}  // namespace muster::${ROOM}\n")
  return()
endif()

function(embed_texts room header type function)
  cmake_parse_arguments(PARSE_ARGV 4 of "" "BELOW" "")
  set(output ${PROJECT_BINARY_DIR}/generated/${room}_${function}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${of_UNPARSED_ARGUMENTS}" "-DBELOW=${of_BELOW}" -DROOM=${room} -DHEADER=${header} -DTYPE=${type} -DFUNCTION=${function}
            -DOUTPUT=${output} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${of_UNPARSED_ARGUMENTS} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  set(muster_${room}_GENERATED ${output} PARENT_SCOPE)
endfunction()

file(GLOB code_pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/codes/*.md")
embed_texts(docs pages.h Page code_pages ${code_pages})

file(GLOB library_modules CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/stdlib/std/*.muster")
list(FILTER library_modules EXCLUDE REGEX "_test\\.muster$")
embed_texts(stdlib modules.h Module modules ${library_modules})

# CMake's patterns find names that begin with a dot, too.
file(GLOB_RECURSE project_files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/starter/project/*")
embed_texts(starter project.h ProjectFile project_files BELOW ${PROJECT_SOURCE_DIR}/starter/project ${project_files})
