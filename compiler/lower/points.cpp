// SPDX-License-Identifier: Apache-2.0
// `score x = E`: numbers of points with low and high, calculated end by end. A sum adds the ends, a difference
// crosses them, a product takes the least and the greatest of the four. What is no arithmetic of points is evaluated
// as everywhere.
#include <array>
#include <utility>

#include "compiler/lower/called.h"

namespace muster::lower {

using ir::kNoValue;
using TypedOp = typed::Op;

namespace {

bool takes_one(TypedOp op) {
  return op == TypedOp::negate || op == TypedOp::abs || op == TypedOp::round || op == TypedOp::floor ||
         op == TypedOp::ceil || op == TypedOp::to_number || op == TypedOp::to_percent;
}

bool takes_two(TypedOp op) {
  return op == TypedOp::add || op == TypedOp::subtract || op == TypedOp::multiply || op == TypedOp::divide ||
         op == TypedOp::min_of || op == TypedOp::max_of;
}

}  // namespace

// Every number has ends: of a known one they are itself.
Interval Lowering::ends_of(const Value& value) {
  if (!value.interval) return {value.data, value.data, value.known, value.known, b_.zeros()};
  Interval ends = *value.interval;
  ends.has = ends.bounded = b_.and_(ends.has, ends.bounded);
  return ends;
}

// Known where the ends meet and it can't be none.
Value Lowering::spanned(types::TypeId type, const Interval& ends) {
  Value value = scalar(type, b_.and_(ends.has, b_.rowwise(Op::equal, {ends.low, ends.high})), ends.low);
  value.known = b_.and_not(value.known, ends.or_absent);
  value.interval = ends;
  return value;
}

Value Lowering::points(ExprId id) {
  const Expr& expr = program_.expr(id);
  if (expr.op == TypedOp::call) {
    std::vector<Value> arguments;
    for (const ExprId argument : program_.operands_of(expr)) arguments.push_back(points(argument));
    return called(expr, std::move(arguments), [this](ExprId body) { return points(body); });
  }
  // Nothing lies between two records, lists or bools.
  if (phys(expr.type) == ir::Phys::bits) return evaluate(id);
  Value value;
  if (takes_one(expr.op)) {
    value = points_of_one(expr);
  } else if (takes_two(expr.op)) {
    value = points_of_two(expr);
  } else if (expr.op == TypedOp::widen) {
    value = widened(points(operand(expr, 0)), expr.type);
  } else if (expr.op == TypedOp::coalesce) {
    const Value a = points(operand(expr, 0));
    const Value b = points(operand(expr, 1));
    value = coalesced(a, b, b);
  } else if (expr.op == TypedOp::if_) {
    value = points_of_branches(needed_value(operand(expr, 0)), points(operand(expr, 1)), points(operand(expr, 2)));
  } else {
    return evaluate(id);
  }
  value.type = expr.type;
  return value;
}

// Between the least and the greatest of what was calculated for the corners, where all of that is something.
Value Lowering::over_corners(types::TypeId type, ValueId has, const std::vector<Calculated>& corners) {
  Interval ends{corners.front().data, corners.front().data, has, b_.ones(), b_.zeros()};
  for (const Calculated& corner : corners) {
    ends.has = b_.and_(ends.has, corner.ok);
    ends.low = b_.select(b_.rowwise(Op::less, {corner.data, ends.low}), corner.data, ends.low);
    ends.high = b_.select(b_.rowwise(Op::less, {corner.data, ends.high}), ends.high, corner.data);
  }
  ends.bounded = ends.has;
  return spanned(type, ends);
}

// A number between whose ends lies nought.
ValueId Lowering::holds_nought(const Interval& ends) {
  const bool real = b_.phys_of(ends.low) == ir::Phys::f64;
  const ValueId nought = real ? this->real(0) : whole(0);
  if (b_.phys_of(ends.low) != ir::Phys::f64 && b_.phys_of(ends.low) != ir::Phys::i64) return b_.zeros();
  return b_.and_(b_.rowwise(Op::less_equal, {ends.low, nought}), b_.rowwise(Op::less_equal, {nought, ends.high}));
}

Value Lowering::points_of_one(const Expr& expr) {
  const Value a = needed(points(operand(expr, 0)));
  const Interval at = ends_of(a);
  const auto corner = [&](ValueId data) { return calculate(expr.op, scalar(a.type, at.has, data)); };
  if (at.low == at.high) return over_corners(expr.type, at.has, {corner(at.low)});
  std::vector<Calculated> corners{corner(at.low), corner(at.high)};
  if (expr.op == TypedOp::abs) {
    // Nought itself, where it lies between them.
    const ValueId nought =
        calculate(TypedOp::subtract, scalar(a.type, at.has, at.low), scalar(a.type, at.has, at.low)).data;
    const ValueId holds = holds_nought(at);
    corners.push_back({b_.select(holds, nought, corners.front().data), corners.front().ok});
  }
  return over_corners(expr.type, at.has, corners);
}

Value Lowering::points_of_two(const Expr& expr) {
  const Value a = needed(points(operand(expr, 0)));
  const Value b = needed(points(operand(expr, 1)));
  const Interval one = ends_of(a), other = ends_of(b);
  ValueId has = b_.and_(one.has, other.has);
  if (expr.op == TypedOp::divide) has = b_.and_not(has, holds_nought(other));
  std::vector<Calculated> corners;
  const auto add = [&](ValueId left, ValueId right) {
    corners.push_back(calculate(expr.op, scalar(a.type, one.has, left), scalar(b.type, other.has, right)));
  };
  add(one.low, other.low);
  if (other.low != other.high) add(one.low, other.high);
  if (one.low != one.high) add(one.high, other.low);
  if (one.low != one.high && other.low != other.high) add(one.high, other.high);
  return over_corners(expr.type, has, corners);
}

// Where the condition is unknown, anything from the lower of the lows to the higher of the highs.
Value Lowering::points_of_branches(const Value& condition, const Value& a, const Value& b) {
  const Interval one = ends_of(a), other = ends_of(b);
  Interval hull;
  hull.low = b_.select(b_.rowwise(Op::less, {other.low, one.low}), other.low, one.low);
  hull.high = b_.select(b_.rowwise(Op::less, {one.high, other.high}), other.high, one.high);
  hull.has = hull.bounded = b_.and_(one.has, other.has);
  hull.or_absent = b_.zeros();
  const auto with_ends = [](Value value, const Interval& ends) {
    value.interval = ends;
    return value;
  };
  const Value taken = selected(no_of(condition), with_ends(b, other), with_ends(a, one));
  return selected(condition.known, taken, spanned(a.type, hull));
}

// `a ?? b`, where `instead` is what stands for an absent a: b, or no more than its value. Of a score that may be
// none: from the lower of the lows to the higher of the highs.
Value Lowering::coalesced(const Value& a, const Value& b, const Value& instead) {
  if (!a.interval) {
    Value value = selected(a.known, plain(a), plain(instead));
    value.known = b_.or_(a.known, b_.and_(a.absent, b.known));
    value.absent = b_.and_(a.absent, b.absent);
    if (is_bool(value)) value.yes = b_.and_(value.yes, value.known);
    if (!instead.interval) return value;
    // What is left of the other, where it stands for an absent one.
    Interval ends = ends_of(instead);
    ends.low = b_.select(a.known, a.data, ends.low);
    ends.high = b_.select(a.known, a.data, ends.high);
    ends.has = ends.bounded = b_.or_(a.known, b_.and_(a.absent, ends.has));
    ends.or_absent = b_.and_(a.absent, ends.or_absent);
    value.interval = ends;
    return value;
  }
  const Interval one = ends_of(a), other = ends_of(b);
  const ValueId may_be_none = b_.and_(one.has, one.or_absent);
  Interval span;
  span.low = b_.select(b_.and_(may_be_none, b_.rowwise(Op::less, {other.low, one.low})), other.low, one.low);
  span.high = b_.select(b_.and_(may_be_none, b_.rowwise(Op::less, {one.high, other.high})), other.high, one.high);
  span.has = b_.and_(one.has, b_.or_(b_.not_(may_be_none), other.has));
  span.bounded = span.has;
  const ValueId meets = b_.rowwise(Op::equal, {span.low, span.high});
  span.or_absent = b_.and_not(b_.and_(may_be_none, b_.and_not(other.or_absent, b.known)), meets);
  Value spanning = spanned(a.type, span);
  Value for_absent = instead;
  for_absent.interval = ends_of(instead);
  return selected(a.absent, for_absent, spanning);
}

}  // namespace muster::lower
