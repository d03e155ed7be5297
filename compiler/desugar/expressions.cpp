// SPDX-License-Identifier: Apache-2.0
// Expressions: what each node becomes. Chains of operators are in chains.cpp, messages in messages.cpp.
#include <algorithm>

#include "compiler/desugar/expression_builder.h"
#include "compiler/desugar/literals.h"
#include "compiler/desugar/texts.h"

namespace muster::desugar {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenId;
using syntax::TokenKind;
using Kind = ast::Expr::Kind;

constexpr std::uint16_t kDeepest = 256;

ast::Aggregate aggregate_of(TokenKind word) {
  switch (word) {
    case TokenKind::word_sum: return ast::Aggregate::sum;
    case TokenKind::word_min: return ast::Aggregate::min;
    case TokenKind::word_max: return ast::Aggregate::max;
    case TokenKind::word_avg: return ast::Aggregate::avg;
    case TokenKind::word_first: return ast::Aggregate::first;
    case TokenKind::word_latest: return ast::Aggregate::latest;
    default: return ast::Aggregate::count;  // the grammar lets no other word stand here
  }
}

ast::Quantifier quantifier_of(TokenKind word, TokenKind second) {
  switch (word) {
    case TokenKind::word_all: return ast::Quantifier::all;
    case TokenKind::word_no: return ast::Quantifier::no;
    case TokenKind::word_exactly: return ast::Quantifier::exactly;
    case TokenKind::word_at:
      return second == TokenKind::word_most ? ast::Quantifier::at_most : ast::Quantifier::at_least;
    default: return ast::Quantifier::any;  // the grammar lets no other word stand here
  }
}

ast::Status status_of(TokenKind word) {
  switch (word) {
    case TokenKind::word_unmet: return ast::Status::unmet;
    case TokenKind::word_na: return ast::Status::na;
    case TokenKind::word_waived: return ast::Status::waived;
    default: return ast::Status::met;  // the grammar lets no other word stand here
  }
}

}  // namespace

bool is_expression(NodeKind kind) {
  switch (kind) {
    case NodeKind::expression:
    case NodeKind::operand:
    case NodeKind::quantifier:
    case NodeKind::conditional:
    case NodeKind::comparison:
    case NodeKind::coalescing:
    case NodeKind::sum:
    case NodeKind::signed_value:
    case NodeKind::postfix:
    case NodeKind::literal:
    case NodeKind::texts:
    case NodeKind::name:
    case NodeKind::reference:
    case NodeKind::bracketed:
    case NodeKind::list_literal:
    case NodeKind::choose:
    case NodeKind::aggregate:
    case NodeKind::every:
    case NodeKind::passes:
    case NodeKind::status_count:
    case NodeKind::range:
    case NodeKind::object: return true;
    default: return false;
  }
}

ast::ExprId ExpressionBuilder::expression(NodeId node, base::Span instead) {
  if (node == syntax::kNoNode) return error(instead);
  if (!is_expression(tree_.kind(node)) || tree_.breaks_off(node)) return error(tree_.span(node));
  const std::size_t before = diagnostics_.error_count();
  const ast::ExprId built = build(node);
  const bool too_deep = diagnostics_.error_count() > before && diagnostics_.has(base::Code::source_limit);
  return too_deep ? error(tree_.span(node)) : built;
}

ast::ExprId ExpressionBuilder::error(base::Span span) {
  ast::Expr expr;
  expr.kind = Kind::error;
  expr.span = span;
  expr.op_span = span;
  return add(std::move(expr));
}

ast::Name ExpressionBuilder::name(NodeId node) const {
  ast::Name name;
  if (node == syntax::kNoNode || tree_.kind(node) != NodeKind::name) return name;
  const TokenId token = tree_.node(node).begin;
  std::string_view text = tree_.text_of(token);
  name.quoted = tree_.tokens[token].kind == TokenKind::quoted_name;
  if (name.quoted) {
    text.remove_prefix(1);
    if (!text.empty() && text.back() == '`') text.remove_suffix(1);
  }
  name.text = std::string(text);
  name.span = tree_.span(node);
  return name;
}

ast::Path ExpressionBuilder::path(NodeId node) const {
  ast::Path path;
  if (node == syntax::kNoNode || tree_.kind(node) != NodeKind::path) return path;
  for (const NodeId child : tree_.children(node))
    if (tree_.kind(child) == NodeKind::name) path.parts.push_back(name(child));
  path.span = tree_.span(node);
  return path;
}

