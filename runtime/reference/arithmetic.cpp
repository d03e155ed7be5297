// SPDX-License-Identifier: Apache-2.0
// Arithmetic on values. Where the result is none (overflow, division by zero, outside the calendar) it is
// unknown for the reason `arithmetic`, and the fields that its operands read are the data that left it so.
#include <utility>

#include "runtime/reference/calculate.h"
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using types::Scalar;

Value Evaluator::arithmetic(const Expr& expr) {
  const Value a = needed_value(operand(expr, 0));
  if (expr.count == 1) return a.is_known() ? calculated(expr, calculate(expr.op, a.scalar)) : a;
  const Value b = needed_value(operand(expr, 1));
  if (!a.is_known() || !b.is_known()) return unknown_of({&a, &b});
  return calculated(expr, calculate(expr.op, a.scalar, b.scalar));
}

// What the compiler put there, not the author: it keeps what is left of a count or a choose.
Value Evaluator::widened(Value value) {
  const auto number = [](const Scalar& whole) { return Scalar(static_cast<double>(std::get<std::int64_t>(whole))); };
  if (value.is_known()) return Value::known(number(value.scalar));
  if (!value.remaining) return value;
  Remaining remaining = *value.remaining;
  if (remaining.low) remaining.low = number(*remaining.low);
  if (remaining.high) remaining.high = number(*remaining.high);
  for (Value& one : remaining.values) {
    if (one.is_known()) one = Value::known(number(one.scalar));
  }
  value.remaining = std::make_shared<const Remaining>(std::move(remaining));
  return value;
}

Value Evaluator::calculated(const Expr& expr, std::optional<Scalar> result) {
  if (result) return Value::known(std::move(*result));
  CausesBuilder causes;
  for (const ExprId id : program_.operands_of(expr)) {
    if (id != typed::kNoExpr) collect_fields(id, causes);
  }
  return Value::unknown(causes.take());
}

// The fields that an expression reads, in the order of its source; of an aggregate its list. Only where
// arithmetic has failed is anything evaluated again, and then neither traced nor assumed.
void Evaluator::collect_fields(ExprId id, CausesBuilder& causes) {
  Trace* const trace = std::exchange(trace_, nullptr);
  CausesBuilder assumed = std::exchange(assumed_, {});
  aside(true, [&] {
    add_fields(id, causes);
    return true;
  });
  trace_ = trace;
  assumed_ = std::move(assumed);
}

void Evaluator::add_fields(ExprId id, CausesBuilder& causes) {
  enter();
  const Expr& expr = program_.expr(id);
  const bool is_read =
      expr.op == Op::field || expr.op == Op::optional_field || expr.op == Op::shared || expr.op == Op::variable;
  if (is_read) {
    const Value value = evaluate(id);
    if (value.datum != nullptr) causes.add(Causes::of(*value.datum, evidence::Reason::arithmetic));
  } else if (expr.op == Op::let) {
    add_fields(program_.lets[expr.index].value, causes);
  } else {
    for (const ExprId of : program_.operands_of(expr)) {
      if (of != typed::kNoExpr) add_fields(of, causes);
    }
    if (expr.op == Op::call) add_shared(program_.defines[expr.index].body, causes);
  }
  --depth_;
}

// What a define reads by itself, beside its arguments: shared evidence.
void Evaluator::add_shared(ExprId id, CausesBuilder& causes) {
  enter();
  const Expr& expr = program_.expr(id);
  ExprId root = id;
  while (program_.expr(root).op == Op::field || program_.expr(root).op == Op::optional_field)
    root = program_.operand(program_.expr(root), 0);
  if (program_.expr(root).op == Op::shared) {
    const Value value = evaluate(id);
    if (value.datum != nullptr) causes.add(Causes::of(*value.datum, evidence::Reason::arithmetic));
  } else {
    for (const ExprId of : program_.operands_of(expr)) {
      if (of != typed::kNoExpr) add_shared(of, causes);
    }
    if (expr.op == Op::call) add_shared(program_.defines[expr.index].body, causes);
  }
  --depth_;
}

}  // namespace muster::reference
