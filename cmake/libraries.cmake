# SPDX-License-Identifier: Apache-2.0
# Which room uses which library from outside. tl::expected and toml++ are headers alone and need no line.
uses(base fmt::fmt ${UTF8PROC})
uses(grammar/parse taocpp::pegtl)
uses(compiler/check PkgConfig::RE2)
uses(lsp/protocol nlohmann_json::nlohmann_json)
uses(runtime/unpack ZLIB::ZLIB PkgConfig::ZSTD)
uses(runtime/ingest simdjson::simdjson)
uses(runtime/reference PkgConfig::RE2)
uses(runtime/interpret PkgConfig::RE2)
uses(runtime/jit_plugin ${CMAKE_DL_LIBS})
if(MUSTER_HAS_JIT)
  plugin_uses(runtime/jit compiler/ir/code.cpp runtime/groups/groups.cpp runtime/groups/ways.cpp LIBRARIES LLVM)
  target_include_directories(muster_jit SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS})
  # As LLVM itself was built; Debian's has type information.
  if(NOT LLVM_ENABLE_RTTI)
    target_compile_options(muster_jit PRIVATE -fno-rtti)
  endif()
endif()
