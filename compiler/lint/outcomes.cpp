// SPDX-License-Identifier: Apache-2.0
// What is found before anything is tried: which criteria are alike, and what is read beside them.
#include "compiler/lint/outcomes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/typed/reach.h"

namespace muster::lint {

using typed::Expr;
using typed::ExprId;
using typed::Op;

Outcomes::Outcomes(const typed::Program& program, const typed::Policy& policy, const std::vector<ExprId>& conditions)
    : program_(program),
      policy_(policy),
      analysis_(program, &policy),
      reads_(program.exprs.size()),
      is_parameter_(program.variables.size(), false) {
  for (const typed::Define& define : program.defines) {
    for (const std::uint32_t parameter : define.parameters) is_parameter_[parameter] = true;
  }
  find_groups(conditions);
  for (const ExprId condition : conditions) find_leaves(condition);
}

// Alike are criteria that the same selections choose, with the same weights in the same scores.
void Outcomes::find_groups(const std::vector<ExprId>& conditions) {
  std::vector<std::vector<std::int64_t>> looks(policy_.criteria.size());
  std::int64_t looking = 0;
  const auto look = [&](const std::vector<std::uint32_t>& criteria, const auto& weight_at) {
    ++looking;
    for (std::size_t at = 0; at < criteria.size(); ++at) {
      const typed::Decimal weight = weight_at(at);
      looks[criteria[at]].insert(looks[criteria[at]].end(), {looking, weight.units, weight.scale});
    }
  };
  const auto same = [](std::size_t) { return typed::Decimal{}; };
  std::set<std::uint32_t> gates, scores, selections, alone;
  std::vector<ExprId> open = conditions;
  std::set<ExprId> seen;
  std::vector<std::uint32_t> open_scores;
  while (!open.empty() || !open_scores.empty()) {
    for (const ExprId id : typed::parts_first(program_, std::exchange(open, {}))) {
      if (!seen.insert(id).second) continue;
      const Expr& expr = program_.expr(id);
      if (expr.op == Op::gate && gates.insert(expr.index).second) {
        for (const auto& condition : policy_.gates[expr.index].requires_) open.push_back(condition.condition);
      } else if (expr.op == Op::score) {
        open_scores.push_back(expr.index);
      } else if (expr.op == Op::every || expr.op == Op::count_status) {
        selections.insert(expr.index);
      } else if (expr.op == Op::passes) {
        alone.insert(expr.index);
      }
    }
    for (const std::uint32_t index : std::exchange(open_scores, {})) {
      if (!scores.insert(index).second) continue;
      const typed::Score& score = policy_.scores[index];
      if (score.expression != typed::kNoExpr) open.push_back(score.expression);
      for (const auto& part : score.parts) open_scores.push_back(part.score);
    }
  }
  for (const std::uint32_t index : selections) look(policy_.selections[index].criteria, same);
  for (const std::uint32_t index : alone) look({index}, same);
  for (const std::uint32_t index : scores) {
    const typed::Score& score = policy_.scores[index];
    look(score.of.criteria, [&](std::size_t at) { return score.weights[at]; });
  }

  std::map<std::pair<std::vector<std::int64_t>, bool>, std::size_t> known;
  for (std::uint32_t i = 0; i < policy_.criteria.size(); ++i) {
    if (looks[i].empty()) continue;
    const bool may_be_na = !policy_.criteria[i].whens.empty();
    const auto [at, is_new] = known.emplace(std::pair(looks[i], may_be_na), groups_.size());
    if (is_new) groups_.push_back({{}, may_be_na});
    groups_[at->second].criteria.push_back(i);
  }
  for (const std::uint32_t index : selections) of_selection_[index] = groups_of(policy_.selections[index].criteria);
  for (const std::uint32_t index : alone) of_criterion_[index] = groups_of({index});
  for (const std::uint32_t index : scores) of_score_[index] = counted_by(policy_.scores[index]);
}

std::vector<std::size_t> Outcomes::groups_of(const std::vector<std::uint32_t>& criteria) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    if (std::find(criteria.begin(), criteria.end(), groups_[at].criteria.front()) != criteria.end())
      found.push_back(at);
  }
  return found;
}

// Weights as whole numbers in the ratios in which they are written; those past any sense count as nothing known.
std::vector<Outcomes::Counted> Outcomes::counted_by(const typed::Score& score) const {
  std::uint8_t scale = 0;
  for (const typed::Decimal& weight : score.weights) scale = std::max(scale, weight.scale);
  std::vector<Counted> found;
  for (const std::size_t group : groups_of(score.of.criteria)) {
    const auto& criteria = score.of.criteria;
    const auto at = std::find(criteria.begin(), criteria.end(), groups_[group].criteria.front()) - criteria.begin();
    const typed::Decimal& weight = score.weights[static_cast<std::size_t>(at)];
    std::int64_t units = weight.units;
    for (int i = weight.scale; i < scale; ++i) {
      if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) units = -1;
    }
    if (units != 0) found.push_back({group, units});
  }
  return found;
}