ast::Selection ExpressionBuilder::selection(NodeId node) const {
  ast::Selection selection;
  if (node == syntax::kNoNode) return selection;
  selection.span = tree_.span(node);
  switch (tree_.tokens[tree_.node(node).begin].kind) {
    case TokenKind::word_must: selection.kind = ast::Selection::Kind::must; break;
    case TokenKind::word_should: selection.kind = ast::Selection::Kind::should; break;
    case TokenKind::word_may: selection.kind = ast::Selection::Kind::may; break;
    case TokenKind::open_list: selection.kind = ast::Selection::Kind::list; break;
    default: break;  // criterion
  }
  for (const NodeId child : tree_.children(node)) {
    if (tree_.kind(child) == NodeKind::name) selection.list.push_back(name(child));
    if (tree_.kind(child) == NodeKind::in_section) selection.section = name(tree_.child(child, NodeKind::name));
    if (tree_.kind(child) == NodeKind::with_tag) selection.tag = name(tree_.child(child, NodeKind::name));
  }
  return selection;
}

ast::Expr ExpressionBuilder::make(Kind kind, NodeId node) const {
  ast::Expr expr;
  expr.kind = kind;
  expr.span = tree_.span(node);
  expr.op_span = tree_.span_of(tree_.node(node).begin);
  return expr;
}

// Nothing deeper than 256 gets into the module: everybody behind desugar may recurse.
ast::ExprId ExpressionBuilder::add(ast::Expr expr) {
  std::uint16_t depth = 0;
  const auto below = [&](ast::ExprId id) {
    if (id != ast::kNoExpr) depth = std::max(depth, depths_[id]);
  };
  for (const ast::ExprId operand : expr.operands) below(operand);
  for (const ast::Branch& branch : expr.branches) {
    below(branch.condition);
    below(branch.value);
  }
  for (const ast::ObjectField& field : expr.fields) below(field.value);
  if (++depth > kDeepest) {
    const auto& reported = diagnostics_.list();
    if (reported.empty() || reported.back().code != base::Code::source_limit) {
      diagnostics_
          .report(base::Code::source_limit, expr.op_span, "more than 256 operators stand one inside the other here")
          .help = "name a part of it with `let` or `define`; `and` and `or` may have any number of operands";
    }
    depth = 1;
    const base::Span span = expr.span;
    expr = ast::Expr();
    expr.span = span;
    expr.op_span = span;
  }
  module_.exprs.push_back(std::move(expr));
  depths_.push_back(depth);
  return static_cast<ast::ExprId>(module_.exprs.size()) - 1;
}

ast::ExprId ExpressionBuilder::build(NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::expression: return connected(node);
    case NodeKind::operand: return negated(node);
    case NodeKind::quantifier: return quantifier(node);
    case NodeKind::conditional: return conditional(node);
    case NodeKind::comparison: return comparison(node);
    case NodeKind::coalescing:
    case NodeKind::range: return coalescing(node);
    case NodeKind::sum: return arithmetic(node);
    case NodeKind::signed_value: return signed_value(node);
    case NodeKind::postfix: return postfix(node);
    case NodeKind::literal: return literal(node, false, tree_.span(node));
    case NodeKind::texts: return text_literal(node);
    case NodeKind::name: return name_literal(node);
    case NodeKind::reference: return reference(node);
    case NodeKind::list_literal: return list(node);
    case NodeKind::choose: return choose(node);
    case NodeKind::aggregate: return aggregate(node);
    case NodeKind::passes: return passes(node);
    case NodeKind::object: return object(node);
    case NodeKind::bracketed: {
      const ast::ExprId inner = build(tree_.children(node).front());
      module_.exprs[inner].bracketed = true;
      return inner;
    }
    case NodeKind::every: {
      ast::Expr expr = make(Kind::every, node);
      expr.selection = selection(tree_.child(node, NodeKind::selection));
      return add(std::move(expr));
    }
    case NodeKind::status_count: {
      ast::Expr expr = make(Kind::count_status, node);
      expr.status = status_of(tree_.tokens[tree_.node(node).begin + 2].kind);
      expr.selection = selection(tree_.child(node, NodeKind::selection));
      return add(std::move(expr));
    }
    default: return error(tree_.span(node));
  }
}

