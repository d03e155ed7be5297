// SPDX-License-Identifier: Apache-2.0
// What is made of the elements of a list. An element counts where its condition isn't false; an element whose
// condition or value is unknown leaves the whole unknown.
#include "compiler/lower/over_sources.h"

namespace muster::lower {

using types::Kind;
using TypedOp = typed::Op;

// `each` gets the walk, the value of the elements, those that surely count, and whether nothing is open.
template <typename Each>
Value Lowering::over_values(const Expr& expr, const Each& each) {
  const Value list = needed_value(operand(expr, 0));
  return over(expr, list, [&](const Walk& rows) {
    const Held counts = held(rows, {operand(expr, 1)});
    const Value value = needed_value(operand(expr, 2));
    const ValueId sure = b_.and_(counts.surely, value.known);
    const ValueId open = b_.segment(Op::seg_any, rows.axis, {b_.and_not(counts.may, sure)});
    return each(rows, value, sure, b_.not_(open));
  });
}

Value Lowering::total(const Expr& expr) {
  const Kind kind = types().kind(types().without_optional(program_.expr(operand(expr, 2)).type));
  const bool real = kind == Kind::number || kind == Kind::percent;
  return over_values(expr, [&](const Walk& rows, const Value& value, ValueId sure, ValueId settled) {
    const auto over_rows = [&](Op op) { return b_.segment(op, rows.axis, {value.data, sure}); };
    Calculated result{};
    if (expr.op == TypedOp::sum) {
      result = real ? finite(over_rows(Op::seg_fsum)) : Calculated{over_rows(Op::seg_sum), over_rows(Op::seg_sum_ok)};
      return scalar(expr.type, b_.and_(settled, result.ok), result.data);
    }
    const ValueId some = b_.segment(Op::seg_any, rows.axis, {sure});
    if (real) {
      const ValueId count = b_.rowwise(Op::to_f64, {b_.segment(Op::seg_count, rows.axis, {sure})});
      result = finite(b_.rowwise(Op::fdivide, {over_rows(Op::seg_fsum), count}));
    } else if (kind == Kind::integer) {
      result = finite(over_rows(Op::seg_mean));
    } else {
      result = {over_rows(Op::seg_mean_cut), b_.ones()};
    }
    Value mean = scalar(expr.type, b_.and_(b_.and_(settled, some), result.ok), result.data);
    mean.absent = b_.and_not(settled, some);
    return mean;
  });
}

Value Lowering::extreme(const Expr& expr) {
  const Op op = expr.op == TypedOp::min ? Op::seg_min : Op::seg_max;
  return over_values(expr, [&](const Walk& rows, const Value& value, ValueId sure, ValueId settled) {
    const ValueId some = b_.segment(Op::seg_any, rows.axis, {sure});
    const ValueId row = b_.segment(op, rows.axis, {value.data, sure});
    Value found = scalar(expr.type, b_.and_(settled, some), b_.gather(b_.at(value.data, rows.axis), row));
    found.absent = b_.and_not(settled, some);
    return found;
  });
}

// Of elements with equal keys the last.
Value Lowering::latest(const Expr& expr) {
  return over_values(expr, [&](const Walk& rows, const Value& value, ValueId sure, ValueId settled) {
    const ValueId some = b_.segment(Op::seg_any, rows.axis, {sure});
    const ValueId row = b_.segment(Op::seg_latest, rows.axis, {value.data, sure});
    Value found = masked(gathered(plain(rows.element), rows.axis, row), b_.and_(settled, some));
    found.absent = b_.or_(found.absent, b_.and_not(settled, some));
    return found;
  });
}

// Only what stands before the first element that surely holds can be it instead.
Value Lowering::first(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  return over(expr, list, [&](const Walk& rows) {
    const Held holds = held(rows, {operand(expr, 1)});
    const ValueId some = b_.segment(Op::seg_any, rows.axis, {holds.may});
    const ValueId row = b_.segment(Op::seg_first, rows.axis, {holds.may});
    const ValueId settled = b_.and_(some, b_.gather(b_.at(holds.surely, rows.axis), row));
    Value found = masked(gathered(plain(rows.element), rows.axis, row), settled);
    found.absent = b_.or_(found.absent, b_.not_(some));
    return found;
  });
}

}  // namespace muster::lower
