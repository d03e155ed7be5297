# SPDX-License-Identifier: Apache-2.0
# Which room uses which library from outside. tl::expected and toml++ are headers alone and need no line.
uses(base fmt::fmt ${UTF8PROC})
uses(grammar/parse taocpp::pegtl)
uses(compiler/check PkgConfig::RE2)
uses(runtime/unpack ZLIB::ZLIB PkgConfig::ZSTD)
uses(runtime/ingest simdjson::simdjson)
uses(runtime/reference PkgConfig::RE2)
uses(runtime/interpret PkgConfig::RE2)