ast::ExprId ExpressionBuilder::literal(NodeId node, bool negative, base::Span span) {
  const syntax::Node& written = tree_.node(node);
  const TokenKind kind = tree_.tokens[written.begin].kind;
  ast::Expr expr = make(Kind::literal, node);
  expr.span = span;
  switch (kind) {
    case TokenKind::word_true: expr.value = true; return add(std::move(expr));
    case TokenKind::word_false: expr.value = false; return add(std::move(expr));
    case TokenKind::word_none: expr.kind = Kind::none; return add(std::move(expr));
    case TokenKind::word_unknown: expr.kind = Kind::unknown; return add(std::move(expr));
    default: break;
  }
  LiteralText text;
  text.kind = kind;
  text.text = tree_.text_of(written.begin);
  text.sign = negative ? LiteralSign::negative : LiteralSign::positive;
  if (written.end - written.begin > 1) text.unit = tree_.text_of(written.begin + 1);
  auto value = read_literal(text);
  if (!value) {
    diagnostics_.report(base::Code::bad_literal, span, value.error().message).help = value.error().help;
    return error(span);
  }
  expr.value = std::move(*value);
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::text_literal(NodeId node) {
  ast::Expr expr = make(Kind::literal, node);
  expr.value = read_texts(tree_, node, diagnostics_).value;
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::name_literal(NodeId node) {
  const std::string_view written = tree_.text_of(tree_.node(node).begin);
  const bool is_unclosed = written.front() == '`' && (written.size() == 1 || written.back() != '`');
  if (is_unclosed) return error(tree_.span(node));  // reported, and nobody knows where it was meant to end
  ast::Expr expr = make(Kind::name, node);
  expr.name = name(node);
  return add(std::move(expr));
}

// `-` right before a literal is part of it, so that the least int can be written.
ast::ExprId ExpressionBuilder::signed_value(NodeId node) {
  const NodeId operand = tree_.children(node).front();
  const TokenId first = tree_.node(node).begin;
  TokenId minus = tree_.node(operand).begin;
  ast::ExprId built = ast::kNoExpr;
  const TokenKind kind = tree_.tokens[minus].kind;
  const bool is_number = tree_.kind(operand) == NodeKind::literal &&
                         (kind == TokenKind::integer || kind == TokenKind::decimal || kind == TokenKind::percent);
  if (is_number) {
    --minus;
    built = literal(operand, true, tree_.span_between(minus, tree_.node(operand).end));
  } else {
    built = build(operand);
  }
  while (minus > first) {
    --minus;
    ast::Expr expr = make(Kind::unary, node);
    expr.op = ast::Operator::minus;
    expr.op_span = tree_.span_of(minus);
    expr.span = tree_.span_between(minus, tree_.node(node).end);
    expr.operands = {built};
    built = add(std::move(expr));
  }
  return built;
}

ast::ExprId ExpressionBuilder::negated(NodeId node) {
  const NodeId operand = tree_.children(node).front();
  ast::ExprId built = build(operand);
  for (TokenId word = tree_.node(operand).begin; word > tree_.node(node).begin;) {
    --word;
    ast::Expr expr = make(Kind::unary, node);
    expr.op = ast::Operator::negation;
    expr.op_span = tree_.span_of(word);
    expr.span = tree_.span_between(word, tree_.node(node).end);
    expr.operands = {built};
    built = add(std::move(expr));
  }
  return built;
}

ast::ExprId ExpressionBuilder::postfix(NodeId node) {
  const std::vector<NodeId> children = tree_.children(node);
  ast::ExprId built = build(children.front());
  for (std::size_t i = 1; i < children.size(); ++i) {
    const NodeId suffix = children[i];
    ast::Expr expr = make(tree_.kind(suffix) == NodeKind::member ? Kind::member : Kind::optional_member, suffix);
    const NodeId member = tree_.child(suffix, NodeKind::name);
    expr.name = name(member);
    expr.op_span = expr.name.span;
    expr.span = base::join(span_of(built), expr.name.span);
    expr.span.begin = tree_.span(node).begin;
    expr.operands = {built};
    built = add(std::move(expr));
    const NodeId arguments = tree_.child(suffix, NodeKind::arguments);
    if (arguments != syntax::kNoNode)
      built = call(built, arguments, {tree_.file, tree_.span(node).begin, tree_.span(suffix).end});
  }
  return built;
}

ast::ExprId ExpressionBuilder::call(ast::ExprId callee, NodeId arguments, base::Span span) {
  ast::Expr expr = make(Kind::call, arguments);
  expr.span = span;
  expr.op_span = module_.exprs[callee].op_span;
  expr.operands = {callee};
  for (const NodeId argument : tree_.children(arguments)) expr.operands.push_back(build(argument));
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::reference(NodeId node) {
  const ast::ExprId callee = name_literal(tree_.child(node, NodeKind::name));
  return call(callee, tree_.child(node, NodeKind::arguments), tree_.span(node));
}

ast::ExprId ExpressionBuilder::passes(NodeId node) {
  const std::vector<NodeId> children = tree_.children(node);
  if (place_ == Place::gate) {
    ast::Expr expr = make(Kind::passes, node);
    expr.name = name(children.front());
    return add(std::move(expr));
  }
  ast::Expr callee = make(Kind::name, node);
  const TokenId word = tree_.node(node).begin;
  callee.name = {std::string(tree_.text_of(word)), tree_.span_of(word), false};
  callee.span = callee.name.span;
  ast::Expr expr = make(Kind::call, node);
  expr.operands = {add(std::move(callee)), name_literal(children.front())};
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::list(NodeId node) {
  ast::Expr expr = make(Kind::list, node);
  for (const NodeId element : tree_.children(node)) expr.operands.push_back(build(element));
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::conditional(NodeId node) {
  ast::Expr expr = make(Kind::conditional, node);
  for (const NodeId child : tree_.children(node)) expr.operands.push_back(build(child));
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::choose(NodeId node) {
  ast::Expr expr = make(Kind::choose, node);
  expr.operands = {ast::kNoExpr};
  for (const NodeId child : tree_.children(node)) {
    const std::vector<NodeId> sides = tree_.children(child);
    if (tree_.kind(child) == NodeKind::branch) {
      if (expr.operands[0] != ast::kNoExpr) {
        diagnostics_.report(base::Code::syntax, tree_.span(child), "a branch behind `else` is never taken").help =
            "let `else` be the last";
      }
      const ast::ExprId condition = build(sides.front());
      expr.branches.push_back({condition, build(sides.back())});
    } else if (expr.operands[0] == ast::kNoExpr) {
      expr.operands[0] = build(sides.front());
    } else {
      diagnostics_
          .report(base::Code::repeated_clause, tree_.span_of(tree_.node(child).begin), "`choose` has an `else` already")
          .help = "keep one of them";
    }
  }
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::part(NodeId node, NodeKind kind) {
  const NodeId found = tree_.child(node, kind);
  if (found == syntax::kNoNode) return ast::kNoExpr;
  return build(tree_.children(found).front());
}

ast::ExprId ExpressionBuilder::quantifier(NodeId node) {
  const TokenId first = tree_.node(node).begin;
  ast::Expr expr = make(Kind::quantifier, node);
  expr.quantifier = quantifier_of(tree_.tokens[first].kind, tree_.tokens[first + 1].kind);
  ast::ExprId count = ast::kNoExpr;
  ast::ExprId elements = ast::kNoExpr;
  for (const NodeId child : tree_.children(node)) {
    const NodeKind kind = tree_.kind(child);
    if (kind == NodeKind::quantifier_count) {
      const std::vector<NodeId> inner = tree_.children(child);
      count = inner.empty() ? literal(child, false, tree_.span(child)) : build(inner.front());
    } else if (expr.variable.empty()) {
      expr.variable = name(child);
    } else if (elements == ast::kNoExpr) {
      elements = build(child);
    }
  }
  const ast::ExprId condition = part(node, NodeKind::where_part);
  expr.operands = {elements, condition, part(node, NodeKind::body_part), count};
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::aggregate(NodeId node) {
  ast::Expr expr = make(Kind::aggregate, node);
  expr.aggregate = aggregate_of(tree_.tokens[tree_.node(node).begin].kind);
  const std::vector<NodeId> children = tree_.children(node);
  expr.variable = name(children[0]);
  const ast::ExprId elements = build(children[1]);
  const ast::ExprId condition = part(node, NodeKind::where_part);
  expr.operands = {elements, condition,
                   part(node, expr.aggregate == ast::Aggregate::latest ? NodeKind::by_part : NodeKind::body_part)};
  return add(std::move(expr));
}

ast::ExprId ExpressionBuilder::object(NodeId node) {
  ast::Expr expr = make(Kind::object, node);
  for (const NodeId child : tree_.children(node)) {
    const std::vector<NodeId> parts = tree_.children(child);
    ast::ObjectField field;
    if (tree_.kind(child) == NodeKind::spread_part) {
      field.spread = path(parts.front());
    } else {
      field.name = name(parts.front());
      field.value = build(parts.back());
    }
    expr.fields.push_back(std::move(field));
  }
  return add(std::move(expr));
}

}  // namespace muster::desugar
