// SPDX-License-Identifier: Apache-2.0
// `if` and `choose`. An `if` that can't be decided is unknown unless both ways lead to one value; a `choose` then
// has the values that are still possible. Why it is unknown: first the conditions, then the branches.
#include <utility>

#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;

namespace {

// Records and lists are never taken for one value.
bool is_same(const types::Table& table, types::TypeId type, const Value& a, const Value& b) {
  if (a.is_absent() && b.is_absent()) return true;
  if (!a.is_known() || !b.is_known()) return false;
  return table.is_scalar(table.without_optional(type)) && types::equal(a.scalar, b.scalar);
}

}  // namespace

Value Evaluator::if_(const Expr& expr) {
  const Value condition = needed_value(operand(expr, 0));
  if (condition.is_known()) {
    const bool holds = condition.truth() == Truth::yes;
    Value value = plain_value(operand(expr, holds ? 1 : 2));
    not_taken(operand(expr, holds ? 2 : 1));
    return value;
  }
  const Value a = plain_value(operand(expr, 1));
  const Value b = plain_value(operand(expr, 2));
  if (is_same(program_.types, expr.type, a, b)) return a;
  return unknown_of({&condition, &a, &b});
}

Value Evaluator::choose(const Expr& expr) {
  CausesBuilder causes;
  bool through_absent = false;
  std::vector<Value> left;
  bool found = false;
  for (std::size_t at = 0; at + 1 < expr.count; at += 2) {
    if (found) {
      not_taken(operand(expr, at));
      not_taken(operand(expr, at + 1));
      continue;
    }
    const Value condition = needed_value(operand(expr, at));
    if (condition.truth() == Truth::no) {
      not_taken(operand(expr, at + 1));
      continue;
    }
    causes.add(condition.causes);
    through_absent = through_absent || condition.through_absent;
    left.push_back(plain_value(operand(expr, at + 1)));
    found = condition.truth() == Truth::yes;
  }
  const ExprId otherwise = operand(expr, expr.count - 1u);
  if (found) {
    not_taken(otherwise);
  } else {
    left.push_back(plain_value(otherwise));
  }
  bool one = true;
  for (const Value& value : left) one = one && is_same(program_.types, expr.type, left.front(), value);
  if (left.size() == 1 || one) return left.front();

  for (const Value& value : left) {
    causes.add(value.causes);
    through_absent = through_absent || value.through_absent;
  }
  Value value = Value::unknown(causes.take());
  value.through_absent = through_absent;
  Remaining remaining;
  remaining.values = std::move(left);
  value.remaining = std::make_shared<const Remaining>(std::move(remaining));
  return value;
}

void Evaluator::not_taken(ExprId id) {
  if (facts_.assumes[id]) evaluate(id);
}

}  // namespace muster::reference
