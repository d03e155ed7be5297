// SPDX-License-Identifier: Apache-2.0
#include "compiler/desugar/desugar.h"

#include <algorithm>

#include "compiler/desugar/desugarer.h"
#include "compiler/desugar/literals.h"
#include "compiler/desugar/texts.h"

namespace muster::desugar {

Result desugar(const syntax::Tree& tree) {
  Result result;
  Desugarer(tree, result.module, result.diagnostics).run();
  return result;
}

void Desugarer::run() {
  for (const NodeId node : tree_.children(tree_.root())) {
    if (tree_.kind(node) == NodeKind::error) module_.incomplete = true;
    declaration(node);
  }
}

std::optional<ast::Text> Desugarer::child_text(NodeId node) {
  const NodeId texts = child(node, NodeKind::texts);
  if (texts == syntax::kNoNode) return std::nullopt;
  return expressions_.text(texts);
}

std::optional<ast::Text> Desugarer::text_in(NodeId node, NodeKind part) {
  const NodeId found = child(node, part);
  if (found == syntax::kNoNode) return std::nullopt;
  return child_text(found);
}

std::optional<ast::Message> Desugarer::child_message(NodeId node) {
  const NodeId texts = child(node, NodeKind::texts);
  if (texts == syntax::kNoNode) return std::nullopt;
  return expressions_.message(texts);
}

std::vector<ast::Name> Desugarer::child_names(NodeId node) const {
  std::vector<ast::Name> names;
  for (const NodeId each : tree_.children(node))
    if (tree_.kind(each) == NodeKind::name) names.push_back(expressions_.name(each));
  return names;
}

ast::TypeRef Desugarer::child_type(NodeId node) {
  const NodeId found = child(node, NodeKind::type);
  if (found != syntax::kNoNode && !tree_.breaks_off(found)) return type(found);
  ast::TypeRef unreadable;
  unreadable.span = found == syntax::kNoNode ? end_of(node) : tree_.span(found);
  return unreadable;
}

// A `type` node holds a path, a list type or a bracketed type, and perhaps `?` behind it.
ast::TypeRef Desugarer::type(NodeId node) {
  ast::TypeRef ref;
  ref.span = tree_.span(node);
  switch (tree_.kind(node)) {
    case NodeKind::path:
      ref.kind = ast::TypeRef::Kind::named;
      ref.name = expressions_.path(node);
      return ref;
    case NodeKind::list_type:
      ref.kind = ast::TypeRef::Kind::list;
      ref.inner = {type(tree_.children(node).front())};
      return ref;
    case NodeKind::bracketed_type: return type(tree_.children(node).front());
    default: break;
  }
  const NodeId core = tree_.children(node).front();
  ast::TypeRef inner = type(core);
  if (tree_.node(core).end == tree_.node(node).end) return inner;
  ref.kind = ast::TypeRef::Kind::optional;
  ref.inner = {std::move(inner)};
  return ref;
}

ast::ExprId Desugarer::child_expression(NodeId node) {
  for (const NodeId each : tree_.children(node))
    if (is_expression(tree_.kind(each))) return expressions_.expression(each, tree_.span(each));
  return expressions_.error(end_of(node));
}

ast::ExprId Desugarer::expression_in(NodeId node, NodeKind part) {
  const NodeId found = child(node, part);
  return found == syntax::kNoNode ? ast::kNoExpr : child_expression(found);
}

ast::ExprId Desugarer::assigned(NodeId node) {
  const NodeId found = child(node, NodeKind::assigned);
  return found == syntax::kNoNode ? expressions_.error(end_of(node)) : child_expression(found);
}

std::optional<types::Scalar> Desugarer::token_value(TokenId token) {
  LiteralText literal;
  literal.kind = token_kind(token);
  literal.text = tree_.text_of(token);
  auto value = read_literal(literal);
  if (value) return std::move(*value);
  diagnostics_.report(base::Code::bad_literal, tree_.span_of(token), value.error().message).help = value.error().help;
  return std::nullopt;
}

std::optional<base::Date> Desugarer::date(TokenId token) {
  const auto value = token_value(token);
  if (!value || !std::holds_alternative<base::Date>(*value)) return std::nullopt;
  return std::get<base::Date>(*value);
}

std::optional<base::Date> Desugarer::date_in(NodeId node, NodeKind part) {
  const NodeId found = child(node, part);
  if (found == syntax::kNoNode || tree_.has_error(found)) return std::nullopt;
  return date(date_token(found));
}

std::string Desugarer::decimal(TokenId token) {
  const auto digits = read_decimal(tree_.text_of(token));
  if (digits) return *digits;
  (void)token_value(token);
  return {};
}

base::Span Desugarer::end_of(NodeId node) const {
  const base::Span span = tree_.span(node);
  return {span.file, span.end, span.end};
}

// The `///` lines right above, with the blank behind each mark taken away.
std::string Desugarer::doc(NodeId node) const {
  const TokenId first = first_token(node);
  const auto& comments = tree_.comments;
  auto end = std::upper_bound(comments.begin(), comments.end(), first,
                              [](TokenId token, const syntax::Comment& comment) { return token < comment.before; });
  auto begin = end;
  while (begin != comments.begin() && std::prev(begin)->before == first &&
         std::prev(begin)->sort == syntax::Comment::Sort::doc &&
         std::prev(begin)->place == syntax::Comment::Place::own_line)
    --begin;
  std::string joined;
  for (; begin != end; ++begin) {
    std::string_view line = tree_.text.substr(begin->begin + 3, begin->end - begin->begin - 3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (!joined.empty()) joined.push_back('\n');
    joined += line;
  }
  return joined;
}

bool Desugarer::repeats(std::set<NodeKind>& seen, NodeId clause) {
  if (seen.insert(tree_.kind(clause)).second) return false;
  const std::string text(tree_.text_of(first_token(clause)));
  diagnostics_.report(base::Code::repeated_clause, word(clause), "`" + text + "` is said twice here").help =
      "keep one of them";
  return true;
}

}  // namespace muster::desugar
