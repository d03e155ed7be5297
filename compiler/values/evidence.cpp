// SPDX-License-Identifier: Apache-2.0
// Where values come from: literals, evidence, params.
#include "compiler/values/analysis.h"

#include <algorithm>
#include <cmath>

#include "compiler/typed/reach.h"

namespace muster::values {

using typed::Op;

Analysis::Value Analysis::read(const Expr& expr) {
  const auto& types = program_.types;
  if (expr.op == Op::literal) return {exactly(program_.constants[expr.index]), 0, false};
  if (expr.op == Op::variable) {
    if (const auto bound = variables_.find(expr.index); bound != variables_.end()) return bound->second;
    return {of_type(types, program_.variables[expr.index].type), 0, false};
  }
  if (expr.op == Op::shared) return {of_type(types, program_.shared[expr.index].type), 0, false};
  if (expr.op == Op::param) {
    std::optional<types::Range> range = program_.params[expr.index].range;
    if (policy_ != nullptr) {
      for (const typed::PolicyParam& param : policy_->params) {
        if (param.param == expr.index) range = param.range;
      }
    }
    Possible possible = of_type(types, expr.type, range);
    possible.unknown = false;
    return {std::move(possible), 0, false};
  }
  Possible possible = of_type(types, expr.type);
  if (expr.op == Op::subject || expr.op == Op::today || expr.op == Op::now || expr.op == Op::list_literal)
    possible.unknown = false;
  if (from_ && expr.op == Op::today) possible.low = *from_;
  if (from_ && expr.op == Op::now) possible.low = base::start_of(*from_);
  if (expr.op == Op::count_status && policy_ != nullptr) {
    const typed::Selection& selection = policy_->selections[expr.index];
    possible.low = std::int64_t{0};
    // To what isn't a list by names a policy that derives may add, and its gates are the same text.
    if (selection.kind == typed::Selection::Kind::list)
      possible.high = static_cast<std::int64_t>(selection.criteria.size());
  }
  if (expr.op == Op::score && policy_ != nullptr) {
    const Points points = points_of(expr.index);
    const bool is_percent = types.without_optional(expr.type) == types::kPercent;
    const auto end = [&](double value) { return is_percent ? Scalar(types::Percent{value}) : Scalar(value); };
    if (points.low) possible.low = end(*points.low);
    if (points.high) possible.high = end(*points.high);
  }
  return {std::move(possible), 0, expr.op == Op::count_status || expr.op == Op::score};
}

Analysis::Value Analysis::field(const Expr& expr) {
  const auto& types = program_.types;
  const Value record = value(program_.operand(expr, 0));
  const types::TypeId of_record = types.without_optional(program_.expr(program_.operand(expr, 0)).type);
  if (!types.is_record(of_record)) return {of_type(types, expr.type), 0, false};
  const types::Field& declared = types.record_of(of_record).fields[expr.index];
  Possible possible = of_type(types, declared.type, declared.range);
  if (!record.possible.known) possible.known = possible.absent = false;
  // Without its key there is no subject.
  if (declared.is_key && program_.expr(program_.operand(expr, 0)).op == Op::subject) possible.unknown = false;
  if (expr.op == Op::optional_field) possible.absent = possible.absent || record.possible.absent;
  return {std::move(possible), 0, false};
}

// Between which a score lies, whatever becomes of criteria and whichever a policy that derives adds. Found where
// nothing is taken for granted, each after those that it is made of.
Analysis::Points Analysis::points_of(std::uint32_t index) {
  if (const auto known = points_.find(index); known != points_.end()) return known->second;
  Analysis plain(program_, policy_);
  plain.points_ = std::move(points_);
  std::vector<std::uint32_t> open{index};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    const std::size_t before = open.size();
    for (const std::uint32_t each : scores_in(policy_->scores[at])) {
      if (plain.points_.count(each) == 0) open.push_back(each);
    }
    if (open.size() > before) continue;
    plain.points_[at] = plain.points_from(policy_->scores[at]);
    open.pop_back();
  }
  points_ = std::move(plain.points_);
  return points_[index];
}

std::vector<std::uint32_t> Analysis::scores_in(const typed::Score& score) const {
  std::vector<std::uint32_t> found;
  for (const typed::Score::Part& part : score.parts) found.push_back(part.score);
  if (score.expression == typed::kNoExpr) return found;
  for (const ExprId id : typed::parts_first(program_, {score.expression})) {
    if (program_.expr(id).op == Op::score) found.push_back(program_.expr(id).index);
  }
  return found;
}

Analysis::Points Analysis::points_from(const typed::Score& score) {
  if (score.expression != typed::kNoExpr) return limits_of(possible_of(score.expression));
  if (score.parts.empty()) return finished(score, {0.0, 100.0});
  Points found = points_[score.parts.front().score];
  for (const typed::Score::Part& part : score.parts) {
    const Points& one = points_[part.score];
    found.low = found.low && one.low ? std::optional(std::min(*found.low, *one.low)) : std::nullopt;
    found.high = found.high && one.high ? std::optional(std::max(*found.high, *one.high)) : std::nullopt;
  }
  return finished(score, found);
}

Analysis::Points Analysis::limits_of(const Possible& possible) {
  const auto end = [](const std::optional<Scalar>& scalar) {
    const auto* number = scalar ? std::get_if<double>(&*scalar) : nullptr;
    return number == nullptr ? std::nullopt : std::optional(*number);
  };
  return {end(possible.low), end(possible.high)};
}

Analysis::Points Analysis::finished(const typed::Score& score, Points points) {
  if (score.empty) {
    if (points.low) points.low = std::min(*points.low, *score.empty);
    if (points.high) points.high = std::max(*points.high, *score.empty);
  }
  if (score.rounding != typed::Rounding::none && score.round_step.units > 0) {
    const double step = static_cast<double>(score.round_step.units) / std::pow(10.0, score.round_step.scale);
    // Whole numbers of whole steps stay themselves.
    const auto is_step = [&](double end) { return score.round_step.scale == 0 && std::fmod(end, step) == 0; };
    if (points.low && !is_step(*points.low)) points.low = *points.low - step;
    if (points.high && !is_step(*points.high)) points.high = *points.high + step;
  }
  if (score.cap) {
    if (points.low) points.low = std::min(*points.low, *score.cap);
    if (points.high && !score.cap_unless_all_met) points.high = std::min(*points.high, *score.cap);
  }
  return points;
}

}  // namespace muster::values
