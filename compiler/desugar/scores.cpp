// SPDX-License-Identifier: Apache-2.0
// Scores and their clauses.
#include "compiler/desugar/desugarer.h"

namespace muster::desugar {

ast::ScoreDecl Desugarer::score(NodeId node) {
  ast::ScoreDecl declared;
  declared.name = child_name(node);
  if (child(node, NodeKind::assigned) != syntax::kNoNode) declared.expression = assigned(node);
  std::set<NodeKind> seen;
  for (const NodeId each : tree_.children(node)) {
    switch (tree_.kind(each)) {
      case NodeKind::of_clause:
      case NodeKind::score_weight_clause:
      case NodeKind::na_clause:
      case NodeKind::waived_clause:
      case NodeKind::unknown_clause:
      case NodeKind::empty_clause:
      case NodeKind::round_clause:
      case NodeKind::cap_clause:
        if (!seen.insert(tree_.kind(each)).second) declared.repeated.push_back(word(each));
        if (!tree_.has_error(each)) score_clause(declared, each);
        break;
      default: break;  // no other node is a clause of a score
    }
  }
  declared.doc = doc(node);
  declared.span = tree_.span(node);
  declared.incomplete = tree_.has_error(node);
  return declared;
}

void Desugarer::score_clause(ast::ScoreDecl& score, NodeId node) {
  const TokenId value = first_token(node) + 1;
  const base::Span span = tree_.span_between(value, tree_.node(node).end);
  const auto points = [&](TokenId token) {
    const auto read = token_value(token);
    return read ? std::get<types::Percent>(*read).points : 0;
  };
  switch (tree_.kind(node)) {
    case NodeKind::of_clause:
      score.of_span = span;
      if (child(node, NodeKind::selection) != syntax::kNoNode)
        score.of = expressions_.selection(child(node, NodeKind::selection));
      for (const NodeId each : tree_.children(node)) {
        if (tree_.kind(each) != NodeKind::part) continue;
        score.parts.push_back({child_name(each), decimal(first_token(each) + 1), tree_.span(each)});
      }
      return;
    case NodeKind::score_weight_clause:
      if (child(node, NodeKind::level_weight) == syntax::kNoNode) score.weight = decimal(value);
      for (const NodeId each : tree_.children(node)) {
        if (tree_.kind(each) != NodeKind::level_weight) continue;
        score.level_weights.push_back(
            {level(token_kind(first_token(each))), decimal(first_token(each) + 1), tree_.span(each)});
      }
      return;
    case NodeKind::na_clause: score.na = treatment(node); return;
    case NodeKind::waived_clause: score.waived = treatment(node); return;
    case NodeKind::unknown_clause: score.unknown = treatment(node); return;
    case NodeKind::empty_clause:
      score.empty_span = span;
      score.empty_none = token_kind(value) == TokenKind::word_none;
      if (!*score.empty_none) score.empty_value = points(value);
      return;
    case NodeKind::round_clause:
      score.round_span = span;
      score.rounding = ast::ScoreDecl::Rounding::none;
      if (token_kind(value) == TokenKind::word_none) return;
      score.rounding = token_kind(value) == TokenKind::word_down ? ast::ScoreDecl::Rounding::down
                                                                 : ast::ScoreDecl::Rounding::half_up;
      score.round_step = std::string(tree_.text_of(value + 2));
      score.round_step.pop_back();  // the percent sign
      std::erase(score.round_step, '_');
      (void)points(value + 2);
      return;
    case NodeKind::cap_clause:
      score.cap_span = span;
      score.cap.reset();
      if (token_kind(value) != TokenKind::word_none) score.cap = points(value);
      score.cap_unless_all_met = tree_.own_token(node, TokenKind::word_unless).has_value();
      return;
    default: return;  // no other node is a clause of a score
  }
}

std::optional<ast::ScoreDecl::Treatment> Desugarer::treatment(NodeId node) const {
  switch (token_kind(first_token(node) + 1)) {
    case TokenKind::word_excluded: return ast::ScoreDecl::Treatment::excluded;
    case TokenKind::word_met: return ast::ScoreDecl::Treatment::met;
    case TokenKind::word_unmet: return ast::ScoreDecl::Treatment::unmet;
    case TokenKind::word_between: return ast::ScoreDecl::Treatment::between;
    default: return std::nullopt;  // the grammar lets no other word stand here
  }
}

}  // namespace muster::desugar
