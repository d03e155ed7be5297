// SPDX-License-Identifier: Apache-2.0
// Arithmetic on what is known: unknown where it overflows, divides by zero or leaves the calendar.
#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::kNoValue;
using ir::Phys;
using types::Kind;
using TypedOp = typed::Op;

Value Lowering::arithmetic(const Expr& expr) {
  const Value a = needed_value(operand(expr, 0));
  if (expr.count == 1) {
    const Calculated result = calculate(expr.op, a);
    return scalar(expr.type, b_.and_(a.known, result.ok), result.data);
  }
  const Value b = needed_value(operand(expr, 1));
  const Calculated result = calculate(expr.op, a, b);
  return scalar(expr.type, b_.and_(b_.and_(a.known, b.known), result.ok), result.data);
}

Lowering::Calculated Lowering::finite(ValueId data) { return {data, b_.rowwise(Op::is_finite, {data})}; }

Lowering::Calculated Lowering::to_whole(ValueId data) {
  return {b_.rowwise(Op::to_i64, {data}), b_.rowwise(Op::to_i64_ok, {data})};
}

// What stays inside of its type whatever it is has `ones`.
Lowering::Calculated Lowering::calculate(TypedOp op, const Value& a) {
  const Kind kind = types().kind(types().without_optional(a.type));
  const bool is_real = kind == Kind::number || kind == Kind::percent;
  const auto sure = [&](Op made) { return Calculated{b_.rowwise(made, {a.data}), b_.ones()}; };
  const auto number = [&] { return is_real ? a.data : b_.rowwise(Op::to_f64, {a.data}); };
  const auto in_units_of = [&](std::int64_t microseconds) {
    const ValueId unit = real(static_cast<double>(microseconds));
    return Calculated{b_.rowwise(Op::fdivide, {b_.rowwise(Op::to_f64, {a.data}), unit}), b_.ones()};
  };
  if (op == TypedOp::negate) {
    if (is_real) return sure(Op::fnegate);
    if (kind == Kind::period)
      return {b_.rowwise(Op::negate_months, {a.data}), b_.rowwise(Op::negate_months_ok, {a.data})};
    return {b_.rowwise(Op::negate, {a.data}), b_.rowwise(Op::negate_ok, {a.data})};
  }
  if (op == TypedOp::abs) {
    if (is_real) return sure(Op::fabsolute);
    return {b_.rowwise(Op::absolute, {a.data}), b_.rowwise(Op::negate_ok, {a.data})};
  }
  if (op == TypedOp::round) return to_whole(b_.rowwise(Op::fround, {number()}));
  if (op == TypedOp::floor) return to_whole(b_.rowwise(Op::ffloor, {number()}));
  if (op == TypedOp::ceil) return to_whole(b_.rowwise(Op::fceil, {number()}));
  if (op == TypedOp::days) return in_units_of(base::kMicrosecondsPerDay);
  if (op == TypedOp::hours) return in_units_of(3600 * base::kMicrosecondsPerSecond);
  if (op == TypedOp::to_date) return sure(Op::date_of);
  return {number(), b_.ones()};  // to_number, to_percent
}

Lowering::Calculated Lowering::calculate(TypedOp op, const Value& a, const Value& b) {
  const auto chosen = [&](const Value& tested, const Value& other) {
    const ValueId other_first = b_.rowwise(Op::less, {tested.data, other.data});
    return Calculated{b_.select(other_first, b.data, a.data), b_.ones()};
  };
  if (op == TypedOp::add) return sum(a, b);
  if (op == TypedOp::subtract) return difference(a, b);
  if (op == TypedOp::multiply) return product(a, b);
  if (op == TypedOp::min_of) return chosen(b, a);
  if (op == TypedOp::max_of) return chosen(a, b);
  // divide
  const bool is_duration = types().kind(types().without_optional(a.type)) == Kind::duration;
  const auto number = [&](ValueId data) { return is_duration ? b_.rowwise(Op::to_f64, {data}) : data; };
  const ValueId divisor = number(b.data);
  const Calculated quotient = finite(b_.rowwise(Op::fdivide, {number(a.data), divisor}));
  return {quotient.data, b_.and_not(quotient.ok, b_.rowwise(Op::equal, {divisor, real(0)}))};
}

