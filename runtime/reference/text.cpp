// SPDX-License-Identifier: Apache-2.0
#include "base/unicode_text.h"
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::Op;
using types::Scalar;

namespace {

const std::string& text(const Value& value) { return std::get<std::string>(value.scalar); }

}  // namespace

Value Evaluator::text_comparison(const Expr& expr) {
  const Value a = needed(evaluate(operand(expr, 0)));
  if (expr.op == Op::matches) {
    const re2::RE2& pattern = *patterns_[expr.index];
    return agreed(a, [&](const Value& one) {
      return one.is_known() ? truth_of(re2::RE2::PartialMatch(text(one), pattern)) : Truth::unknown;
    });
  }
  const Value b = needed(evaluate(operand(expr, 1)));
  return agreed(a, b, [&](const Value& whole, const Value& piece) {
    if (!whole.is_known() || !piece.is_known()) return Truth::unknown;
    if (expr.op == Op::starts_with) return truth_of(text(whole).starts_with(text(piece)));
    if (expr.op == Op::ends_with) return truth_of(text(whole).ends_with(text(piece)));
    return truth_of(text(whole).find(text(piece)) != std::string::npos);
  });
}

Value Evaluator::text_function(const Expr& expr) {
  const Value a = needed_value(operand(expr, 0));
  if (expr.op == Op::strip_prefix || expr.op == Op::strip_suffix) {
    const Value b = needed_value(operand(expr, 1));
    if (!a.is_known() || !b.is_known()) return unknown_of({&a, &b});
    const std::string& whole = text(a);
    const std::string& piece = text(b);
    if (expr.op == Op::strip_prefix && whole.starts_with(piece))
      return Value::known(Scalar(whole.substr(piece.size())));
    if (expr.op == Op::strip_suffix && whole.ends_with(piece)) {
      return Value::known(Scalar(whole.substr(0, whole.size() - piece.size())));
    }
    return Value::known(Scalar(whole));
  }
  if (!a.is_known()) return a;
  if (expr.op == Op::to_text) {
    return Value::known(Scalar(types::to_text(program_.types, program_.expr(operand(expr, 0)).type, a.scalar)));
  }
  if (expr.op == Op::length) return Value::known(Scalar(base::count_code_points(text(a))));
  if (expr.op == Op::lower) return Value::known(Scalar(base::lower(text(a))));
  if (expr.op == Op::upper) return Value::known(Scalar(base::upper(text(a))));
  return Value::known(Scalar(std::string(base::trim(text(a)))));
}

}  // namespace muster::reference
