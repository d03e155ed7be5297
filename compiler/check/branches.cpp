// SPDX-License-Identifier: Apache-2.0
// if, choose, `??`, `assume`, and lists of several expressions: what must have one type.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

TypeId Checker::join_branches(std::vector<ExprId>& branches, std::string_view what) {
  TypeId joined = kNoType;
  bool optional = false;
  bool number = false;
  for (ExprId branch : branches) {
    if (is_error(branch)) return types::kError;
    optional = optional || program_.types.is_optional(type(branch));
    number = number || program_.types.without_optional(type(branch)) == types::kNumber;
  }
  for (ExprId& branch : branches) {
    if (number && program_.types.without_optional(type(branch)) == types::kInt) branch = widen(branch);
    const TypeId inner = program_.types.without_optional(type(branch));
    if (joined == kNoType) joined = inner;
    if (inner == joined) continue;
    base::Diagnostic& problem = report_mismatch(
        program_.exprs[branch].span, std::string(what) + " must have one type, and this is `" + type_name(inner) + "`",
        branch, joined);
    problem.labels.push_back({program_.exprs[branches.front()].span, "the first is `" + type_name(joined) + "`"});
    return types::kError;
  }
  return optional ? program_.types.optional(joined) : joined;
}

// Of branches in which one is written as `Risk.high`: bare names beside it are of that enum.
TypeId Checker::written_enum(const std::vector<ast::ExprId>& branches) {
  for (const ast::ExprId id : branches) {
    if (id == ast::kNoExpr || expr_at(id).kind != ast::Expr::Kind::member) continue;
    const Qualified owner = resolve_qualified(expr_at(id).operands[0]);
    if (owner.kind == Qualified::Kind::type && owner.type.kind == NamedType::Kind::enumeration)
      return program_.types.enumeration(owner.type.id);
  }
  return kNoType;
}

ExprId Checker::type_conditional(const ast::Expr& expr, TypeId expected) {
  if (expected == kNoType) expected = written_enum({expr.operands[1], expr.operands[2]});
  const ExprId condition = type_bool(expr.operands[0]);
  std::size_t mark = assume_facts(facts(condition).when_true);
  const ExprId yes = type_expr(expr.operands[1], expected);
  forget_facts(mark);
  if (expected == kNoType && !is_error(yes)) expected = program_.types.without_optional(type(yes));
  mark = assume_facts(facts(condition).when_false);
  const ExprId no = type_expr(expr.operands[2], expected);
  forget_facts(mark);
  std::vector<ExprId> branches{yes, no};
  const TypeId joined = join_branches(branches, "both branches of `if`");
  if (is_error(condition) || joined == types::kError) return make_error(expr.span);
  return make(Op::if_, joined, expr.span, {condition, branches[0], branches[1]});
}

ExprId Checker::type_choose(const ast::Expr& expr, TypeId expected) {
  std::vector<ExprId> conditions;
  std::vector<ExprId> values;
  const std::size_t begin = fact_log_.size();
  bool broken = false;
  if (expected == kNoType) {
    std::vector<ast::ExprId> branches = expr.operands;
    for (const ast::Branch& branch : expr.branches) branches.push_back(branch.value);
    expected = written_enum(branches);
  }
  auto add_value = [&](ast::ExprId written) {
    values.push_back(type_expr(written, expected));
    if (expected == kNoType && !is_error(values.back()))
      expected = program_.types.without_optional(type(values.back()));
  };
  for (const ast::Branch& branch : expr.branches) {
    conditions.push_back(type_bool(branch.condition));
    broken = broken || is_error(conditions.back());
    const std::size_t mark = assume_facts(facts(conditions.back()).when_true);
    add_value(branch.value);
    forget_facts(mark);
    assume_facts(facts(conditions.back()).when_false);
  }
  if (expr.operands.empty() || expr.operands[0] == ast::kNoExpr) {
    forget_facts(begin);
    const ast::Expr* last = expr.branches.empty() ? nullptr : &expr_at(expr.branches.back().condition);
    if (last != nullptr && last->kind == ast::Expr::Kind::name && is_error(conditions.back()) &&
        means_else(last->name.text))
      return make_error(expr.span);  // it was meant, and reported
    report(Code::nothing_required, expr.op_span, "`choose` has no `else`").help =
        "say what it is where none of the conditions holds: `else => ...`";
    return make_error(expr.span);
  }
  add_value(expr.operands[0]);
  forget_facts(begin);
  const TypeId joined = join_branches(values, "all values of `choose`");
  if (broken || joined == types::kError) return make_error(expr.span);
  std::vector<ExprId> operands;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    operands.push_back(conditions[i]);
    operands.push_back(values[i]);
  }
  operands.push_back(values.back());
  return make(Op::choose, joined, expr.span, operands);
}

