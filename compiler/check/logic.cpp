// SPDX-License-Identifier: Apache-2.0
// and, or, not, implies, and the four questions about knowing. Operands are typed from left to right; each sees
// the facts that hold where it matters.
#include "compiler/check/checker.h"

namespace muster::check {

ExprId Checker::type_logic(const ast::Expr& expr) {
  const bool is_and = expr.op == ast::Operator::conjunction;
  const std::size_t mark = fact_log_.size();
  std::vector<ExprId> operands;
  bool broken = false;
  for (ast::ExprId written : expr.operands) {
    const ExprId operand = type_bool(written);
    broken = broken || is_error(operand);
    operands.push_back(operand);
    assume_facts(is_and ? facts(operand).when_true : facts(operand).when_false);
  }
  forget_facts(mark);
  if (broken) return make_error(expr.span);
  return make(is_and ? Op::and_ : Op::or_, types::kBool, expr.span, operands);
}

ExprId Checker::type_implies(const ast::Expr& expr) {
  const ExprId left = type_bool(expr.operands[0]);
  const std::size_t mark = assume_facts(facts(left).when_true);
  const ExprId right = type_bool(expr.operands[1]);
  forget_facts(mark);
  if (is_error(left) || is_error(right)) return make_error(expr.span);
  return make(Op::implies, types::kBool, expr.span, {left, right});
}

ExprId Checker::type_not(const ast::Expr& expr) {
  const ExprId operand = type_bool(expr.operands[0]);
  return is_error(operand) ? make_error(expr.span) : make_not(operand, expr.span);
}

ExprId Checker::type_state(const ast::Expr& expr) {
  const ExprId operand = type_expr(expr.operands[0]);
  if (is_error(operand)) return make_error(expr.span);
  Op op = Op::is_known;
  bool negated = false;
  switch (expr.op) {
    case ast::Operator::is_known:
    case ast::Operator::is_not_unknown: break;
    case ast::Operator::is_unknown:
    case ast::Operator::is_not_known: negated = true; break;
    case ast::Operator::is_present:
    case ast::Operator::is_not_absent: op = Op::is_present; break;
    case ast::Operator::is_absent:
    case ast::Operator::is_not_present:
      op = Op::is_present;
      negated = true;
      break;
    default: break;  // no other operator asks for a state
  }
  if (op == Op::is_present) note_never_absent(operand, expr.op_span, source_text(expr.op_span));
  const ExprId question = make(op, types::kBool, expr.span, {operand});
  return negated ? make_not(question, expr.span) : question;
}

void Checker::note_never_absent(ExprId value, Span span, std::string_view form) {
  if (program_.types.is_optional(type(value)) || narrowed_.count(value) > 0 || in_message_) return;
  const std::string what = source_text(program_.exprs[value].span);
  report(Code::never_absent, span, "`" + what + "` is never absent, so `" + std::string(form) + "` decides nothing")
      .help = "its type is `" + type_name(type(value)) + "`: where data may say that there is none, declare it as `" +
              type_name(type(value)) + "?`; to ask whether it is known, write `is known`";
}

}  // namespace muster::check
