// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/parse.h"

#include "grammar/parse/braces.h"
#include "grammar/parse/lexer.h"
#include "grammar/parse/run_grammar.h"

namespace muster::parse {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

Result run(std::string_view text, base::FileId file, std::uint32_t offset, void (*grammar)(Recorder&)) {
  Result result;
  syntax::Tree& tree = result.tree;
  tree.file = file;
  tree.offset = offset;
  if (text.size() > kLargestFile) {
    result.diagnostics.report(base::Code::file_too_large, {file, offset, offset}, "the file is larger than 16 MiB").help =
        "split it into modules";
    tree.text = text.substr(0, 0);
    tree.broken = true;
  } else {
    tree.text = text;
    check_encoding(tree, result.diagnostics);
  }
  read_tokens(tree, result.diagnostics);
  match_braces(tree, result.diagnostics);
  Recorder recorder(tree, result.diagnostics);
  grammar(recorder);
  result.attempts = recorder.attempts();
  if (result.diagnostics.has_errors()) tree.broken = true;
  result.diagnostics.sort();
  return result;
}

}  // namespace

Result parse_module(std::string_view text, base::FileId file) { return run(text, file, 0, run_module); }

Result parse_expression(std::string_view text, base::FileId file, std::uint32_t offset) {
  return run(text, file, offset, run_expression);
}

}  // namespace muster::parse
