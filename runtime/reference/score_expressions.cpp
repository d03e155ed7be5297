// SPDX-License-Identifier: Apache-2.0
// `score x = E`: numbers of points with low and high, calculated end by end. A sum adds the ends, a difference
// crosses them, a product takes the least and the greatest of the four. Scores are taken as independent of each
// other. What is no arithmetic of points is evaluated as everywhere.
#include <algorithm>
#include <array>
#include <utility>

#include "runtime/reference/calculate.h"
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using types::Scalar;

namespace {

struct Ends {
  Scalar low;
  Scalar high;
};

std::optional<Ends> ends(const Value& value) {
  if (value.is_known()) return Ends{value.scalar, value.scalar};
  if (!value.is_unknown() || !value.remaining || !value.remaining->low || !value.remaining->high) return std::nullopt;
  return Ends{*value.remaining->low, *value.remaining->high};
}

using Corner = std::optional<Scalar>;

// Between the least and the greatest of what was calculated for the corners; unknown if one of them is.
template <std::size_t count>
Value over(const std::array<Corner, count>& corners, Causes causes) {
  if (!std::all_of(corners.begin(), corners.end(), [](const Corner& corner) { return corner.has_value(); })) {
    return Value::unknown(std::move(causes));
  }
  const auto [low, high] = std::minmax_element(corners.begin(), corners.end(),
                                               [](const Corner& a, const Corner& b) { return types::less(*a, *b); });
  return between(**low, **high, std::move(causes));
}

// A divisor between whose ends lies nought divides by nothing for sure.
bool holds_nought(const Ends& ends) {
  const auto number = [](const Scalar& value) {
    if (const auto* percent = std::get_if<types::Percent>(&value)) return percent->points;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    const auto* real = std::get_if<double>(&value);
    return real != nullptr ? *real : 0.0;
  };
  return number(ends.low) <= 0 && number(ends.high) >= 0;
}

// Nothing lies between two bools, records or lists.
bool has_ends(const types::Table& types, types::TypeId type) {
  const types::TypeId held = types.without_optional(type);
  return types.is_scalar(held) && types.kind(held) != types::Kind::boolean;
}

bool takes_one(Op op) {
  return op == Op::negate || op == Op::abs || op == Op::round || op == Op::floor || op == Op::ceil ||
         op == Op::to_number || op == Op::to_percent;
}

bool takes_two(Op op) {
  return op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide || op == Op::min_of ||
         op == Op::max_of;
}

// Anything from the lower of the lows to the higher of the highs.
Value hull(const Value& a, const Value& b, Causes causes) {
  const auto one = ends(a);
  const auto other = ends(b);
  if (!one || !other) return Value::unknown(std::move(causes));
  return between(std::min(one->low, other->low), std::max(one->high, other->high), std::move(causes));
}

}  // namespace

Value Evaluator::points(ExprId id) {
  enter();
  const Expr& expr = program_.expr(id);
  Value value;
  if (expr.op != Op::call && !has_ends(program_.types, expr.type)) {
    value = evaluate(id);
  } else if (takes_one(expr.op)) {
    value = points_of_one(expr);
  } else if (takes_two(expr.op)) {
    value = points_of_two(expr);
  } else if (expr.op == Op::widen) {
    value = widened(points(operand(expr, 0)));
  } else if (expr.op == Op::coalesce) {
    const Value a = points(operand(expr, 0));
    const Value b = points(operand(expr, 1));
    value = a.is_known() ? a : a.is_absent() ? b : a.remaining ? spanning(a, b) : unknown_of({&a, &b});
  } else if (expr.op == Op::if_) {
    const Value condition = needed_value(operand(expr, 0));
    const Value a = points(operand(expr, 1));
    const Value b = points(operand(expr, 2));
    value = condition.is_unknown() ? hull(a, b, condition.causes) : condition.truth() == Truth::yes ? a : b;
  } else if (expr.op == Op::call) {
    std::vector<Value> arguments;
    for (const ExprId argument : program_.operands_of(expr)) arguments.push_back(points(argument));
    value = with_arguments(expr, std::move(arguments), [&](ExprId body) { return points(body); });
  } else {
    value = evaluate(id);
  }
  --depth_;
  return value;
}

Value Evaluator::points_of_one(const Expr& expr) {
  const Value a = needed(points(operand(expr, 0)));
  if (a.is_known()) return calculated(expr, calculate(expr.op, a.scalar));
  const auto at = ends(a);
  if (!at) return plain(a);
  std::array<Corner, 3> corners{calculate(expr.op, at->low), calculate(expr.op, at->high), std::nullopt};
  corners[2] = expr.op == Op::abs && holds_nought(*at) ? calculate(Op::subtract, at->low, at->low) : corners[0];
  return over(corners, a.causes);
}

Value Evaluator::points_of_two(const Expr& expr) {
  const Value a = needed(points(operand(expr, 0)));
  const Value b = needed(points(operand(expr, 1)));
  if (a.is_known() && b.is_known()) return calculated(expr, calculate(expr.op, a.scalar, b.scalar));
  const auto one = ends(a);
  const auto other = ends(b);
  if (!one || !other || (expr.op == Op::divide && holds_nought(*other))) return unknown_of({&a, &b});
  return over(
      std::array<Corner, 4>{calculate(expr.op, one->low, other->low), calculate(expr.op, one->low, other->high),
                            calculate(expr.op, one->high, other->low), calculate(expr.op, one->high, other->high)},
      unknown_of({&a, &b}).causes);
}

}  // namespace muster::reference
