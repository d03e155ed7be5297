// SPDX-License-Identifier: Apache-2.0
// One expression of any kind: what is expected of it goes down, its type comes up.
#include "base/number_text.h"
#include "compiler/check/checker.h"
#include "compiler/check/spelling.h"

namespace muster::check {

ExprId Checker::type_expr(ast::ExprId id, TypeId expected) {
  if (id == ast::kNoExpr) return make_error({modules_[module_].file, 0, 0});
  return type_kind(id, expr_at(id), expected);
}

ExprId Checker::type_kind(ast::ExprId id, const ast::Expr& expr, TypeId expected) {
  using Kind = ast::Expr::Kind;
  switch (expr.kind) {
    case Kind::error: return make_error(expr.span);
    case Kind::literal: return make_literal(expr.value, static_cast<TypeId>(expr.value.index()), expr.span);
    case Kind::none:
    case Kind::unknown:
      return not_here(expr.span, "`" + source_text(expr.span) + "` stands in fixtures and tests alone",
                      "to ask for it, write `x is absent` or `x is unknown`");
    case Kind::object: return not_here(expr.span, "an object stands in fixtures and tests alone", "");
    case Kind::range: return not_here(expr.span, "a range stands only after `in`", "write `x in a..b`");
    case Kind::name: return type_name(expr, expected);
    case Kind::member:
    case Kind::optional_member: return type_member(expr, expected);
    case Kind::call: return type_call(expr, expected);
    case Kind::list: return type_list(expr, expected);
    case Kind::logic: return type_logic(expr);
    case Kind::binary:
      switch (expr.op) {
        case ast::Operator::implication: return type_implies(expr);
        case ast::Operator::coalesce: return type_coalesce(expr, expected);
        case ast::Operator::assume: return type_assume(expr, expected);
        case ast::Operator::add:
        case ast::Operator::subtract:
        case ast::Operator::multiply:
        case ast::Operator::divide: return type_arithmetic(expr, expected);
        default: return type_comparison(expr);  // every other binary operator compares
      }
    case Kind::unary: return expr.op == ast::Operator::negation ? type_not(expr) : type_minus(expr, expected);
    case Kind::state: return type_state(expr);
    case Kind::conditional: return type_conditional(expr, expected);
    case Kind::choose: return type_choose(expr, expected);
    case Kind::quantifier: return type_quantifier(expr);
    case Kind::aggregate: return type_aggregate(expr);
    case Kind::every:
    case Kind::passes:
    case Kind::count_status: return type_policy_form(expr);
  }
  static_cast<void>(id);
  return make_error(expr.span);
}

ExprId Checker::type_bool(ast::ExprId id) {
  const ExprId value = type_expr(id, types::kBool);
  const TypeId actual = type(value);
  if (actual == types::kError || program_.types.without_optional(actual) == types::kBool)
    return fit(value, types::kBool, "a condition");
  const Span span = program_.exprs[value].span;
  report(Code::type_mismatch, span, "a condition must be `bool`, and this is `" + type_name(actual) + "`").help =
      condition_help(value);
  return make_error(span);
}

// How something that is no condition becomes one.
std::string Checker::condition_help(ExprId value) const {
  const std::string text = source_text(program_.exprs[value].span);
  const types::Scalar* literal = constant(value);
  if (literal != nullptr) {
    const auto* words = std::get_if<std::string>(literal);
    if (words != nullptr && (*words == "true" || *words == "false")) return "write it without quotes";
    return "write the comparison out: `x == " + text + "`; for several values, `x in [A, " + text + "]`";
  }
  if (program_.types.is_optional(type(value))) return "to ask whether there is one, write `" + text + " is present`";
  if (program_.types.is_list(type(value))) return "to ask whether there are any, write `size(" + text + ") > 0`";
  if (program_.types.is_record(type(value))) return "ask one of its fields: `" + text + ".FIELD`";
  return "compare it with something: `" + text + " == ...`";
}

ExprId Checker::type_and_fit(ast::ExprId id, TypeId expected, std::string_view use) {
  return fit(type_expr(id, expected), expected, use);
}

ExprId Checker::fit(ExprId value, TypeId expected, std::string_view use) {
  if (expected == kNoType || expected == types::kError || is_error(value)) return value;
  const TypeId actual = type(value);
  if (actual == expected) return value;
  const TypeId inner = program_.types.without_optional(actual);
  const TypeId wanted = program_.types.without_optional(expected);
  const bool may_be_absent = program_.types.is_optional(expected);
  if (inner == wanted || (inner == types::kInt && wanted == types::kNumber)) {
    if (program_.types.is_optional(actual) && !may_be_absent) return present(value);
    return inner == wanted ? value : widen(value);
  }
  report_mismatch(program_.exprs[value].span,
                  std::string(use) + " must be `" + type_name(expected) + "`, and this is `" + type_name(actual) + "`",
                  value, wanted);
  return make_error(program_.exprs[value].span);
}

ExprId Checker::present(ExprId value) {
  if (is_error(value) || !program_.types.is_optional(type(value))) return value;
  const Span span = program_.exprs[value].span;
  const std::string what = source_text(span);
  base::Diagnostic& problem = report(Code::unguarded_optional, span, "`" + what + "` may be absent");
  if (paths_[value] != kNoPath) {
    problem.help = "guard it: `" + what + " is present and ...`, or earlier `require " + what +
                   " is present`; or say what stands in for it: `" + what + " ?? ...`";
  } else {
    problem.help = "say what stands in for it: `(" + what + ") ?? ...`, or give it a name with `let` and guard that";
  }
  return make_error(span);
}

base::Diagnostic& Checker::report_mismatch(Span span, std::string message, ExprId value, TypeId wanted) {
  base::Diagnostic& problem = report(Code::type_mismatch, span, std::move(message));
  problem.help = conversion_help(value, wanted);
  return problem;
}

// The conversion from what is there to what is wanted, where there is one.
std::string Checker::conversion_help(ExprId value, TypeId wanted) const {
  const TypeId from = program_.types.without_optional(type(value));
  const std::string text = source_text(program_.exprs[value].span);
  const bool literal = constant(value) != nullptr;
  auto call = [&](const char* function) { return "write `" + std::string(function) + "(" + text + ")`"; };
  if (const auto* part = literal ? std::get_if<double>(constant(value)) : nullptr;
      part != nullptr && wanted == types::kPercent && *part > 0 && *part <= 1) {
    return "write `" + base::to_text(*part * 100) + "%`: percents count points, so `" + text +
           "%` would be less than one in a hundred";
  }
  if (wanted == types::kPercent && (from == types::kInt || from == types::kNumber)) {
    return literal ? "write `" + text + "%`" : call("percent") + " if it counts points";
  }
  if (wanted == types::kNumber && from == types::kPercent) return call("number") + " for its points";
  if (wanted == types::kInt && (from == types::kNumber || from == types::kPercent))
    return from == types::kNumber ? "write `round(" + text + ")`, `floor` or `ceil`" : call("number");
  if (wanted == types::kDate && from == types::kTime) return call("date") + " for its day in UTC";
  if (wanted == types::kTime && from == types::kDate && literal) return "write the instant: `" + text + "T00:00:00Z`";
  if (wanted == types::kDuration && (from == types::kInt || from == types::kNumber) && literal)
    return "write a unit: `" + text + " days`";
  if (wanted == types::kNumber && from == types::kDuration)
    return "write `days(" + text + ")` or `hours(" + text + ")`";
  if (wanted == types::kText && program_.types.is_scalar(from) && !literal) return call("text");
  if (from == types::kDuration && wanted == types::kPeriod)
    return "add the period to a date: `d + 6 months <= today`; or compare with a duration: `180 days`";
  if (from == types::kPeriod && wanted == types::kDuration)
    return "add the period to a date: `d + " + text + " <= today`; or compare with a duration: `180 days`";
  if (literal && program_.types.is_scalar(wanted)) {
    const std::string meant = spelled_as(program_.types, wanted, *constant(value), text);
    if (!meant.empty()) return "write `" + meant + "`";
  }
  // 2026-1-5 and 5/1/2026 are numbers that were subtracted and divided.
  const bool is_sum = text.find_first_not_of("0123456789./-_ ") == std::string::npos;
  if (program_.types.is_scalar(wanted) && (literal || is_sum))
    return "a `" + type_name(wanted) + "` is written as in `" + example_of(program_.types, wanted) + "`";
  if (from == types::kText && (wanted == types::kInt || wanted == types::kNumber)) {
    return "no text becomes a number: declare the field as `" + type_name(wanted) + "`";
  }
  return "";
}

ExprId Checker::not_here(Span span, std::string message, std::string help) {
  report(Code::not_here, span, std::move(message)).help = std::move(help);
  return make_error(span);
}

// ---- building ----

ExprId Checker::make(Op op, TypeId type, Span span, const std::vector<ExprId>& operands, std::uint32_t index) {
  const auto id = static_cast<ExprId>(program_.exprs.size());
  typed::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.span = span;
  expr.index = index;
  expr.first = static_cast<std::uint32_t>(program_.operands.size());
  expr.count = static_cast<std::uint32_t>(operands.size());
  program_.operands.insert(program_.operands.end(), operands.begin(), operands.end());
  program_.exprs.push_back(expr);
  PathId path = kNoPath;
  switch (op) {
    case Op::subject: path = path_root('s', 0); break;
    case Op::shared: path = path_root('h', index); break;
    case Op::variable: path = path_root('v', index); break;
    case Op::let: path = path_root('l', index); break;
    case Op::score: path = path_root('g', index); break;
    case Op::field:
    case Op::optional_field: path = path_field(paths_[operands[0]], index); break;
    default: break;  // nothing else is a path
  }
  paths_.push_back(path);
  if (type == types::kBool) note_facts(id);
  return id;
}

ExprId Checker::make_literal(types::Scalar value, TypeId type, Span span) {
  const auto index = static_cast<std::uint32_t>(program_.constants.size());
  program_.constants.push_back(std::move(value));
  return make(Op::literal, type, span, {}, index);
}

ExprId Checker::make_error(Span span) { return make(Op::error, types::kError, span); }

ExprId Checker::make_not(ExprId value, Span span) { return make(Op::not_, types::kBool, span, {value}); }

ExprId Checker::widen(ExprId value) {
  const bool may_be_absent = program_.types.is_optional(type(value));
  if (const types::Scalar* whole = constant(value)) {
    return make_literal(static_cast<double>(std::get<std::int64_t>(*whole)), types::kNumber,
                        program_.exprs[value].span);
  }
  const TypeId wide = may_be_absent ? program_.types.optional(types::kNumber) : types::kNumber;
  return make(Op::widen, wide, program_.exprs[value].span, {value});
}

const types::Scalar* Checker::constant(ExprId id) const {
  const typed::Expr& expr = program_.exprs[id];
  return expr.op == Op::literal ? &program_.constants[expr.index] : nullptr;
}

Surroundings Checker::leave_for(std::uint32_t module, Place place) {
  Surroundings kept{module_,
                    place_,
                    in_message_,
                    subject_,
                    policy_,
                    text_,
                    std::move(locals_),
                    std::move(guarded_),
                    std::move(fact_origins_)};
  ++open_declarations_;
  module_ = module;
  place_ = place;
  in_message_ = false;
  subject_.reset();
  policy_ = nullptr;
  text_ = nullptr;
  locals_.clear();
  guarded_.clear();
  fact_origins_.clear();
  return kept;
}

void Checker::return_to(const Surroundings& kept) {
  --open_declarations_;
  module_ = kept.module;
  place_ = kept.place;
  in_message_ = kept.in_message;
  subject_ = kept.subject;
  policy_ = kept.policy;
  text_ = kept.text;
  locals_ = kept.locals;
  guarded_ = kept.guarded;
  fact_origins_ = kept.fact_origins;
}

// Whether a private field is read for this value, also by way of lets, defines and arguments.
bool Checker::reads_private(ExprId root) const {
  std::set<ExprId> seen;
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (id == kNoExpr || !seen.insert(id).second) continue;
    const typed::Expr& expr = program_.exprs[id];
    for (ExprId operand : program_.operands_of(expr)) open.push_back(operand);
    switch (expr.op) {
      case Op::field:
      case Op::optional_field: {
        TypeId record = program_.types.without_optional(type(program_.operand(expr, 0)));
        if (program_.types.is_record(record) && program_.types.record_of(record).fields[expr.index].is_private)
          return true;
        break;
      }
      case Op::let: open.push_back(program_.lets[expr.index].value); break;
      case Op::call: open.push_back(program_.defines[expr.index].body); break;
      default: break;  // reads nothing beside its operands
    }
  }
  return false;
}

}  // namespace muster::check
