# SPDX-License-Identifier: Apache-2.0
# embed_pages(SOURCES FUNCTION FILES...): sets SOURCES to a C++ file, written when it is built, in which
# docs::FUNCTION() gives each file's name without extension and its text (see docs/pages.h).
# A room takes its written sources from muster_ROOM_GENERATED. Run as a script, this file writes the C++ file.
if(CMAKE_SCRIPT_MODE_FILE)
  set(entries "")
  foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"page(${text})page\"},\n")
  endforeach()
  file(WRITE ${OUTPUT} "#include \"docs/pages.h\"\n
namespace muster::docs {\n
const std::vector<Page>& ${FUNCTION}() {
  static const std::vector<Page> pages = {
${entries}  };
  return pages;
}\n
}  // namespace muster::docs\n")
  return()
endif()

function(embed_pages sources function)
  set(output ${PROJECT_BINARY_DIR}/generated/${function}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${ARGN}" -DFUNCTION=${function} -DOUTPUT=${output} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  set(${sources} ${output} PARENT_SCOPE)
endfunction()

file(GLOB code_pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/codes/*.md")
embed_pages(muster_docs_GENERATED code_pages ${code_pages})
