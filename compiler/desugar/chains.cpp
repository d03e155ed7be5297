// SPDX-License-Identifier: Apache-2.0
// Chains of operators, which the tree keeps flat, sorted by their strength.
#include "compiler/desugar/expression_builder.h"

namespace muster::desugar {
namespace {

using ast::Operator;
using syntax::NodeId;
using syntax::TokenId;
using syntax::TokenKind;
using Kind = ast::Expr::Kind;

}  // namespace

ExpressionBuilder::Link ExpressionBuilder::link(TokenId token) const {
  const base::Span span = tree_.span_of(token);
  switch (tree_.tokens[token].kind) {
    case TokenKind::word_implies: return {Operator::implication, span, 1};
    case TokenKind::word_or: return {Operator::disjunction, span, 2};
    case TokenKind::word_and: return {Operator::conjunction, span, 3};
    case TokenKind::coalesce: return {Operator::coalesce, span, 4};
    case TokenKind::word_assume: return {Operator::assume, span, 4};
    case TokenKind::plus_sign: return {Operator::add, span, 5};
    case TokenKind::minus: return {Operator::subtract, span, 5};
    case TokenKind::times: return {Operator::multiply, span, 6};
    default: return {Operator::divide, span, 6};  // the grammar lets no other token stand here
  }
}

// Each operator stands right behind the operand before it.
ExpressionBuilder::Chain ExpressionBuilder::chain(NodeId node) {
  Chain chain;
  const std::vector<NodeId> children = tree_.children(node);
  for (const NodeId child : children) {
    chain.operands.push_back({build(child), tree_.span(child)});
    if (child != children.back()) chain.links.push_back(link(tree_.node(child).end));
  }
  return chain;
}

ExpressionBuilder::Operand ExpressionBuilder::binary(const Link& link, const Operand& left, const Operand& right) {
  ast::Expr expr;
  expr.kind = Kind::binary;
  expr.op = link.op;
  expr.op_span = link.span;
  expr.span = base::join(left.span, right.span);
  expr.operands = {left.expr, right.expr};
  const base::Span span = expr.span;
  return {add(std::move(expr)), span};
}

// `implies` binds loosest, to the right; then `or`, then `and`, each with all its operands at once.
ast::ExprId ExpressionBuilder::connected(NodeId node) { return implied(chain(node)); }

ast::ExprId ExpressionBuilder::implied(const Chain& chain) {
  std::vector<Operand> sides;
  std::vector<Link> links;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= chain.links.size(); ++i) {
    if (i < chain.links.size() && chain.links[i].op != Operator::implication) continue;
    sides.push_back(joined(Operator::disjunction, chain, begin, i + 1));
    if (i < chain.links.size()) links.push_back(chain.links[i]);
    begin = i + 1;
  }
  Operand right = sides.back();
  for (std::size_t i = links.size(); i-- > 0;) right = binary(links[i], sides[i], right);
  return right.expr;
}

// The operands [begin, end) joined by `op`, or by stronger operators.
ExpressionBuilder::Operand ExpressionBuilder::joined(Operator op, const Chain& chain, std::size_t begin,
                                                     std::size_t end) {
  ast::Expr expr;
  expr.kind = Kind::logic;
  expr.op = op;
  std::size_t from = begin;
  for (std::size_t i = begin; i < end; ++i) {
    const bool is_last = i + 1 == end;
    if (!is_last && chain.links[i].op != op) continue;
    if (!is_last && expr.operands.empty()) expr.op_span = chain.links[i].span;
    expr.operands.push_back(op == Operator::disjunction ? joined(Operator::conjunction, chain, from, i + 1).expr
                                                        : chain.operands[i].expr);
    from = i + 1;
  }
  const base::Span span = base::join(chain.operands[begin].span, chain.operands[end - 1].span);
  if (expr.operands.size() == 1) return {expr.operands.front(), span};
  expr.span = span;
  return {add(std::move(expr)), span};
}

