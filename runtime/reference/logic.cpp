// SPDX-License-Identifier: Apache-2.0
// Kleene's connectives, and what asks whether something is known or there.
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;

Value Evaluator::not_(const Expr& expr) {
  Value value = needed_value(operand(expr, 0));
  return value.is_known() ? Value::known(negation(value.truth()), {}) : value;
}

Value Evaluator::connective(const Expr& expr) {
  Fold fold(expr.op == Op::or_ ? Truth::yes : Truth::no);
  for (const ExprId id : program_.operands_of(expr)) fold.add(needed_value(id));
  return fold.result();
}

// `not a or b`
Value Evaluator::implies(const Expr& expr) {
  Fold fold(Truth::yes);
  const Value a = needed_value(operand(expr, 0));
  fold.add(a.is_known() ? Value::known(negation(a.truth()), {}) : a);
  fold.add(needed_value(operand(expr, 1)));
  return fold.result();
}

Value Evaluator::is_known(const Expr& expr) {
  return Value::known(truth_of(!evaluate(operand(expr, 0)).is_unknown()), {});
}

// Of a choose: whether all values that are left are present. Of a count or score: it is, unless it may be none.
Value Evaluator::is_present(const Expr& expr) {
  const Value value = evaluate(operand(expr, 0));
  return agreed(value, [](const Value& alternative) {
    if (alternative.is_known()) return Truth::yes;
    if (alternative.is_absent()) return Truth::no;
    return alternative.remaining && !alternative.remaining->or_absent ? Truth::yes : Truth::unknown;
  });
}

Value Evaluator::coalesce(const Expr& expr) {
  const Value a = evaluate(operand(expr, 0));
  if (a.is_known()) {
    not_taken(operand(expr, 1));
    return a;
  }
  const Value b = evaluate(operand(expr, 1));
  if (a.is_absent()) return plain(b);
  if (a.remaining && a.remaining->low) return spanning(a, b);
  return unknown_of({&a, &b});
}

Value Evaluator::assume(const Expr& expr) {
  Value a = plain_value(operand(expr, 0));
  if (!a.is_unknown()) {
    not_taken(operand(expr, 1));
    return a;
  }
  assumed_.add(a.causes);
  return plain_value(operand(expr, 1));
}

}  // namespace muster::reference