Lowering::Calculated Lowering::sum(const Value& a, const Value& b) {
  const auto checked = [&](Op made, Op ok) {
    return Calculated{b_.rowwise(made, {a.data, b.data}), b_.rowwise(ok, {a.data, b.data})};
  };
  const bool by_period = types().kind(types().without_optional(b.type)) == Kind::period;
  const Kind kind = types().kind(types().without_optional(a.type));
  if (kind == Kind::date)
    return by_period ? checked(Op::date_months, Op::date_months_ok) : checked(Op::date_plus, Op::date_plus_ok);
  if (kind == Kind::time)
    return by_period ? checked(Op::time_months, Op::time_months_ok) : checked(Op::time_plus, Op::time_plus_ok);
  if (kind == Kind::number || kind == Kind::percent) return finite(b_.rowwise(Op::fadd, {a.data, b.data}));
  return checked(Op::add, Op::add_ok);
}

Lowering::Calculated Lowering::difference(const Value& a, const Value& b) {
  const Kind kind = types().kind(types().without_optional(a.type));
  const Kind other = types().kind(types().without_optional(b.type));
  if (kind == Kind::integer) {
    return {b_.rowwise(Op::subtract, {a.data, b.data}), b_.rowwise(Op::subtract_ok, {a.data, b.data})};
  }
  if (kind == Kind::number || kind == Kind::percent) return finite(b_.rowwise(Op::fsubtract, {a.data, b.data}));
  if (kind == Kind::date && other == Kind::date) return {b_.rowwise(Op::days_between, {a.data, b.data}), b_.ones()};
  // Two instants of the calendar are less than 2^63 microseconds apart.
  if (kind == Kind::time && other == Kind::time) return {b_.rowwise(Op::subtract, {a.data, b.data}), b_.ones()};
  const Calculated back = calculate(TypedOp::negate, b);
  const Calculated result = sum(a, scalar(b.type, b.known, back.data));
  return {result.data, b_.and_(back.ok, result.ok)};
}

Lowering::Calculated Lowering::product(const Value& a, const Value& b) {
  const Kind kind = types().kind(types().without_optional(a.type));
  const Kind other = types().kind(types().without_optional(b.type));
  if (kind == Kind::number && other == Kind::number) return finite(b_.rowwise(Op::fmultiply, {a.data, b.data}));
  if (kind == Kind::number) return finite(b_.rowwise(Op::fpart, {a.data, b.data}));
  if (kind == Kind::percent) return finite(b_.rowwise(Op::fpart, {b.data, a.data}));
  return {b_.rowwise(Op::multiply, {a.data, b.data}), b_.rowwise(Op::multiply_ok, {a.data, b.data})};
}

// What the compiler put there, not the author: it keeps what is left of a count or a choose.
Value Lowering::widened(const Value& value, types::TypeId type) {
  Value wide = value;
  wide.type = type;
  const auto number = [&](ValueId& data) { data = b_.rowwise(Op::to_f64, {data}); };
  number(wide.data);
  if (wide.interval) {
    number(wide.interval->low);
    number(wide.interval->high);
  }
  for (Alternative& each : wide.left) each.value = widened(each.value, type);
  return wide;
}

Value Lowering::text_function(const Expr& expr) {
  const Value a = needed_value(operand(expr, 0));
  const auto made = [&](Op op) { return scalar(expr.type, a.known, b_.rowwise(op, {a.data})); };
  if (expr.op == TypedOp::strip_prefix || expr.op == TypedOp::strip_suffix) {
    const Value b = needed_value(operand(expr, 1));
    const Op op = expr.op == TypedOp::strip_prefix ? Op::strip_prefix : Op::strip_suffix;
    return scalar(expr.type, b_.and_(a.known, b.known), b_.rowwise(op, {a.data, b.data}));
  }
  if (expr.op == TypedOp::length) return made(Op::length);
  if (expr.op == TypedOp::lower) return made(Op::lower);
  if (expr.op == TypedOp::upper) return made(Op::upper);
  if (expr.op == TypedOp::trim) return made(Op::trim);
  // to_text
  const types::TypeId type = types().without_optional(program_.expr(operand(expr, 0)).type);
  if (is_bool(a)) {
    const auto word = [&](bool truth) {
      return b_.constant(types::Scalar(types::to_text(types(), type, types::Scalar(truth))), types::kText, Phys::text);
    };
    return scalar(expr.type, a.known, b_.select(a.yes, word(true), word(false)));
  }
  return scalar(expr.type, a.known, b_.rowwise(Op::to_text, {a.data}, type));
}

}  // namespace muster::lower
