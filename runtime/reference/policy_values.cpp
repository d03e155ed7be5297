// SPDX-License-Identifier: Apache-2.0
// What gates and scores read: criteria by what they may still be, and each other.
#include <algorithm>
#include <utility>

#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::Status;
using types::Percent;
using types::Scalar;

namespace {

// A criterion fails nobody unless it is unmet.
Truth is_not_unmet(const verdicts::PossibleSet& possible) {
  if (!possible.has(Status::unmet)) return Truth::yes;
  return possible.only(Status::unmet) ? Truth::no : Truth::unknown;
}

}  // namespace

Value Evaluator::every(const Expr& expr) {
  Fold fold(Truth::no);
  for (const std::uint32_t criterion : policy_values_->selection(expr.index).criteria) {
    fold.add(Value::known(is_not_unmet(policy_values_->possible(criterion)), policy_values_->causes(criterion)));
  }
  return fold.result();
}

Value Evaluator::passes(const Expr& expr) {
  return Value::known(is_not_unmet(policy_values_->possible(expr.index)), policy_values_->causes(expr.index));
}

Value Evaluator::count_status(const Expr& expr) {
  const typed::Selection& selection = policy_values_->selection(expr.index);
  std::int64_t low = 0;
  std::int64_t high = 0;
  CausesBuilder causes;
  for (const std::uint32_t criterion : selection.criteria) {
    const verdicts::PossibleSet& possible = policy_values_->possible(criterion);
    if (!possible.has(selection.status)) continue;
    ++high;
    if (possible.only(selection.status)) {
      ++low;
    } else {
      causes.add(policy_values_->causes(criterion));
    }
  }
  return between(Scalar(low), Scalar(high), causes.take());
}

// Points inside of a score's expression, elsewhere a percent.
Value Evaluator::score(const Expr& expr) {
  const verdicts::ScoreResult result = policy_values_->score(expr.index);
  if (!result.has_value) return result.may_be_none ? Value::absent() : Value::unknown({});
  const bool points = program_.types.kind(program_.types.without_optional(expr.type)) == types::Kind::number;
  const auto scalar = [&](double value) { return points ? Scalar(value) : Scalar(Percent{value}); };
  if (!result.may_be_none) return between(scalar(result.low), scalar(result.high), {});
  Value value = Value::unknown({});
  Remaining remaining;
  remaining.low = scalar(result.low);
  remaining.high = scalar(result.high);
  remaining.or_absent = true;
  value.remaining = std::make_shared<const Remaining>(std::move(remaining));
  return value;
}

// `score ?? other`, where the score may be none: from the lower of the lows to the higher of the highs.
Value Evaluator::spanning(const Value& score, const Value& other) {
  if (!score.remaining->or_absent) return score;
  const bool interval = other.is_unknown() && other.remaining && other.remaining->low && other.remaining->high;
  if (!other.is_known() && !interval) return unknown_of({&score, &other});
  const Scalar& other_low = other.is_known() ? other.scalar : *other.remaining->low;
  const Scalar& other_high = other.is_known() ? other.scalar : *other.remaining->high;
  Value value = between(std::min(*score.remaining->low, other_low), std::max(*score.remaining->high, other_high), {});
  if (other.is_unknown() && other.remaining->or_absent && value.is_unknown()) {
    Remaining remaining = *value.remaining;
    remaining.or_absent = true;
    value.remaining = std::make_shared<const Remaining>(std::move(remaining));
  }
  return value;
}

}  // namespace muster::reference