// What it is made of, but for what stands behind gates and scores.
Outcomes::Reads Outcomes::reads(ExprId id) {
  if (id == typed::kNoExpr) return Reads::nothing;
  if (reads_[id]) return *reads_[id];
  const Expr& expr = program_.expr(id);
  const Op op = expr.op;
  Reads found = Reads::nothing;
  if (op == Op::every || op == Op::passes || op == Op::count_status || op == Op::gate || op == Op::score) {
    found = Reads::criteria;
  } else if (op == Op::variable) {
    // What a define is given may be of criteria.
    found = is_parameter_[expr.index] ? Reads::criteria : Reads::evidence;
  } else if (op == Op::subject || op == Op::shared || op == Op::today || op == Op::now || op == Op::call) {
    found = Reads::evidence;
  } else if (op == Op::let) {
    found = reads(program_.lets[expr.index].value);
  }
  for (const ExprId operand : program_.operands_of(expr)) found = std::max(found, reads(operand));
  reads_[id] = found;
  return found;
}

void Outcomes::find_leaves(ExprId id) {
  std::vector<ExprId> open{id};
  std::set<ExprId> seen;
  std::set<std::uint32_t> scores;
  std::vector<std::uint32_t> open_scores;
  while (!open.empty()) {
    const ExprId at = open.back();
    open.pop_back();
    if (at == typed::kNoExpr || !seen.insert(at).second) continue;
    const Reads read = reads(at);
    if (read == Reads::nothing) continue;
    const Expr& expr = program_.expr(at);
    if (read == Reads::evidence) {
      const values::Number number = numbers_[at] = analysis_.number_of(at);
      const bool is_known = std::any_of(leaves_.begin(), leaves_.end(), [&](const Leaf& leaf) {
        return leaf.number == number && program_.expr(leaf.expression).type == expr.type;
      });
      if (!is_known) leaves_.push_back({at, number, candidates_of(at)});
      continue;
    }
    for (const ExprId operand : program_.operands_of(expr)) open.push_back(operand);
    if (expr.op == Op::let) open.push_back(program_.lets[expr.index].value);
    if (expr.op == Op::call) open.push_back(program_.defines[expr.index].body);
    if (expr.op == Op::gate) {
      for (const auto& condition : policy_.gates[expr.index].requires_) open.push_back(condition.condition);
    }
    if (expr.op == Op::score) open_scores.push_back(expr.index);
    while (!open_scores.empty()) {
      const typed::Score& score = policy_.scores[open_scores.back()];
      const bool is_new = scores.insert(open_scores.back()).second;
      open_scores.pop_back();
      if (!is_new) continue;
      open.push_back(score.expression);
      for (const auto& part : score.parts) open_scores.push_back(part.score);
    }
  }
}

// Few of the values that it may be: small counts, and shares.
std::vector<types::Scalar> Outcomes::candidates_of(ExprId id) {
  const types::TypeId type = program_.expr(id).type;
  std::vector<types::Scalar> all;
  if (type == types::kBool) all = {true, false};
  if (type == types::kInt) {
    const auto count = static_cast<std::int64_t>(policy_.criteria.size());
    all = {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, count, std::int64_t{100}};
  }
  if (type == types::kNumber) all = {0.0, 1.0, 0.5, 50.0, 100.0};
  if (type == types::kPercent) all = {types::Percent{0}, types::Percent{1}, types::Percent{50}, types::Percent{100}};
  const values::Possible possible = analysis_.possible_of(id);
  if (possible.low) all.push_back(*possible.low);
  if (possible.high) all.push_back(*possible.high);
  std::vector<types::Scalar> kept;
  for (const types::Scalar& each : all) {
    const bool is_new =
        std::none_of(kept.begin(), kept.end(), [&](const types::Scalar& one) { return types::equal(one, each); });
    if (is_new && possible.may_be(each)) kept.push_back(each);
  }
  return kept;
}

void Outcomes::choose(const std::vector<std::size_t>& candidates) {
  chosen_.clear();
  may_be_.reset();
  for (std::size_t at = 0; at < leaves_.size(); ++at) {
    if (!leaves_[at].candidates.empty()) chosen_[leaves_[at].number] = leaves_[at].candidates[candidates[at]];
  }
}

bool Outcomes::may_be() {
  if (may_be_) return *may_be_;
  for (const Leaf& leaf : leaves_) {
    if (!leaf.candidates.empty() && program_.expr(leaf.expression).type != types::kBool)
      analysis_.take_for_known(leaf.expression, chosen_[leaf.number]);
  }
  bool may_be = true;
  for (const Leaf& leaf : leaves_) {
    if (program_.expr(leaf.expression).type != types::kBool || leaf.candidates.empty()) continue;
    const bool holds = std::get<bool>(chosen_[leaf.number]);
    const values::Truths found = analysis_.truths_of(leaf.expression);
    may_be = may_be && (holds ? found.yes() : found.no());
    analysis_.take_for_granted(leaf.expression, holds ? values::kYes : values::kNo);
  }
  analysis_.forget();
  may_be_ = may_be;
  return may_be;
}

}  // namespace muster::lint
