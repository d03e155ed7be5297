// SPDX-License-Identifier: Apache-2.0
// Fixtures and tests of the language.
#include "compiler/desugar/desugarer.h"

namespace muster::desugar {
namespace {

using syntax::TokenKind;

ast::Status expected_status(TokenKind word) {
  switch (word) {
    case TokenKind::word_unmet: return ast::Status::unmet;
    case TokenKind::word_na: return ast::Status::na;
    case TokenKind::word_waived: return ast::Status::waived;
    case TokenKind::word_unknown: return ast::Status::unknown;
    default: return ast::Status::met;  // the grammar lets no other word stand here
  }
}

}  // namespace

void Desugarer::fixture_declaration(NodeId node) {
  ast::FixtureDecl declared;
  declared.name = child_name(node);
  declared.type = child_type(node);
  declared.value = assigned(node);
  declared.doc = doc(node);
  module_.fixtures.push_back(std::move(declared));
}

void Desugarer::test_declaration(NodeId node) {
  ast::TestDecl declared;
  declared.body.name = child_text(node);
  declared.body.span = tree_.span(node);
  const NodeId policy = child(node, NodeKind::for_part);
  if (policy != syntax::kNoNode) declared.policy = child_path(policy);
  const NodeId as_of = child(node, NodeKind::as_of_part);
  if (as_of != syntax::kNoNode && !tree_.has_error(as_of)) {
    const TokenId moment = tree_.node(as_of).end - 1;
    declared.as_of_text = std::string(tree_.text_of(moment));
    const auto value = token_value(moment);
    if (value && std::holds_alternative<base::Date>(*value))
      declared.as_of = base::end_of(std::get<base::Date>(*value));
    if (value && std::holds_alternative<base::Instant>(*value)) declared.as_of = std::get<base::Instant>(*value);
  }
  for (const NodeId each : tree_.children(node)) {
    test_item(declared.body, each);
    if (tree_.kind(each) != NodeKind::test_case) continue;
    ast::TestCase test_case;
    test_case.name = child_text(each);
    test_case.span = tree_.span(each);
    for (const NodeId item : tree_.children(each)) test_item(test_case, item);
    declared.cases.push_back(std::move(test_case));
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.incomplete = tree_.may_lack_parts(node);
  module_.tests.push_back(std::move(declared));
}

void Desugarer::test_item(ast::TestCase& into, NodeId node) {
  switch (tree_.kind(node)) {
    case NodeKind::given_item: {
      ast::Given given;
      given.span = tree_.span(node);
      const NodeId shared = child(node, NodeKind::given_shared);
      if (shared != syntax::kNoNode) {
        given.shared = child_name(shared);
        given.value = assigned(shared);
      } else {
        given.value = child_expression(node);
      }
      into.givens.push_back(std::move(given));
      return;
    }
    case NodeKind::with_item: {
      ast::With with;
      with.param = child_path(node);
      with.value = assigned(node);
      with.span = tree_.span(node);
      if (!with.param.parts.empty()) into.withs.push_back(std::move(with));
      return;
    }
    case NodeKind::waive_item:
      if (child(node, NodeKind::name) != syntax::kNoNode) into.waives.push_back(child_name(node));
      return;
    case NodeKind::expectation:
      if (auto read = expectation(node)) into.expectations.push_back(std::move(*read));
      return;
    default: return;  // cases, and what belongs to the head of a test
  }
}

std::optional<ast::Expectation> Desugarer::expectation(NodeId node) {
  if (tree_.has_error(node)) return std::nullopt;
  using Kind = ast::Expectation::Kind;
  ast::Expectation expectation;
  expectation.span = tree_.span(node);
  const NodeId what = tree_.children(node).front();
  const TokenId last = tree_.node(what).end - 1;
  const std::vector<ast::Name> names = child_names(what);
  expectation.name = names.front();
  switch (tree_.kind(what)) {
    case NodeKind::expected_criterion:
      expectation.kind = Kind::criterion;
      expectation.status = expected_status(token_kind(tree_.node(child(what, NodeKind::name)).end));
      expectation.message = child_text(what);
      return expectation;
    case NodeKind::expected_gate:
      expectation.kind = Kind::gate;
      expectation.verdict = {std::string(tree_.text_of(last)), tree_.span_of(last), false};
      return expectation;
    case NodeKind::expected_score:
      expectation.kind = Kind::score;
      if (child(what, NodeKind::range) != syntax::kNoNode) {
        expectation.range = expressions_.expression(child(what, NodeKind::range), expectation.span);
      } else if (token_kind(last) == TokenKind::word_none) {
        expectation.range = single(ast::Expr::Kind::none, last);
      } else if (const auto value = token_value(last)) {
        expectation.range = single(ast::Expr::Kind::literal, last);
        module_.exprs[expectation.range].value = *value;
      }
      return expectation;
    case NodeKind::expected_level:
      expectation.kind = Kind::level;
      expectation.level = {std::string(tree_.text_of(last)), tree_.span_of(last), false};
      if (names.size() > 1) expectation.level = names.back();
      return expectation;
    default: return std::nullopt;  // the grammar lets no other node stand here
  }
}

// An expression of one token.
ast::ExprId Desugarer::single(ast::Expr::Kind kind, TokenId token) {
  ast::Expr expr;
  expr.kind = kind;
  expr.span = tree_.span_of(token);
  expr.op_span = expr.span;
  module_.exprs.push_back(std::move(expr));
  depths_.push_back(1);
  return static_cast<ast::ExprId>(module_.exprs.size()) - 1;
}

}  // namespace muster::desugar
