// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/parse.h"

#include <algorithm>

#include "grammar/parse/braces.h"
#include "grammar/parse/lexer.h"
#include "grammar/parse/run_grammar.h"

namespace muster::parse {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

std::uint32_t first_unreadable_line(const syntax::Tree& tree, const base::Diagnostics& diagnostics) {
  for (const base::Diagnostic& each : diagnostics.list()) {
    if (each.code != base::Code::not_utf8) continue;
    const std::size_t line_end = tree.text.substr(0, each.span.begin - tree.offset).find_last_of("\r\n");
    return tree.offset + (line_end == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line_end) + 1);
  }
  return ~std::uint32_t{0};
}

Result run(std::string_view text, base::FileId file, std::uint32_t offset, Recorder::Scope scope,
           void (*grammar)(Recorder&)) {
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
  Recorder recorder(tree, found, Recorder::Barriers::none, scope);
  grammar(recorder);
  result.attempts = recorder.attempts();
  // How a text is laid out decides nothing as long as it is right. A broken one is read again with the
  // declarations at column 1 as barriers, so that what is missing before one doesn't swallow its word.
  if (found.has_errors() || result.diagnostics.has_errors()) {
    found = {};
    tree.nodes.clear();
    tree.mistakes.clear();
    Recorder again(tree, found, Recorder::Barriers::declarations, scope);
    grammar(again);
    result.attempts += again.attempts();
    tree.broken = true;
  }
  std::sort(tree.mistakes.begin(), tree.mistakes.end());
  // From the line on that is no text, nothing else is worth saying.
  const auto unreadable = first_unreadable_line(tree, result.diagnostics);
  result.diagnostics.append_if(found,
                               [unreadable](const base::Diagnostic& each) { return each.span.begin < unreadable; });
  result.diagnostics.sort();
  return result;
}

}  // namespace

Result parse_module(std::string_view text, base::FileId file) {
  return run(text, file, 0, Recorder::Scope::file, run_module);
}

Result parse_expression(std::string_view text, base::FileId file, std::uint32_t offset) {
  return run(text, file, offset, Recorder::Scope::braces, run_expression);
}

}  // namespace muster::parse
