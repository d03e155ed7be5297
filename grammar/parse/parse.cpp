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
    result.diagnostics.report(base::Code::source_limit, {file, offset, offset}, "the file is larger than 16 MiB").help =
        "split it into modules";
    tree.text = text.substr(0, 0);
    tree.broken = true;
  } else {
    tree.text = text;
    check_encoding(tree, result.diagnostics);
  }
  read_tokens(tree, result.diagnostics);
  match_braces(tree, result.diagnostics);
  base::Diagnostics found;
  Recorder recorder(tree, found, Recorder::Barriers::none);
  grammar(recorder);
  result.attempts = recorder.attempts();
  // How a text is laid out decides nothing as long as it is right. A broken one is read again with the
  // declarations at column 1 as barriers, so that what is missing before one doesn't swallow its word.
  if (found.has_errors() || result.diagnostics.has_errors()) {
    found = {};
    tree.nodes.clear();
    Recorder again(tree, found, Recorder::Barriers::declarations);
    grammar(again);
    result.attempts += again.attempts();
    tree.broken = true;
  }
  result.diagnostics.append(found);
  result.diagnostics.sort();
  return result;
}

}  // namespace

Result parse_module(std::string_view text, base::FileId file) { return run(text, file, 0, run_module); }

Result parse_expression(std::string_view text, base::FileId file, std::uint32_t offset) {
  return run(text, file, offset, run_expression);
}

}  // namespace muster::parse
