// SPDX-License-Identifier: Apache-2.0
// Over lists: `any x in xs where C: E` is an `or` of `C and E`, `all` an `and` of `C implies E`, `no` is not any.
// A count has a low, the elements that surely hold, and a high, with those that may; `at least` and its kin are
// comparisons with it.
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using types::Scalar;

namespace {

Value negated(const Value& value) { return value.is_known() ? Value::known(negation(value.truth()), {}) : value; }

Op comparison(Op how_many) {
  if (how_many == Op::at_least) return Op::greater_equal;
  return how_many == Op::at_most ? Op::less_equal : Op::equal;
}

}  // namespace

Value Evaluator::any_or_all(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) return list;
  const bool all = expr.op == Op::all;
  Fold elements(all ? Truth::no : Truth::yes);
  for_each_element(expr, list, [&](const Value&) {
    if (!has(expr, 1)) {
      elements.add(needed_value(operand(expr, 2)));
      return;
    }
    Fold element(all ? Truth::yes : Truth::no);
    const Value where = needed_value(operand(expr, 1));
    element.add(all ? negated(where) : where);
    element.add(needed_value(operand(expr, 2)));
    elements.add(element.result());
  });
  const Value result = elements.result();
  return expr.op == Op::no ? negated(result) : result;
}

Value Evaluator::how_many(const Expr& expr) {
  const Value count = count_elements(expr, operand(expr, 2));
  const Value wanted = needed_value(operand(expr, 3));
  Value decided = compare_values(comparison(expr.op), count, wanted);
  return decided.is_unknown() ? unknown_of({&wanted, &count}) : decided;
}

Value Evaluator::count_elements(const Expr& expr, ExprId body) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) {
    Value count = between(Scalar(std::int64_t{0}), std::nullopt, list.causes);
    count.through_absent = list.through_absent;
    return count;
  }
  std::int64_t low = 0;
  std::int64_t high = 0;
  CausesBuilder causes;
  bool through_absent = false;
  for_each_element(expr, list, [&](const Value&) {
    Fold holds(Truth::no);
    if (has(expr, 1)) holds.add(needed_value(operand(expr, 1)));
    if (body != typed::kNoExpr) holds.add(needed_value(body));
    const Value held = holds.result();
    if (held.truth() == Truth::no) return;
    ++high;
    if (held.truth() == Truth::yes) ++low;
    causes.add(held.causes);
    through_absent = through_absent || held.through_absent;
  });
  Value count = between(Scalar(low), Scalar(high), causes.take());
  count.through_absent = count.is_unknown() && through_absent;
  return count;
}

}  // namespace muster::reference
