// SPDX-License-Identifier: Apache-2.0
// + - * / and minus. The operands' types decide what an operation is; what does not fit names both and the way out.
#include "compiler/check/checker.h"

namespace muster::check {

namespace {

bool is_moment(TypeId type) { return type == types::kDate || type == types::kTime; }
bool is_span_of_time(TypeId type) { return type == types::kDuration || type == types::kPeriod; }
bool adds_to_itself(TypeId type) {
  return type == types::kInt || type == types::kNumber || type == types::kPercent || type == types::kDuration;
}

}  // namespace

ExprId Checker::type_arithmetic(const ast::Expr& expr, TypeId expected) {
  static_cast<void>(expected);  // the operands say what they are
  ExprId left = type_expr(expr.operands[0]);
  ExprId right = type_expr(expr.operands[1]);
  left = present(left);
  right = present(right);
  if (is_error(left) || is_error(right)) return make_error(expr.span);
  unify_numbers(left, right);
  const TypeId a = type(left);
  const TypeId b = type(right);
  switch (expr.op) {
    case ast::Operator::add:
    case ast::Operator::subtract: {
      const Op op = expr.op == ast::Operator::add ? Op::add : Op::subtract;
      if (a == b && adds_to_itself(a)) return make(op, a, expr.span, {left, right});
      if (a == b && is_moment(a) && op == Op::subtract) return make(op, types::kDuration, expr.span, {left, right});
      if (is_moment(a) && is_span_of_time(b)) {
        const types::Scalar* literal = constant(right);
        const auto* duration = literal == nullptr ? nullptr : std::get_if<base::Duration>(literal);
        if (a == types::kDate && duration != nullptr && duration->microseconds % base::kMicrosecondsPerDay != 0) {
          report(
              Code::type_mismatch, program_.exprs[right].span,
              "a date moves by whole days, and `" + source_text(program_.exprs[right].span) + "` is no number of days")
              .help = "use a `time`, or a duration in days";
          return make_error(expr.span);
        }
        return make(op, a, expr.span, {left, right});
      }
      return arithmetic_error(expr, left, right);
    }
    case ast::Operator::multiply:
      if (a == b && (a == types::kInt || a == types::kNumber)) return make(Op::multiply, a, expr.span, {left, right});
      if (b == types::kPercent && (a == types::kInt || a == types::kNumber)) {
        return make(Op::multiply, types::kNumber, expr.span, {a == types::kInt ? widen(left) : left, right});
      }
      if (a == types::kPercent && (b == types::kInt || b == types::kNumber)) {
        return make(Op::multiply, types::kNumber, expr.span, {b == types::kInt ? widen(right) : right, left});
      }
      if (a == types::kDuration && b == types::kInt) return make(Op::multiply, a, expr.span, {left, right});
      if (a == types::kInt && b == types::kDuration) return make(Op::multiply, b, expr.span, {right, left});
      return arithmetic_error(expr, left, right);
    default:  // divide
      if (a == types::kInt && b == types::kInt)
        return make(Op::divide, types::kNumber, expr.span, {widen(left), widen(right)});
      if (a == b && (a == types::kNumber || a == types::kPercent || a == types::kDuration)) {
        return make(Op::divide, types::kNumber, expr.span, {left, right});
      }
      return arithmetic_error(expr, left, right);
  }
}

ExprId Checker::arithmetic_error(const ast::Expr& expr, ExprId left, ExprId right) {
  const TypeId a = type(left);
  const TypeId b = type(right);
  const std::string sign = source_text(expr.op_span);
  const std::string first = source_text(program_.exprs[left].span);
  const std::string second = source_text(program_.exprs[right].span);
  base::Diagnostic& problem = report(Code::type_mismatch, expr.op_span,
                                     "`" + type_name(a) + " " + sign + " " + type_name(b) + "` means nothing");
  problem.labels.push_back({program_.exprs[left].span, "`" + type_name(a) + "`"});
  problem.labels.push_back({program_.exprs[right].span, "`" + type_name(b) + "`"});
  if (is_moment(a) && (b == types::kInt || b == types::kNumber)) {
    problem.help = constant(right) != nullptr ? "write a unit: `" + second + " days`"
                                              : "give it a unit: `" + first + " " + sign + " " + second + " * 1 day`";
  } else if (is_span_of_time(a) && is_moment(b)) {
    problem.help = "the date stands left: `" + second + " " + sign + " " + first + "`";
  } else if (a == types::kPeriod && b == types::kPeriod) {
    problem.help = "periods don't add; add one after the other to a date: `d + 6 months + 1 year`";
  } else if (is_moment(a) && is_moment(b)) {
    problem.help = a == b ? "two of them can be subtracted, which gives a duration"
                          : "make both a date: `date(...)` gives a time's day in UTC";
  } else if (a == types::kText || b == types::kText) {
    problem.help = "texts are put together in messages alone: \"{a} and {b}\"";
  } else if (a == types::kPercent && b == types::kPercent) {
    problem.help = "percents can be added, subtracted and divided; a part of a number is `number * percent`";
  } else if (std::string help = conversion_help(right, a); !help.empty()) {
    problem.help = help;
  }
  return make_error(expr.span);
}

ExprId Checker::type_minus(const ast::Expr& expr, TypeId expected) {
  const ExprId operand = present(type_expr(expr.operands[0], expected));
  if (is_error(operand)) return make_error(expr.span);
  if (!adds_to_itself(type(operand))) {
    report(Code::type_mismatch, expr.span, "`" + type_name(type(operand)) + "` has no negative").help =
        "minus works on numbers, percents and durations";
    return make_error(expr.span);
  }
  return make(Op::negate, type(operand), expr.span, {operand});
}

}  // namespace muster::check
