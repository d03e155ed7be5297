// SPDX-License-Identifier: Apache-2.0
// Comparisons: two scalars of one type, a value in a range or list, and what texts hold.
#include <re2/re2.h>

#include "compiler/check/checker.h"

namespace muster::check {

ExprId Checker::type_comparison(const ast::Expr& expr) {
  using Operator = ast::Operator;
  switch (expr.op) {
    case Operator::in:
    case Operator::not_in: {
      const bool is_range =
          expr.operands[1] != ast::kNoExpr && expr_at(expr.operands[1]).kind == ast::Expr::Kind::range;
      const ExprId inside = is_range ? type_in_range(expr) : type_in(expr);
      return expr.op == Operator::in || is_error(inside) ? inside : make_not(inside, expr.span);
    }
    case Operator::contains: return type_contains(expr);
    case Operator::contains_any:
    case Operator::contains_all: return type_contains_lists(expr);
    case Operator::starts_with:
    case Operator::ends_with: return type_text_test(expr);
    case Operator::matches: return type_matches(expr);
    default: return type_equality_or_order(expr);  // == != < <= > >=
  }
}

std::pair<ExprId, ExprId> Checker::type_pair(ast::ExprId left, ast::ExprId right, TypeId expected) {
  auto expectation = [&](ExprId other) {
    if (is_error(other)) return types::kError;
    return program_.types.without_optional(type(other));
  };
  if (expected == kNoType && needs_expectation(left) && !needs_expectation(right)) {
    const ExprId second = type_expr(right);
    const ExprId first = type_expr(left, expectation(second));
    return {first, second};
  }
  const ExprId first = type_expr(left, expected);
  const ExprId second = type_expr(right, expected == kNoType ? expectation(first) : expected);
  return {first, second};
}

void Checker::unify_numbers(ExprId& left, ExprId& right) {
  const TypeId a = program_.types.without_optional(type(left));
  const TypeId b = program_.types.without_optional(type(right));
  if (a == types::kInt && b == types::kNumber) left = widen(left);
  if (a == types::kNumber && b == types::kInt) right = widen(right);
}

namespace {

Op comparison_op(ast::Operator op) {
  switch (op) {
    case ast::Operator::equal: return Op::equal;
    case ast::Operator::not_equal: return Op::not_equal;
    case ast::Operator::less: return Op::less;
    case ast::Operator::less_equal: return Op::less_equal;
    case ast::Operator::greater: return Op::greater;
    default: return Op::greater_equal;
  }
}

}  // namespace

ExprId Checker::type_equality_or_order(const ast::Expr& expr) {
  auto [left, right] = type_pair(expr.operands[0], expr.operands[1]);
  if (is_error(left) || is_error(right)) return make_error(expr.span);
  unify_numbers(left, right);
  const TypeId a = program_.types.without_optional(type(left));
  const TypeId b = program_.types.without_optional(type(right));
  const std::string sign = source_text(expr.op_span);
  if (!program_.types.is_scalar(a) || !program_.types.is_scalar(b)) {
    const TypeId whole = program_.types.is_scalar(a) ? b : a;
    base::Diagnostic& problem = report(Code::type_mismatch, expr.op_span,
                                       "`" + sign + "` compares single values, and `" + type_name(whole) + "` is none");
    if (program_.types.is_list(whole)) problem.help = "ask its elements: `any x in ...: x == ...`, or `size(...)`";
    if (program_.types.is_record(whole)) problem.help = "compare its fields";
    return make_error(expr.span);
  }
  if (a != b) {
    const Span span = {expr.span.file, program_.exprs[left].span.begin, program_.exprs[right].span.end};
    base::Diagnostic& problem = report_mismatch(
        span,
        "`" + sign + "` compares two of one type, and these are `" + type_name(a) + "` and `" + type_name(b) + "`",
        right, a);
    const auto* literal = constant(left);
    if (problem.help.empty() || (literal != nullptr && std::holds_alternative<std::string>(*literal)))
      problem.help = conversion_help(left, b);
    return make_error(expr.span);
  }
  left = present(left);
  right = present(right);
  if (is_error(left) || is_error(right)) return make_error(expr.span);
  const Op op = comparison_op(expr.op);
  if (op != Op::equal && op != Op::not_equal && !types::is_ordered(program_.types, a)) {
    base::Diagnostic& problem =
        report(Code::no_order, expr.op_span, "`" + type_name(a) + "` has no order, so `" + sign + "` can't compare it");
    if (program_.types.kind(a) == types::Kind::enumeration) {
      problem.help = "if its names go from low to high, declare it `ordered enum " + type_name(a) + "`";
      problem.labels.push_back({program_.types.enum_of(a).span, "declared here"});
    } else if (a == types::kText) {
      problem.help = "compare numbers, dates or versions: declare the field as what it is";
    }
    return make_error(expr.span);
  }
  return make(op, types::kBool, expr.span, {left, right});
}

ExprId Checker::type_in_range(const ast::Expr& expr) {
  const ast::Expr& range = expr_at(expr.operands[1]);
  ExprId value = present(type_expr(expr.operands[0]));
  const TypeId wanted = is_error(value) ? types::kError : type(value);
  ExprId low = present(type_expr(range.operands[0], wanted));
  ExprId high = present(type_expr(range.operands[1], wanted));
  if (is_error(value) || is_error(low) || is_error(high)) return make_error(expr.span);
  if (!types::is_ordered(program_.types, wanted)) {
    report(Code::no_order, program_.exprs[value].span,
           "`" + type_name(wanted) + "` has no order, so it is in no range");
    return make_error(expr.span);
  }
  unify_numbers(value, low);
  unify_numbers(value, high);
  unify_numbers(value, low);
  for (ExprId end : {low, high}) {
    if (type(end) == type(value)) continue;
    report_mismatch(
        program_.exprs[end].span,
        "the ends of the range must be `" + type_name(type(value)) + "`, and this is `" + type_name(type(end)) + "`",
        end, type(value));
    return make_error(expr.span);
  }
  const types::Scalar* first = constant(low);
  const types::Scalar* last = constant(high);
  if (first != nullptr && last != nullptr && types::less(*last, *first)) {
    report(Code::bad_range, range.span, "nothing is in this range: its first end is above its last").help =
        "write the lower end first: `" + source_text(program_.exprs[high].span) + ".." +
        source_text(program_.exprs[low].span) + "`";
    return make_error(expr.span);
  }
  return make(Op::in_range, types::kBool, expr.span, {value, low, high});
}

ExprId Checker::type_in(const ast::Expr& expr) {
  const ast::ExprId written_list = expr.operands[1];
  const bool literal = written_list != ast::kNoExpr && expr_at(written_list).kind == ast::Expr::Kind::list;
  ExprId value = kNoExpr;
  ExprId list = kNoExpr;
  if (literal && !(needs_expectation(expr.operands[0]) && !needs_expectation(written_list) &&
                   !expr_at(written_list).operands.empty())) {
    value = type_expr(expr.operands[0]);
    const TypeId element = is_error(value) ? types::kError : program_.types.without_optional(type(value));
    list = type_expr(written_list, element == types::kError ? element : program_.types.list_of(element));
  } else {
    list = type_list_operand(written_list, "`in` looks into a list or range");
    value = type_expr(expr.operands[0], is_error(list) ? types::kError : program_.types.element(type(list)));
  }
  value = present(value);
  if (is_error(value) || is_error(list)) return make_error(expr.span);
  const TypeId element = program_.types.element(type(list));
  if (element == types::kNumber && type(value) == types::kInt) value = widen(value);
  if (element != type(value) || !program_.types.is_scalar(element)) {
    if (program_.types.is_optional(element) && program_.types.without_optional(element) == type(value)) {
      report(Code::unguarded_optional, program_.exprs[list].span,
             "elements of `" + source_text(program_.exprs[list].span) + "` may be absent")
          .help = "ask them one by one: `any x in ...: x is present and x == ...`";
    } else {
      report_mismatch(program_.exprs[value].span,
                      "`" + type_name(type(value)) + "` is never in a `" + type_name(type(list)) + "`", value, element);
    }
    return make_error(expr.span);
  }
  return make(Op::in_list, types::kBool, expr.span, {value, list});
}

ExprId Checker::type_contains(const ast::Expr& expr) {
  const ExprId whole = present(type_expr(expr.operands[0]));
  if (is_error(whole)) {
    type_expr(expr.operands[1], types::kError);
    return make_error(expr.span);
  }
  if (type(whole) == types::kText) {
    const ExprId right = type_expr(expr.operands[1], types::kText);
    if (applied_to(right) == Applied::to_list) {
      report(Code::type_mismatch, program_.exprs[right].span, "a text can't contain a list").help =
          "write `" + source_text(program_.exprs[whole].span) + " in " + source_text(program_.exprs[right].span) +
          "`, or `any x in " + source_text(program_.exprs[right].span) + ": ... contains x`";
      return make_error(expr.span);
    }
    const ExprId part = fit(right, types::kText, "what a text contains");
    return is_error(part) ? make_error(expr.span) : make(Op::text_contains, types::kBool, expr.span, {whole, part});
  }
  if (!program_.types.is_list(type(whole))) {
    report(Code::type_mismatch, program_.exprs[whole].span,
           "`contains` asks a list or a text, and this is `" + type_name(type(whole)) + "`");
    return make_error(expr.span);
  }
  const TypeId element = program_.types.element(type(whole));
  if (!program_.types.is_scalar(element)) {
    report(Code::type_mismatch, program_.exprs[whole].span,
           "`contains` looks for single values, and the elements are `" + type_name(element) + "`")
        .help = "ask them one by one: `any x in " + source_text(program_.exprs[whole].span) + ": ...`";
    return make_error(expr.span);
  }
  const ExprId part = type_and_fit(expr.operands[1], element, "what the list contains");
  return is_error(part) ? make_error(expr.span) : make(Op::contains, types::kBool, expr.span, {whole, part});
}

ExprId Checker::type_contains_lists(const ast::Expr& expr) {
  const ExprId whole = type_list_operand(expr.operands[0], "`contains any` and `contains all` ask a list");
  const TypeId wanted = is_error(whole) ? types::kError : type(whole);
  ExprId parts = present(type_expr(expr.operands[1], wanted));
  if (is_error(whole) || is_error(parts)) return make_error(expr.span);
  if (!program_.types.is_scalar(program_.types.element(wanted))) {
    report(Code::type_mismatch, program_.exprs[whole].span,
           "`contains any` and `contains all` look for single values, and the elements are `" +
               type_name(program_.types.element(wanted)) + "`");
    return make_error(expr.span);
  }
  if (type(parts) != wanted) {
    report(Code::type_mismatch, program_.exprs[parts].span,
           "a `" + type_name(wanted) + "` is asked for another `" + type_name(wanted) + "`, and this is `" +
               type_name(type(parts)) + "`");
    return make_error(expr.span);
  }
  return make(expr.op == ast::Operator::contains_any ? Op::contains_any : Op::contains_all, types::kBool, expr.span,
              {whole, parts});
}

ExprId Checker::type_text_test(const ast::Expr& expr) {
  const ExprId whole = type_and_fit(expr.operands[0], types::kText, "what is asked here");
  const ExprId part = type_and_fit(expr.operands[1], types::kText, "what it is asked for");
  if (is_error(whole) || is_error(part)) return make_error(expr.span);
  return make(expr.op == ast::Operator::starts_with ? Op::starts_with : Op::ends_with, types::kBool, expr.span,
              {whole, part});
}

ExprId Checker::type_matches(const ast::Expr& expr) {
  const ExprId whole = type_and_fit(expr.operands[0], types::kText, "what is matched");
  if (expr.operands[1] == ast::kNoExpr || expr_at(expr.operands[1]).kind == ast::Expr::Kind::error)
    return make_error(expr.span);
  const ast::Expr& written = expr_at(expr.operands[1]);
  const auto* pattern = std::get_if<std::string>(&written.value);
  if (written.kind != ast::Expr::Kind::literal || pattern == nullptr) {
    report(Code::not_constant, written.span, "a pattern is a text literal, so that it can be checked with the policy")
        .help = "write it as raw text: `matches r\"^[a-z]+$\"`";
    return make_error(expr.span);
  }
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 compiled(*pattern, options);
  if (!compiled.ok()) {
    // RE2 says `missing ]: [a-z`, with the piece that it can't read at the end.
    std::string problem = compiled.error();
    const std::string& piece = compiled.error_arg();
    if (!piece.empty() && problem.size() >= piece.size())
      problem = problem.substr(0, problem.size() - piece.size()) + "`" + piece + "`";
    report(Code::bad_pattern, written.span, "the pattern can't be read: " + problem).help =
        "patterns are in RE2's syntax; write them as raw text: `r\"\\d+\"`";
    return make_error(expr.span);
  }
  if (is_error(whole)) return make_error(expr.span);
  const auto index = static_cast<std::uint32_t>(program_.patterns.size());
  program_.patterns.push_back(*pattern);
  return make(Op::matches, types::kBool, expr.span, {whole}, index);
}

}  // namespace muster::check
