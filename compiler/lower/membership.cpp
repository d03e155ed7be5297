// SPDX-License-Identifier: Apache-2.0
// `x in xs` and its kin: Kleene folds of `x == element`. Lists of constants are sets.
#include <limits>

#include "compiler/lower/agreed.h"
#include "compiler/lower/over_sources.h"

namespace muster::lower {

using ir::kNoValue;
using TypedOp = typed::Op;

Value Lowering::membership(const Expr& expr) {
  const bool list_first = expr.op == TypedOp::contains;
  const ExprId list_id = operand(expr, list_first ? 0 : 1);
  const Value x = needed(evaluate(operand(expr, list_first ? 1 : 0)));
  if (auto decided = in_constants(x, list_id)) return std::move(*decided);
  const Value list = needed(evaluate(list_id));
  return agreed(list, [&](const Value& one_list) {
    count_steps(one_list);
    return agreed(x, [&](const Value& one) { return is_member(one, one_list); });
  });
}

std::optional<Value> Lowering::in_constants(const Value& x, ExprId list) {
  const Expr& expr = program_.expr(list);
  if (expr.op != TypedOp::list_literal || x.interval || is_bool(x)) return std::nullopt;
  std::vector<std::uint32_t> constants;
  for (const ExprId id : program_.operands_of(expr)) {
    const Expr& element = program_.expr(id);
    if (element.op != TypedOp::literal) return std::nullopt;
    constants.push_back(b_.add_constant(program_.constants[element.index], types().without_optional(element.type)));
  }
  b_.add_steps(b_.innermost(), expr.count);
  if (constants.empty()) return truth(b_.zeros(), b_.ones());
  const std::uint32_t set = b_.add_set(std::move(constants));
  return agreed(x, [&](const Value& one) {
    const ValueId is_in = b_.rowwise(Op::in_set, {one.data}, set);
    return truth(b_.and_(one.known, is_in), b_.and_not(one.known, is_in));
  });
}

// Of a list that is no choose, and an x that is none.
Value Lowering::is_member(const Value& x, const Value& list) {
  Value result = truth(b_.zeros(), b_.zeros());
  for (std::size_t at = list.lists.size(); at-- > 0;) {
    const Value one = member_of(x, list, list.lists[at]);
    result = at + 1 == list.lists.size() ? one : selected(list.lists[at].guard, one, result);
  }
  return masked(std::move(result), list.known);
}

Value Lowering::member_of(const Value& x, const Value& list, const ListSource& source) {
  const ir::AxisId parent = axis_of(list);
  const Walk each = walk(source, parent);
  const ValueId some = b_.segment(Op::seg_any, each.axis, {each.kept});
  const ValueId some_unknown = b_.segment(Op::seg_any, each.axis, {b_.and_not(each.kept, each.element.known)});
  if (is_bool(x)) {
    const auto holds = [&](ValueId truth) { return b_.segment(Op::seg_any, each.axis, {b_.and_(each.kept, truth)}); };
    const ValueId found =
        b_.or_(b_.and_(x.yes, holds(each.element.yes)), b_.and_(no_of(x), holds(no_of(each.element))));
    return truth(found, b_.or_(b_.not_(some), b_.and_not(b_.and_not(x.known, found), some_unknown)));
  }
  // The search goes over the list where it stands, for each x.
  const ValueId set = b_.at(b_.and_(source.kept, source.element->known), source.axis);
  const ValueId data = b_.at(source.element->data, source.axis);
  ir::AxisId axis = b_.join(parent, axis_of(x));
  const auto search = [&](Op op, std::initializer_list<ValueId> wanted) {
    std::vector<ValueId> operands;
    for (const ValueId value : wanted) operands.push_back(b_.at(value, axis));
    for (const ValueId bound : {source.begin, source.end}) operands.push_back(b_.at(bound, axis));
    operands.push_back(data);
    operands.push_back(set);
    return b_.emit(op, ir::Phys::bits, axis, 0, operands);
  };
  const ValueId found = search(Op::member, {x.data});
  const ValueId missed = b_.and_not(b_.not_(found), some_unknown);
  ValueId yes = b_.and_(x.known, found), no = b_.and_(x.known, missed);
  if (x.interval) {
    const Interval& ends = *x.interval;
    const bool whole = b_.phys_of(ends.low) == ir::Phys::i64;
    const ValueId last =
        whole ? this->whole(std::numeric_limits<std::int64_t>::max()) : real(std::numeric_limits<double>::max());
    const ValueId high = b_.select(ends.bounded, ends.high, last);
    const ValueId open = b_.and_not(ends.has, x.known);
    if (whole) {
      yes = b_.or_(yes, b_.and_(b_.and_(open, ends.bounded), search(Op::all_between, {ends.low, ends.high})));
    }
    const ValueId hit = search(Op::some_between, {ends.low, high});
    no = b_.or_(no, b_.and_not(b_.and_not(open, hit), some_unknown));
  }
  return truth(yes, b_.or_(b_.not_(some), no));
}

// `a contains any b`, `a contains all b`: over the elements of b, each of them in a.
Value Lowering::contains_several(const Expr& expr) {
  const Value a = needed(evaluate(operand(expr, 0)));
  const Value b = needed(evaluate(operand(expr, 1)));
  return agreed(a, b, [&](const Value& one, const Value& other) {
    return contains_lists(one, other, expr.op == TypedOp::contains_all);
  });
}

Value Lowering::contains_lists(const Value& a, const Value& b, bool all) {
  count_steps(a);
  count_steps(b);
  const ir::AxisId parent = b_.join(axis_of(a), axis_of(b));
  return masked(
      over_sources(b, parent,
                   [&](const Walk& each) {
                     const Value held = is_member(needed(each.element), a);
                     const ValueId no = no_of(held);
                     const auto some = [&](ValueId bits) { return b_.segment(Op::seg_any, each.axis, {bits}); };
                     const ValueId may = some(b_.and_not(each.kept, no)), surely = some(b_.and_(each.kept, held.yes));
                     if (!all) return truth(surely, b_.not_(may));
                     return truth(b_.not_(some(b_.and_not(each.kept, held.yes))), some(b_.and_(each.kept, no)));
                   }),
      b.known);
}

}  // namespace muster::lower