// `* /` before `+ -`, each to the left.
ast::ExprId ExpressionBuilder::arithmetic(NodeId node) {
  const Chain chain = this->chain(node);
  std::vector<Operand> terms{chain.operands.front()};
  std::vector<Link> links;
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    const Link& link = chain.links[i];
    if (link.op == Operator::multiply || link.op == Operator::divide) {
      terms.back() = binary(link, terms.back(), chain.operands[i + 1]);
    } else {
      links.push_back(link);
      terms.push_back(chain.operands[i + 1]);
    }
  }
  Operand left = terms.front();
  for (std::size_t i = 0; i < links.size(); ++i) left = binary(links[i], left, terms[i + 1]);
  return left.expr;
}

// `a ?? b assume c` to the left; `a..b` is a range.
ast::ExprId ExpressionBuilder::coalescing(NodeId node) {
  const std::vector<NodeId> children = tree_.children(node);
  const TokenId between = tree_.node(children.front()).end;
  if (tree_.tokens[between].kind == TokenKind::dots) {
    ast::Expr range = make(Kind::range, node);
    range.op_span = tree_.span_of(between);
    const ast::ExprId low = build(children.front());
    range.operands = {low, build(children.back())};
    return add(std::move(range));
  }
  const Chain chain = this->chain(node);
  Operand left = chain.operands.front();
  for (std::size_t i = 0; i < chain.links.size(); ++i) left = binary(chain.links[i], left, chain.operands[i + 1]);
  return left.expr;
}

// One comparison: its words stand right behind the left side, up to the right one if there is one.
ast::ExprId ExpressionBuilder::comparison(NodeId node) {
  const std::vector<NodeId> children = tree_.children(node);
  const TokenId begin = tree_.node(children.front()).end;
  const TokenId end = children.size() > 1 ? tree_.node(children.back()).begin : tree_.node(node).end;
  const TokenKind first = tree_.tokens[begin].kind;
  const TokenKind second = tree_.tokens[begin + 1].kind;
  const TokenKind last = tree_.tokens[end - 1].kind;
  ast::Expr expr = make(children.size() > 1 ? Kind::binary : Kind::state, node);
  expr.op_span = tree_.span_between(begin, end);
  switch (first) {
    case TokenKind::equal: expr.op = Operator::equal; break;
    case TokenKind::not_equal: expr.op = Operator::not_equal; break;
    case TokenKind::less: expr.op = Operator::less; break;
    case TokenKind::less_equal: expr.op = Operator::less_equal; break;
    case TokenKind::greater: expr.op = Operator::greater; break;
    case TokenKind::greater_equal: expr.op = Operator::greater_equal; break;
    case TokenKind::word_matches: expr.op = Operator::matches; break;
    case TokenKind::word_in: expr.op = Operator::in; break;
    case TokenKind::word_not: expr.op = Operator::not_in; break;
    case TokenKind::word_starts: expr.op = Operator::starts_with; break;
    case TokenKind::word_ends: expr.op = Operator::ends_with; break;
    case TokenKind::word_contains:
      expr.op = begin + 1 == end                ? Operator::contains
                : second == TokenKind::word_any ? Operator::contains_any
                                                : Operator::contains_all;
      break;
    default: {  // is [not] known, unknown, present, absent
      const bool negative = second == TokenKind::word_not;
      switch (last) {
        case TokenKind::word_known: expr.op = negative ? Operator::is_not_known : Operator::is_known; break;
        case TokenKind::word_unknown: expr.op = negative ? Operator::is_not_unknown : Operator::is_unknown; break;
        case TokenKind::word_present: expr.op = negative ? Operator::is_not_present : Operator::is_present; break;
        default: expr.op = negative ? Operator::is_not_absent : Operator::is_absent; break;
      }
    }
  }
  for (const NodeId child : children) expr.operands.push_back(build(child));
  return add(std::move(expr));
}

}  // namespace muster::desugar
