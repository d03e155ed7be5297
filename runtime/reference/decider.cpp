// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/decider.h"

namespace muster::reference {

using verdicts::ScoreResult;

void Decider::begin(const typed::Policy& policy) {
  policy_ = &policy;
  gates_.assign(policy.gates.size(), std::nullopt);
  scores_.assign(policy.scores.size(), std::nullopt);
}

// An `and` of its requires.
Value Decider::gate(std::uint32_t gate) {
  if (!gates_[gate]) {
    Fold fold(Truth::no);
    for (const auto& condition : policy_->gates[gate].requires_) fold.add(evaluator_.needed_value(condition.condition));
    gates_[gate] = fold.result();
  }
  return *gates_[gate];
}

ScoreResult Decider::score(std::uint32_t score) {
  if (!scores_[score]) scores_[score] = found_score(policy_->scores[score]);
  return *scores_[score];
}

ScoreResult Decider::found_score(const typed::Score& score) {
  if (score.expression != typed::kNoExpr) return expression_score(score.expression);
  if (!score.parts.empty()) {
    std::vector<ScoreResult> parts;
    for (const auto& part : score.parts) parts.push_back(this->score(part.score));
    return scores::score_of_parts(score, parts);
  }
  std::vector<scores::CountedCriterion> criteria;
  for (const std::uint32_t criterion : score.of.criteria) criteria.push_back(counted(criterion));
  return scores::score_of_criteria(score, criteria);
}

ScoreResult Decider::expression_score(typed::ExprId expression) {
  const Value value = evaluator_.points(expression);
  ScoreResult result;
  const auto points = [](const types::Scalar& scalar) {
    if (const auto* percent = std::get_if<types::Percent>(&scalar)) return percent->points;
    if (const auto* whole = std::get_if<std::int64_t>(&scalar)) return static_cast<double>(*whole);
    return std::get<double>(scalar);
  };
  if (value.is_known()) {
    result.has_value = true;
    result.low = result.high = points(value.scalar);
  } else if (value.is_absent()) {
    result.may_be_none = true;
  } else if (value.remaining && value.remaining->low && value.remaining->high) {
    result.has_value = true;
    result.low = points(*value.remaining->low);
    result.high = points(*value.remaining->high);
    result.may_be_none = value.remaining->or_absent;
  }
  return result;
}

// The highest whose gate and all before it pass: for sure, and where what is undecided goes well.
verdicts::LevelResult Decider::level(const typed::Levels& levels) {
  verdicts::LevelResult result;
  bool sure = true;
  for (std::uint32_t i = 0; i < levels.gates.size(); ++i) {
    const Truth truth = gate(levels.gates[i]).truth();
    if (truth == Truth::no) break;
    sure = sure && truth == Truth::yes;
    if (sure) result.sure = i;
    result.possible = i;
  }
  return result;
}

}  // namespace muster::reference
