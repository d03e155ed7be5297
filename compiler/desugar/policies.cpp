// SPDX-License-Identifier: Apache-2.0
// Policies, criteria and their clauses, sections, gates, levels and deltas.
#include "compiler/desugar/desugarer.h"

namespace muster::desugar {

void Desugarer::policy_declaration(NodeId node) {
  ast::PolicyDecl policy;
  policy.name = child_name(node);
  const NodeId extends = child(node, NodeKind::extends_part);
  if (extends != syntax::kNoNode) policy.extends = child_path(extends);
  const NodeId subject = child(node, NodeKind::for_part);
  if (subject != syntax::kNoNode) policy.subject = child_path(subject);
  policy.title = child_text(node);
  for (const NodeId each : tree_.children(node)) {
    // A declaration that stands in a policy may declare what is used there.
    if (tree_.kind(each) == NodeKind::error && rules::is_declaration_word(token_kind(first_token(each))))
      module_.incomplete = true;
    policy_item(policy, each);
  }
  policy.doc = doc(node);
  policy.span = tree_.span(node);
  policy.incomplete = tree_.may_lack_parts(node);
  module_.policies.push_back(std::move(policy));
}

void Desugarer::policy_item(ast::PolicyDecl& policy, NodeId node) {
  using Kind = ast::PolicyItem::Kind;
  using DeltaKind = ast::Delta::Kind;
  const auto item = [&](Kind kind, std::size_t count) {
    policy.items.push_back({kind, static_cast<std::uint32_t>(count) - 1});
  };
  const auto delta_item = [&](ast::Delta delta) {
    policy.deltas.push_back(std::move(delta));
    item(Kind::delta, policy.deltas.size());
  };
  switch (tree_.kind(node)) {
    case NodeKind::criterion: criterion(policy, node); return item(Kind::criterion, policy.criteria.size());
    case NodeKind::section: section(policy, node); return item(Kind::section, policy.sections.size());
    case NodeKind::gate: gate(policy, node); return item(Kind::gate, policy.gates.size());
    case NodeKind::score: policy.scores.push_back(score(node)); return item(Kind::score, policy.scores.size());
    case NodeKind::levels: policy.levels.push_back(levels(node)); return item(Kind::levels, policy.levels.size());
    case NodeKind::show: show(policy, node); return item(Kind::show, policy.shows.size());
    case NodeKind::let_clause: policy.lets.push_back(let(node)); return item(Kind::let, policy.lets.size());
    case NodeKind::set_delta: return delta_item(delta(node, DeltaKind::set));
    case NodeKind::promote_delta: return delta_item(delta(node, DeltaKind::promote));
    case NodeKind::demote_delta: return delta_item(delta(node, DeltaKind::demote));
    case NodeKind::amend_delta: return delta_item(delta(node, DeltaKind::amend));
    case NodeKind::lock_delta: return delta_item(delta(node, DeltaKind::lock));
    case NodeKind::tighten_delta: return delta_item(targeted(node, {DeltaKind::tighten, DeltaKind::tighten_gate}));
    case NodeKind::replace_delta:
      return delta_item(targeted(
          node, {DeltaKind::replace, DeltaKind::replace_gate, DeltaKind::replace_score, DeltaKind::replace_levels}));
    case NodeKind::drop_delta:
      return delta_item(
          targeted(node, {DeltaKind::drop, DeltaKind::drop_gate, DeltaKind::drop_score, DeltaKind::drop_levels}));
    default: return;  // no other node is an item
  }
}

ast::Level Desugarer::level(TokenKind word) const {
  if (word == TokenKind::word_should) return ast::Level::should;
  if (word == TokenKind::word_may) return ast::Level::may;
  return ast::Level::must;
}

void Desugarer::criterion(ast::PolicyDecl& policy, NodeId node) {
  ast::CriterionDecl declared;
  TokenId word = first_token(node);
  declared.locked = token_kind(word) == TokenKind::word_locked;
  if (declared.locked) ++word;
  declared.level = level(token_kind(word));
  declared.name = child_name(node);
  declared.title = child_text(node);
  declared.clauses = clauses(node);
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.incomplete = tree_.may_lack_parts(node);
  policy.criteria.push_back(std::move(declared));
}

void Desugarer::section(ast::PolicyDecl& policy, NodeId node) {
  ast::SectionDecl declared;
  declared.name = child_name(node);
  declared.title = child_text(node);
  declared.clauses = clauses(node);
  for (const NodeId each : tree_.children(node)) {
    if (tree_.kind(each) != NodeKind::criterion) continue;
    criterion(policy, each);
    declared.criteria.push_back(static_cast<std::uint32_t>(policy.criteria.size()) - 1);
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  policy.sections.push_back(std::move(declared));
}

void Desugarer::gate(ast::PolicyDecl& policy, NodeId node) {
  ast::GateDecl declared;
  declared.name = child_name(node);
  declared.title = child_text(node);
  expressions_.set_place(Place::gate);
  declared.clauses = clauses(node);
  expressions_.set_place(Place::anywhere);
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.incomplete = tree_.may_lack_parts(node);
  policy.gates.push_back(std::move(declared));
}

void Desugarer::show(ast::PolicyDecl& policy, NodeId node) {
  ast::ShowDecl declared;
  declared.name = child_name(node);
  declared.title = child_text(node);
  declared.value = assigned(node);
  declared.doc = doc(node);
  policy.shows.push_back(std::move(declared));
}

ast::Let Desugarer::let(NodeId node) {
  ast::Let let;
  let.name = child_name(node);
  let.value = assigned(node);
  return let;
}

std::vector<ast::Clause> Desugarer::clauses(NodeId node) {
  std::vector<ast::Clause> all;
  std::set<NodeKind> seen;
  for (const NodeId each : tree_.children(node)) {
    std::optional<ast::Clause> read = clause(each);
    if (!read) continue;
    using Kind = ast::Clause::Kind;
    const bool once =
        read->kind != Kind::when && read->kind != Kind::let && read->kind != Kind::require && read->kind != Kind::error;
    if (once && repeats(seen, each)) continue;
    all.push_back(std::move(*read));
  }
  return all;
}

std::optional<ast::Clause> Desugarer::clause(NodeId node) {
  using Kind = ast::Clause::Kind;
  ast::Clause clause;
  clause.word = word(node);
  clause.span = tree_.span(node);
  const TokenId value = first_token(node) + 1;
  clause.value_span = value < tree_.node(node).end ? tree_.span_between(value, tree_.node(node).end) : end_of(node);
  const bool broken = tree_.has_error(node);
  const auto is = [&](Kind kind) { clause.kind = broken ? Kind::error : kind; };
  switch (tree_.kind(node)) {
    case NodeKind::when_clause:
    case NodeKind::require_clause: {
      clause.kind = tree_.kind(node) == NodeKind::when_clause ? Kind::when : Kind::require;
      clause.requirement.condition = child_expression(node);
      const NodeId otherwise = child(node, NodeKind::else_part);
      if (otherwise != syntax::kNoNode) clause.requirement.message = child_message(otherwise);
      clause.requirement.span = clause.span;
      return clause;
    }
    case NodeKind::let_clause:
      clause.kind = Kind::let;
      clause.let = let(node);
      return clause;
    case NodeKind::weight_clause:
      is(Kind::weight);
      if (!broken) clause.decimal = decimal(value);
      if (clause.decimal.empty()) clause.kind = Kind::error;
      return clause;
    case NodeKind::why_clause:
      is(Kind::why);
      clause.message = child_message(node);
      return clause;
    case NodeKind::fix_clause:
      is(Kind::fix);
      clause.message = child_message(node);
      return clause;
    case NodeKind::see_clause:
      is(Kind::see);
      clause.text = child_text(node);
      return clause;
    case NodeKind::owner_clause:
      is(Kind::owner);
      clause.text = child_text(node);
      return clause;
    case NodeKind::tags_clause:
      is(Kind::tags);
      clause.tags = child_names(node);
      return clause;
    case NodeKind::effective_clause:
      is(Kind::effective);
      if (!broken) clause.date = date(value);
      if (!clause.date) clause.kind = Kind::error;
      return clause;
    default: return std::nullopt;  // no other node is a clause
  }
}

ast::LevelsDecl Desugarer::levels(NodeId node) {
  ast::LevelsDecl declared;
  declared.name = child_name(node);
  for (const NodeId each : tree_.children(node))
    if (tree_.kind(each) == NodeKind::level_name) declared.gates.push_back(child_name(each));
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  return declared;
}

ast::Delta Desugarer::delta(NodeId node, ast::Delta::Kind kind) {
  ast::Delta delta;
  delta.kind = kind;
  delta.word = word(node);
  delta.span = tree_.span(node);
  delta.incomplete = tree_.may_lack_parts(node) || error_follows(node);
  delta.target = child_path(node);
  delta.because = text_in(node, NodeKind::because_part);
  if (kind == ast::Delta::Kind::set) {
    delta.value = assigned(node);
    delta.range = expression_in(node, NodeKind::range_part);
  }
  if (const auto to = tree_.own_token(node, TokenKind::word_to)) delta.level = level(token_kind(*to + 1));
  const bool of_gate = kind == ast::Delta::Kind::tighten_gate || kind == ast::Delta::Kind::replace_gate;
  expressions_.set_place(of_gate ? Place::gate : Place::anywhere);
  delta.clauses = clauses(node);
  expressions_.set_place(Place::anywhere);
  if (kind == ast::Delta::Kind::replace_score) delta.score = score(node);
  if (kind == ast::Delta::Kind::replace_levels) delta.levels = levels(node);
  if (delta.target.parts.empty()) return delta;
  if (delta.score) delta.score->name = delta.target.parts.back();
  if (delta.levels) delta.levels->name = delta.target.parts.back();
  return delta;
}

// What could not be read right behind an item may have been meant as a part of it. An error node has no children, so
// that of the next item is the next node.
bool Desugarer::error_follows(NodeId node) const {
  const NodeId next = node + 1;
  return tree_.kind(next) == NodeKind::error && tree_.node(next).begin == tree_.node(node).end;
}

// `drop c`, `drop gate g`: the word before the target, if there is one, says of what kind it is. `kinds` are
// those of a criterion, a gate, a score and levels.
ast::Delta Desugarer::targeted(NodeId node, const std::vector<ast::Delta::Kind>& kinds) {
  const NodeId target = child(node, NodeKind::path);
  std::size_t which = 0;
  if (target == syntax::kNoNode || first_token(target) > first_token(node) + 1) {
    switch (token_kind(first_token(node) + 1)) {
      case TokenKind::word_gate: which = 1; break;
      case TokenKind::word_score: which = 2; break;
      case TokenKind::word_levels: which = 3; break;
      default: break;
    }
  }
  return delta(node, kinds[which < kinds.size() ? which : 0]);
}

}  // namespace muster::desugar