ExprId Checker::type_coalesce(const ast::Expr& expr, TypeId expected) {
  const ExprId left = type_expr(expr.operands[0], expected);
  const TypeId inner = is_error(left) ? types::kError : program_.types.without_optional(type(left));
  const ExprId right = type_expr(expr.operands[1], inner);
  std::vector<ExprId> sides{left, right};
  const TypeId joined = join_branches(sides, "both sides of `??`");
  if (joined == types::kError) return make_error(expr.span);
  note_never_absent(left, expr.op_span, "??");
  const TypeId result = program_.types.is_optional(type(right)) && program_.types.is_optional(type(left))
                            ? joined
                            : program_.types.without_optional(joined);
  return make(Op::coalesce, result, expr.span, sides);
}

ExprId Checker::type_assume(const ast::Expr& expr, TypeId expected) {
  const ExprId left = type_expr(expr.operands[0], expected);
  const TypeId inner = is_error(left) ? types::kError : program_.types.without_optional(type(left));
  const ExprId right = type_expr(expr.operands[1], inner);
  std::vector<ExprId> sides{left, right};
  const TypeId joined = join_branches(sides, "both sides of `assume`");
  if (joined == types::kError) return make_error(expr.span);
  if (!program_.types.is_scalar(program_.types.without_optional(joined))) {
    report(Code::type_mismatch, expr.op_span,
           "`assume` stands in for a single value, and `" + type_name(joined) + "` is none");
    return make_error(expr.span);
  }
  return make(Op::assume, joined, expr.span, sides);
}

ExprId Checker::type_list(const ast::Expr& expr, TypeId expected) {
  TypeId element = kNoType;
  if (expected == types::kError) element = types::kError;
  if (expected != kNoType && program_.types.is_list(program_.types.without_optional(expected))) {
    element = program_.types.element(program_.types.without_optional(expected));
  }
  if (expr.operands.empty()) {
    if (element == kNoType) {
      report(Code::type_not_clear, expr.span, "nothing says what this empty list is a list of").help =
          "an empty list takes its type from what stands beside it, or is expected where it stands";
      return make_error(expr.span);
    }
    return element == types::kError ? make_error(expr.span)
                                    : make(Op::list_literal, program_.types.list_of(element), expr.span);
  }
  // The first element that needs no expectation tells the others what they are.
  std::vector<ExprId> elements(expr.operands.size(), kNoExpr);
  if (element == kNoType) {
    auto clear = std::find_if(expr.operands.begin(), expr.operands.end(),
                              [&](ast::ExprId each) { return !needs_expectation(each); });
    const auto first = static_cast<std::size_t>((clear == expr.operands.end() ? expr.operands.begin() : clear) -
                                                expr.operands.begin());
    elements[first] = type_expr(expr.operands[first]);
    element = is_error(elements[first]) ? types::kError : program_.types.without_optional(type(elements[first]));
  }
  const TypeId wanted = element == types::kError ? element : program_.types.without_optional(element);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i] == kNoExpr) elements[i] = type_expr(expr.operands[i], wanted);
    if (wanted == types::kNumber && type(elements[i]) == types::kInt) elements[i] = widen(elements[i]);
  }
  const TypeId joined = join_branches(elements, "all elements of a list");
  if (joined == types::kError) return make_error(expr.span);
  return make(Op::list_literal, program_.types.list_of(joined), expr.span, elements);
}

}  // namespace muster::check
