// SPDX-License-Identifier: Apache-2.0
// Texts, and messages with expressions in braces. Escapes are read first, so a message is cut in what it says;
// each byte knows where it was written, and so does each expression.
#include "compiler/desugar/expression_builder.h"
#include "compiler/desugar/texts.h"
#include "grammar/parse/parse.h"

namespace muster::desugar {

using syntax::NodeId;

ast::Text ExpressionBuilder::text(NodeId node) {
  return {read_texts(tree_, node, diagnostics_).value, tree_.span(node)};
}

ast::Message ExpressionBuilder::message(NodeId node) {
  const WrittenText written = read_texts(tree_, node, diagnostics_);
  ast::Message message;
  message.span = tree_.span(node);
  if (tree_.breaks_off(node)) return message;  // `"{status == "` may be only a part of it
  cut(message, written.value, written.offsets);
  return message;
}

void ExpressionBuilder::cut(ast::Message& message, const std::string& value,
                            const std::vector<std::uint32_t>& offsets) {
  const auto bad = [&](std::size_t at, std::string what, std::string help) {
    diagnostics_.report(base::Code::message_braces, {tree_.file, offsets[at], offsets[at] + 1}, std::move(what)).help =
        std::move(help);
  };
  ast::Message::Piece piece;
  for (std::size_t at = 0; at < value.size();) {
    const char byte = value[at];
    const bool doubled = at + 1 < value.size() && value[at + 1] == byte;
    if (byte != '{' && byte != '}') {
      piece.text.push_back(byte);
      ++at;
    } else if (doubled) {
      piece.text.push_back(byte);
      at += 2;
    } else if (byte == '}') {
      bad(at, "a `}` closes nothing here", "write `}}` for a brace");
      ++at;
    } else {
      const std::size_t close = value.find_first_of("{}", at + 1);
      if (close == std::string::npos || value[close] == '{') {
        bad(at,
            close == std::string::npos ? "a `{` is not closed in the message" : "braces in a message hold no braces",
            "write `{{` for a brace; an expression stands between `{` and `}`, without texts or braces in it");
        at = close == std::string::npos ? value.size() : value.find('}', close);
        at = at == std::string::npos ? value.size() : at;
        while (at < value.size() && value[at] == '}') ++at;
        continue;
      }
      const std::string source = value.substr(at + 1, close - at - 1);
      if (source.find_first_not_of(" \t\n") == std::string::npos) {
        bad(at, "the braces hold no expression", "write `{{}}` for braces");
      } else {
        piece.expression = interpolated(source, offsets[at + 1], offsets[close]);
        piece.source = source;
        piece.begin = offsets[at + 1];
        message.pieces.push_back(std::move(piece));
        piece = {};
      }
      at = close + 1;
    }
  }
  if (!piece.text.empty() || message.pieces.empty()) message.pieces.push_back(std::move(piece));
}

ast::ExprId ExpressionBuilder::interpolated(const std::string& source, std::uint32_t begin, std::uint32_t end) {
  const parse::Result parsed = parse::parse_expression(source, tree_.file, begin);
  if (!parsed.diagnostics.list().empty()) {
    base::Diagnostic first = parsed.diagnostics.list().front();
    // Where an escape stands before it in the braces the place moves a little, but never out of them.
    first.span.begin = std::min(first.span.begin, end);
    first.span.end = std::min(std::max(first.span.end, first.span.begin), end);
    auto& reported = diagnostics_.report(first.code, first.span, first.message);
    reported.help = first.help;
    return error({tree_.file, begin, end});
  }
  ExpressionBuilder inner(parsed.tree, module_, depths_, diagnostics_);
  inner.set_place(place_);
  const std::vector<NodeId> items = parsed.tree.children(parsed.tree.root());
  return inner.expression(items.empty() ? syntax::kNoNode : items.front(), {tree_.file, begin, end});
}

}  // namespace muster::desugar
