// SPDX-License-Identifier: Apache-2.0
// Scores of criteria whose statuses are settled: exactly, as long as the weights are such as people write.
#include <algorithm>
#include <cmath>

#include "compiler/lint/outcomes.h"
#include "compiler/typed/treatment.h"

namespace muster::lint {

using typed::Status;
using typed::Treatment;

namespace {

// So much together, that a quotient of weights is as far from any half or quarter as a double can tell.
constexpr std::int64_t kMostWeight = std::int64_t{1} << 30;
// What lies nearer may be on either side.
constexpr double kNear = 1e-6;

double as_points(const types::Scalar& scalar) { return std::get<double>(scalar); }

}  // namespace

Outcomes::Value Outcomes::points(std::uint32_t index) {
  const typed::Score& score = policy_.scores[index];
  ++steps_;
  if (score.expression != typed::kNoExpr) return value(score.expression);
  if (!score.parts.empty()) return mean_of_parts(score);
  return mean_of_criteria(score, of_score_.at(index));
}

Outcomes::Value Outcomes::mean_of_criteria(const typed::Score& score, const std::vector<Counted>& counted) const {
  std::int64_t met = 0, all = 0;
  for (const Counted& each : counted) {
    for (const Status status : {Status::met, Status::unmet, Status::na, Status::waived}) {
      const Treatment treated = typed::treatment(score, status);
      const std::int64_t count = (*state_)[each.group][static_cast<std::size_t>(status)];
      if (treated == Treatment::excluded || count == 0) continue;
      if (each.weight < 0 || each.weight > kMostWeight / count) return {};
      all += each.weight * count;
      if (treated == Treatment::met) met += each.weight * count;
      if (all > kMostWeight) return {};
    }
  }
  if (all == 0) {
    if (!score.empty) return {Value::Kind::absent, {}, false};
    return finished(score, known(*score.empty, score.rounding != typed::Rounding::none), true);
  }
  return finished(score, known(static_cast<double>(met * 100) / static_cast<double>(all)), met == all);
}

// One that is none leaves. Where all are alike, so is the mean.
Outcomes::Value Outcomes::mean_of_parts(const typed::Score& score) {
  double sum = 0, weights = 0;
  std::optional<double> only;
  bool all_alike = true, is_rough = false;
  for (const auto& part : score.parts) {
    if (part.weight.units == 0) continue;
    const Value found = points(part.score);
    if (found.kind == Value::Kind::unclear) return {};
    if (found.kind == Value::Kind::absent) continue;
    const double each = as_points(found.scalar);
    const double weight = static_cast<double>(part.weight.units) / std::pow(10.0, part.weight.scale);
    sum += weight * each;
    weights += weight;
    all_alike = all_alike && (!only || *only == each);
    only = each;
    is_rough = is_rough || found.is_rough;
  }
  if (!only) {
    if (!score.empty) return {Value::Kind::absent, {}, false};
    return finished(score, known(*score.empty, score.rounding != typed::Rounding::none), true);
  }
  const double mean = all_alike ? *only : sum / weights;
  if (!all_alike && std::fabs(mean - 100) < kNear) return {};
  return finished(score, known(mean, is_rough || !all_alike), mean >= 100);
}

Outcomes::Value Outcomes::finished(const typed::Score& score, Value mean, bool all_met) const {
  double points = as_points(mean.scalar);
  if (score.rounding != typed::Rounding::none && score.round_step.units > 0) {
    const double step = static_cast<double>(score.round_step.units) / std::pow(10.0, score.round_step.scale);
    const double steps = points / step + (score.rounding == typed::Rounding::half_up ? 0.5 : 0.0);
    const bool is_at_step = std::fabs(steps - std::round(steps)) < kNear;
    const bool is_exact = !mean.is_rough && score.round_step.scale == 0 && std::floor(points * 4) == points * 4;
    if (is_at_step && !is_exact) return {};
    points = std::floor(steps) * step;
    mean.is_rough = score.round_step.scale != 0;
  }
  if (score.cap && !(score.cap_unless_all_met && all_met)) {
    if (mean.is_rough && std::fabs(points - *score.cap) < kNear) return {};
    if (*score.cap < points) return known(*score.cap);
  }
  return known(points, mean.is_rough);
}

}  // namespace muster::lint
