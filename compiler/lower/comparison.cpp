// SPDX-License-Identifier: Apache-2.0
// Comparisons. They decide from what is left of their operands: from the low and high of counts and scores, and from
// each value that a choose may still have.
#include "compiler/lower/agreed.h"
#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::kNoValue;
using TypedOp = typed::Op;

// From low to high, both in, where there is anything; without a high there is no limit. They meet where it is known.
struct Lowering::Ends {
  ValueId low, high;
  ValueId has, bounded, meet;
  bool open = false;  // they may differ
};

Lowering::Ends Lowering::ends(const Value& value) {
  if (value.interval) {
    const Interval& between = *value.interval;
    return {between.low, between.high, between.has, b_.and_(between.has, between.bounded), value.known, true};
  }
  return {value.data, value.data, value.known, value.known, value.known, false};
}

ValueId Lowering::before(const Ends& a, const Ends& b) {
  return b_.and_(b_.and_(a.bounded, b.has), b_.rowwise(Op::less, {a.high, b.low}));
}

ValueId Lowering::not_after(const Ends& a, const Ends& b) {
  return b_.and_(b_.and_(a.bounded, b.has), b_.rowwise(Op::less_equal, {a.high, b.low}));
}

Value Lowering::is_equal(const Value& a, const Value& b) {
  if (a.yes != kNoValue) {
    const ValueId both = b_.and_(a.known, b.known);
    const ValueId yes = equals(a, b);
    return truth(b_.and_(both, yes), b_.and_not(both, yes));
  }
  const Ends one = ends(a), other = ends(b);
  const ValueId both = b_.and_(one.meet, other.meet);
  const ValueId same = b_.rowwise(Op::equal, {one.low, other.low});
  Value result = truth(b_.and_(both, same), b_.and_not(both, same));
  if (!one.open && !other.open) return result;
  const ValueId apart = b_.and_not(b_.or_(before(one, other), before(other, one)), both);
  return truth(result.yes, b_.or_(no_of(result), apart));
}

Value Lowering::is_less(const Value& a, const Value& b) {
  const Ends one = ends(a), other = ends(b);
  if (!one.open && !other.open) {
    const ValueId both = b_.and_(one.meet, other.meet);
    const ValueId less = b_.rowwise(Op::less, {one.low, other.low});
    return truth(b_.and_(both, less), b_.and_not(both, less));
  }
  return truth(before(one, other), not_after(other, one));
}

Value Lowering::compare_one(TypedOp op, const Value& a, const Value& b) {
  if (op == TypedOp::equal) return is_equal(a, b);
  if (op == TypedOp::not_equal) return negated(is_equal(a, b));
  if (op == TypedOp::less) return is_less(a, b);
  if (op == TypedOp::greater_equal) return negated(is_less(a, b));
  if (op == TypedOp::greater) return is_less(b, a);
  return negated(is_less(b, a));  // less_equal
}

Value Lowering::compare(TypedOp op, const Value& a, const Value& b) {
  return agreed(a, b, [&](const Value& one, const Value& other) { return compare_one(op, one, other); });
}

// `low <= x and x <= high`, for each value of x that is left.
Value Lowering::between(const Value& x, const Value& low, const Value& high) {
  const Value above = negated(is_less(x, low));
  const Value below = negated(is_less(high, x));
  ValueId no = b_.or_(no_of(above), no_of(below));
  const Ends at = ends(x);
  // Nothing lies in between.
  if (at.open) {
    const ValueId empty = before(ends(high), ends(low));
    no = b_.or_(no, b_.and_(b_.and_not(at.has, at.meet), empty));
  }
  return truth(b_.and_(above.yes, below.yes), no);
}

Value Lowering::in_range(const Expr& expr) {
  const Value x = needed(evaluate(operand(expr, 0)));
  const Value low = needed(evaluate(operand(expr, 1)));
  const Value high = needed(evaluate(operand(expr, 2)));
  return agreed(x, [&](const Value& one) {
    return agreed(low, high, [&](const Value& from, const Value& to) { return between(one, from, to); });
  });
}

Value Lowering::text_comparison(const Expr& expr) {
  const Value a = needed(evaluate(operand(expr, 0)));
  const auto judged = [&](ValueId known, ValueId yes) { return truth(b_.and_(known, yes), b_.and_not(known, yes)); };
  if (expr.op == TypedOp::matches) {
    return agreed(a,
                  [&](const Value& one) { return judged(one.known, b_.rowwise(Op::matches, {one.data}, expr.index)); });
  }
  const Op op = expr.op == TypedOp::starts_with ? Op::starts_with
                : expr.op == TypedOp::ends_with ? Op::ends_with
                                                : Op::text_contains;
  const Value b = needed(evaluate(operand(expr, 1)));
  return agreed(a, b, [&](const Value& whole, const Value& piece) {
    return judged(b_.and_(whole.known, piece.known), b_.rowwise(op, {whole.data, piece.data}));
  });
}

}  // namespace muster::lower
