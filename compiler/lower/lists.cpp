// SPDX-License-Identifier: Apache-2.0
// Quantifiers and counts: the body is calculated for all elements of all lists at once, and the rows of one list then
// make one. An operation on a list lives on the lowest axis that all it reads lives on, so what reads no element of
// the lists around it is calculated once for all of them.
#include "compiler/lower/over_sources.h"

namespace muster::lower {

using ir::AxisId;
using ir::kNoValue;
using TypedOp = typed::Op;

AxisId Lowering::context_of(const Expr& expr, const Value& list) {
  AxisId axis = axis_of(list);
  for (std::size_t at = 1; at < expr.count; ++at) {
    if (!has(expr, at)) continue;
    const Reads& read = reads(operand(expr, at));
    if (read.subject) axis = b_.join(axis, ir::kSubjects);
    for (const std::uint32_t variable : read.variables) {
      if (variable != expr.index) axis = b_.join(axis, axis_of(variables_[variable]));
    }
  }
  return axis;
}

Lowering::Walk Lowering::walk(const ListSource& source, AxisId parent) {
  const ir::Axis& axis = b_.code().axes[source.axis];
  const ir::Instruction& begin = b_.code()[source.begin];
  const bool whole = begin.op == Op::begin_of && begin.index == source.axis;
  if (whole && axis.parent == parent) return {parent, source.axis, *source.element, source.kept};
  const AxisId rows = b_.expansion(parent, source.axis, b_.at(source.begin, parent), b_.at(source.end, parent));
  const ValueId row = b_.leaf(Op::source_row, ir::Phys::index, rows);
  return {parent, rows, gathered(*source.element, source.axis, row), b_.gather(source.kept, row)};
}

void Lowering::count_steps(const Value& list) {
  for (const ListSource& source : list.lists) b_.add_steps(b_.innermost(), source.begin, source.end);
}

Lowering::Held Lowering::held(const Walk& rows, std::initializer_list<ExprId> conditions) {
  Held held{rows.kept, rows.kept};
  for (const ExprId id : conditions) {
    if (id == typed::kNoExpr) continue;
    const Value holds = needed_value(id);
    held.may = b_.and_not(held.may, no_of(holds));
    held.surely = b_.and_(held.surely, holds.yes);
  }
  return held;
}

Value Lowering::any_or_all(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  const bool all = expr.op == TypedOp::all;
  const Value result = over(expr, list, [&](const Walk& each) {
    const Value body = needed_value(operand(expr, 2));
    ValueId yes = body.yes, no = no_of(body);
    if (has(expr, 1)) {
      const Value where = needed_value(operand(expr, 1));
      yes = all ? b_.or_(no_of(where), yes) : b_.and_(where.yes, yes);
      no = all ? b_.and_(where.yes, no) : b_.or_(no_of(where), no);
    }
    const auto some = [&](ValueId bits) { return b_.segment(Op::seg_any, each.axis, {bits}); };
    const ValueId decided = some(b_.and_(each.kept, all ? no : yes));
    const ValueId open = some(b_.and_not(each.kept, all ? yes : no));
    return all ? truth(b_.not_(open), decided) : truth(decided, b_.not_(open));
  });
  return expr.op == TypedOp::no ? negated(result) : result;
}

Value Lowering::how_many(const Expr& expr) {
  const Value count = count_elements(expr, operand(expr, 2));
  const Value wanted = needed_value(operand(expr, 3));
  const TypedOp op = expr.op == TypedOp::at_least  ? TypedOp::greater_equal
                     : expr.op == TypedOp::at_most ? TypedOp::less_equal
                                                   : TypedOp::equal;
  return compare_one(op, count, wanted);
}

// From those that surely hold to those that may. Of an unknown list from none to no limit.
Value Lowering::count_elements(const Expr& expr, ExprId body) {
  const Value list = needed_value(operand(expr, 0));
  Value count = over(expr, list, [&](const Walk& each) {
    const Held holds = held(each, {operand(expr, 1), body});
    Value counted;
    const ValueId low = b_.segment(Op::seg_count, each.axis, {holds.surely});
    const ValueId high = b_.segment(Op::seg_count, each.axis, {holds.may});
    counted.interval = Interval{low, high, b_.ones(), b_.ones(), b_.zeros()};
    counted.data = low;
    return counted;
  });
  count.type = types::kInt;
  Interval& ends = *count.interval;
  ends.low = b_.select(list.known, ends.low, whole(0));
  ends.bounded = list.known;
  count.known = b_.and_(list.known, b_.rowwise(Op::equal, {ends.low, ends.high}));
  count.data = ends.low;
  return count;
}

Value Lowering::size(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  const AxisId parent = axis_of(list);
  Value size = over_sources(list, parent, [&](const Walk& each) {
    return scalar(types::kInt, b_.ones(), b_.segment(Op::seg_count, each.axis, {each.kept}));
  });
  size.known = list.known;
  return size;
}

// With an unknown element among several it is open which are equal.
Value Lowering::distinct(const Expr& expr) {
  Value list = needed_value(operand(expr, 0));
  count_steps(list);
  const Value open = over_sources(list, axis_of(list), [&](const Walk& each) {
    const ValueId unknown = b_.and_not(each.kept, b_.or_(each.element.known, each.element.absent));
    const ValueId several = b_.rowwise(Op::less, {whole(1), b_.segment(Op::seg_count, each.axis, {each.kept})});
    return truth(b_.and_(b_.segment(Op::seg_any, each.axis, {unknown}), several), b_.zeros());
  });
  list.known = b_.and_not(list.known, open.yes);
  for (ListSource& source : list.lists) {
    const Value& element = *source.element;
    const auto first_of = [&](ValueId bits) {
      bits = b_.and_(source.kept, bits);
      if (bits == b_.zeros()) return bits;
      const ValueId first = b_.segment(Op::seg_first, source.axis, {bits});
      const ValueId own = b_.leaf(Op::own_row, ir::Phys::index, source.axis);
      return b_.and_(bits, b_.rowwise(Op::equal, {own, b_.at(first, source.axis)}));
    };
    ValueId kept = b_.and_not(source.kept, b_.or_(element.known, element.absent));
    kept = b_.or_(kept, first_of(element.absent));
    if (is_bool(element)) {
      kept = b_.or_(kept, b_.or_(first_of(element.yes), first_of(no_of(element))));
    } else {
      const ValueId operands[] = {element.data, b_.and_(source.kept, element.known)};
      kept = b_.or_(kept, b_.emit(Op::first_of_equals, ir::Phys::bits, source.axis, 0, operands));
    }
    source.kept = kept;
  }
  return list;
}

}  // namespace muster::lower
