// SPDX-License-Identifier: Apache-2.0
// Quantifiers and aggregates: a variable over a list, a condition on its elements, and what is asked of them.
#include "compiler/check/checker.h"

namespace muster::check {

ExprId Checker::type_list_operand(ast::ExprId id, std::string_view use) {
  const ExprId list = present(type_expr(id));
  if (is_error(list) || program_.types.is_list(type(list))) return list;
  base::Diagnostic& problem = report(Code::type_mismatch, program_.exprs[list].span,
                                     std::string(use) + ", and this is `" + type_name(type(list)) + "`");
  if (type(list) == types::kText)
    problem.help = "if the data holds several in one text, bind the field as `list of text` with `split \",\"`";
  return make_error(program_.exprs[list].span);
}

std::uint32_t Checker::open_variable(const ast::Expr& expr, ExprId list) {
  warn_if_hidden(expr.variable);
  const auto variable = static_cast<std::uint32_t>(program_.variables.size());
  const TypeId element = is_error(list) ? types::kError : program_.types.element(type(list));
  program_.variables.push_back({expr.variable.text, element, expr.variable.span});
  locals_.emplace_back(expr.variable.text, Value{Value::Kind::variable, variable, expr.variable.span});
  return variable;
}

namespace {

Op quantifier_op(ast::Quantifier quantifier) {
  switch (quantifier) {
    case ast::Quantifier::any: return Op::any;
    case ast::Quantifier::all: return Op::all;
    case ast::Quantifier::no: return Op::no;
    case ast::Quantifier::at_least: return Op::at_least;
    case ast::Quantifier::at_most: return Op::at_most;
    case ast::Quantifier::exactly: return Op::exactly;
  }
  return Op::any;
}

Op aggregate_op(ast::Aggregate aggregate) {
  switch (aggregate) {
    case ast::Aggregate::count: return Op::count;
    case ast::Aggregate::sum: return Op::sum;
    case ast::Aggregate::min: return Op::min;
    case ast::Aggregate::max: return Op::max;
    case ast::Aggregate::avg: return Op::avg;
    case ast::Aggregate::first: return Op::first;
    case ast::Aggregate::latest: return Op::latest;
  }
  return Op::count;
}

bool counts_elements(Op op) { return op == Op::at_least || op == Op::at_most || op == Op::exactly; }

bool can_be_summed(TypeId type) {
  return type == types::kInt || type == types::kNumber || type == types::kPercent || type == types::kDuration;
}

}  // namespace

ExprId Checker::type_quantifier(const ast::Expr& expr) {
  const Op op = quantifier_op(expr.quantifier);
  ExprId number = kNoExpr;
  if (counts_elements(op)) number = type_and_fit(expr.operands[3], types::kInt, "the number of elements");
  const ExprId list = type_list_operand(expr.operands[0], "a quantifier asks the elements of a list");
  const std::uint32_t variable = open_variable(expr, list);
  ExprId where = kNoExpr;
  const std::size_t mark = fact_log_.size();
  if (expr.operands[1] != ast::kNoExpr) {
    where = type_bool(expr.operands[1]);
    assume_facts(facts(where).when_true);
  }
  const ExprId body = type_bool(expr.operands[2]);
  forget_facts(mark);
  locals_.pop_back();
  const bool broken = is_error(list) || is_error(body) || (where != kNoExpr && is_error(where)) ||
                      (number != kNoExpr && is_error(number));
  if (broken) return make_error(expr.span);
  std::vector<ExprId> operands{list, where, body};
  if (number != kNoExpr) operands.push_back(number);
  return make(op, types::kBool, expr.span, operands, variable);
}

ExprId Checker::type_aggregate(const ast::Expr& expr) {
  const Op op = aggregate_op(expr.aggregate);
  const std::string word = source_text(expr.op_span);
  const ExprId list = type_list_operand(expr.operands[0], "`" + word + "` goes over the elements of a list");
  const std::uint32_t variable = open_variable(expr, list);
  ExprId where = kNoExpr;
  const std::size_t mark = fact_log_.size();
  if (expr.operands[1] != ast::kNoExpr) {
    where = type_bool(expr.operands[1]);
    assume_facts(facts(where).when_true);
  }
  ExprId value = kNoExpr;
  if (expr.operands[2] != ast::kNoExpr) value = present(type_expr(expr.operands[2]));
  forget_facts(mark);
  locals_.pop_back();
  if (is_error(list) || (where != kNoExpr && is_error(where)) || (value != kNoExpr && is_error(value)))
    return make_error(expr.span);

  const TypeId element = program_.types.element(type(list));
  const std::string x = expr.variable.text;
  if (op == Op::count) return make(op, types::kInt, expr.span, {list, where}, variable);
  if (op == Op::first) return make(op, program_.types.optional(element), expr.span, {list, where}, variable);
  if (value == kNoExpr) {
    report(Code::wrong_arguments, expr.op_span, "`" + word + "` needs to know of what").help =
        op == Op::latest ? "write `latest(" + x + " in ... by " + x + ".date)`"
                         : "write `" + word + "(" + x + " in ...: " + x + ".field)`";
    return make_error(expr.span);
  }
  const TypeId of = type(value);
  const Span span = program_.exprs[value].span;
  if (op == Op::sum || op == Op::avg) {
    if (!can_be_summed(of)) {
      report(Code::type_mismatch, span,
             "`" + word + "` adds numbers, percents or durations, and this is `" + type_name(of) + "`");
      return make_error(expr.span);
    }
    if (op == Op::sum) return make(op, of, expr.span, {list, where, value}, variable);
    if (of == types::kInt) value = widen(value);
    return make(op, program_.types.optional(type(value)), expr.span, {list, where, value}, variable);
  }
  if (!types::is_ordered(program_.types, of)) {
    report(Code::no_order, span, "`" + type_name(of) + "` has no order, so `" + word + "` can't choose by it");
    return make_error(expr.span);
  }
  const TypeId result = op == Op::latest ? element : of;
  return make(op, program_.types.optional(result), expr.span, {list, where, value}, variable);
}

}  // namespace muster::check
