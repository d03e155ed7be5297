// SPDX-License-Identifier: Apache-2.0
// Calls: of defines, and of the functions that the language has.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

namespace {

std::string here_are(std::size_t given) {
  return (given == 1 ? ", and here is " : ", and here are ") + std::to_string(given);
}

// A function that takes texts and the like as they are. Those that look at their argument's type stand below.
struct Builtin {
  std::string_view name;
  Op op;
  std::vector<TypeId> parameters;
  TypeId result;
};

const std::vector<Builtin>& plain_builtins() {
  static const std::vector<Builtin> list = {
      {"length", Op::length, {types::kText}, types::kInt},
      {"lower", Op::lower, {types::kText}, types::kText},
      {"upper", Op::upper, {types::kText}, types::kText},
      {"trim", Op::trim, {types::kText}, types::kText},
      {"strip_prefix", Op::strip_prefix, {types::kText, types::kText}, types::kText},
      {"strip_suffix", Op::strip_suffix, {types::kText, types::kText}, types::kText},
      {"round", Op::round, {types::kNumber}, types::kInt},
      {"floor", Op::floor, {types::kNumber}, types::kInt},
      {"ceil", Op::ceil, {types::kNumber}, types::kInt},
      {"days", Op::days, {types::kDuration}, types::kNumber},
      {"hours", Op::hours, {types::kDuration}, types::kNumber},
      {"date", Op::to_date, {types::kTime}, types::kDate},
      {"percent", Op::to_percent, {types::kNumber}, types::kPercent},
  };
  return list;
}

// How many arguments each of the others takes.
const std::map<std::string_view, std::size_t>& special_builtins() {
  static const std::map<std::string_view, std::size_t> list = {{"size", 1}, {"distinct", 1}, {"abs", 1},   {"min", 2},
                                                               {"max", 2},  {"text", 1},     {"number", 1}};
  return list;
}

}  // namespace

std::set<std::string> function_names() {
  std::set<std::string> names;
  for (const Builtin& each : plain_builtins()) names.emplace(each.name);
  for (const auto& [name, arity] : special_builtins()) names.emplace(name);
  return names;
}

ExprId Checker::type_call(const ast::Expr& expr, TypeId expected) {
  const ast::ExprId callee = expr.operands[0];
  const ast::Expr& function = expr_at(callee);
  const Qualified found = resolve_qualified(callee);
  if (found.kind == Qualified::Kind::value && found.value.kind == Value::Kind::define)
    return type_define_call(expr, found.value.index);
  if (function.kind == ast::Expr::Kind::name && !function.name.quoted) {
    const std::string& name = function.name.text;
    const bool plain = special_builtins().count(name) == 0;
    for (const Builtin& each : plain_builtins()) {
      if (plain && each.name == name) return type_builtin(expr, name, expected);
    }
    if (!plain) return type_builtin(expr, name, expected);
  }
  std::vector<std::string> arguments;
  Applied applied = Applied::to_other;
  const auto take = [&](ExprId value, ast::ExprId argument) {
    if (arguments.empty()) applied = applied_to(value);
    arguments.push_back(source_text(expr_at(argument).span));
  };
  const std::size_t before = reported_errors();
  const bool is_method = function.kind == ast::Expr::Kind::member && found.kind == Qualified::Kind::none;
  if (is_method) take(type_expr(function.operands[0]), function.operands[0]);
  if (reported_errors() > before) return make_error(expr.span);  // what it belongs to was reported
  for (std::size_t i = 1; i < expr.operands.size(); ++i)
    take(type_expr(expr.operands[i], types::kError), expr.operands[i]);
  const std::string written = source_text(function.span);
  if (found.kind == Qualified::Kind::value) {
    report(Code::type_mismatch, function.span, "`" + written + "` is a value, not a function");
    return make_error(expr.span);
  }
  const std::set<std::string> builtins = function_names();
  std::vector<std::string> candidates(builtins.begin(), builtins.end());
  for (const auto& [name, value] : scopes_[module_].values) {
    if (value.kind == Value::Kind::define) candidates.push_back(name);
  }
  ast::Name name = function.name;
  name.span = function.span;
  if (written == "passes" || written == "every") {
    return not_here(name.span, "`" + written + "` asks about criteria, which gates alone can do",
                    "make it a `gate`, and read the gate where scores and gates can be read");
  }
  base::Diagnostic& problem = unknown(Code::unknown_name, name, "no function `" + written + "`", candidates);
  const std::string help = help_for_call(function.name.text, applied, arguments);
  if (!help.empty()) {
    problem.help = help;
  } else if (is_method && builtins.count(function.name.text) > 0) {
    problem.help = "write `" + function.name.text + "(" + arguments.front() + (arguments.size() > 1 ? ", ...)`" : ")`");
  }
  return make_error(expr.span);
}

ExprId Checker::type_define_call(const ast::Expr& expr, std::uint32_t index) {
  if (place_ == Place::define && defines_[index].state == DeclaredDefine::State::open) {
    report_cycle(program_.defines[current_define_].span, program_.defines[current_define_].name, expr.span);
    return make_error(expr.span);
  }
  check_define(index);
  const std::vector<std::uint32_t> parameters = program_.defines[index].parameters;
  const std::string name = program_.defines[index].name;
  if (parameters.size() != expr.operands.size() - 1) {
    report(Code::wrong_arguments, expr.span,
           "`" + name + "` takes " + std::to_string(parameters.size()) +
               (parameters.size() == 1 ? " argument" : " arguments") + here_are(expr.operands.size() - 1))
        .labels.push_back({program_.defines[index].span, "declared here"});
    for (std::size_t i = 1; i < expr.operands.size(); ++i) type_expr(expr.operands[i], types::kError);
    return make_error(expr.span);
  }
  std::vector<ExprId> arguments;
  bool broken = false;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const typed::Variable parameter = program_.variables[parameters[i]];
    arguments.push_back(
        type_and_fit(expr.operands[i + 1], parameter.type, "`" + parameter.name + "` of `" + name + "`"));
    broken = broken || is_error(arguments.back());
  }
  const TypeId result = program_.defines[index].result;
  if (broken || result == types::kError) return make_error(expr.span);
  return make(Op::call, result, expr.span, arguments, index);
}

ExprId Checker::type_builtin(const ast::Expr& expr, std::string_view name, TypeId expected) {
  const std::size_t given = expr.operands.size() - 1;
  const Builtin* plain = nullptr;
  for (const Builtin& each : plain_builtins()) {
    if (each.name == name) plain = &each;
  }
  const std::size_t arity = plain != nullptr ? plain->parameters.size() : special_builtins().at(name);
  const std::string quoted = "`" + std::string(name) + "`";
  if (given != arity) {
    const bool is_fold = (name == "min" || name == "max") && given == 1;
    for (std::size_t i = 1; i < expr.operands.size() && !is_fold; ++i) type_expr(expr.operands[i], types::kError);
    base::Diagnostic& problem = report(
        Code::wrong_arguments, expr.span,
        quoted + " takes " + std::to_string(arity) + (arity == 1 ? " argument" : " arguments") + here_are(given));
    if (is_fold) problem.help = "of a list it is `" + std::string(name) + "(x in LIST: VALUE)`";
    return make_error(expr.span);
  }
  if (plain != nullptr) {
    std::vector<ExprId> arguments;
    bool broken = false;
    for (std::size_t i = 0; i < arity; ++i) {
      const ExprId argument = type_expr(expr.operands[i + 1], plain->parameters[i]);
      if (plain->op == Op::length && applied_to(argument) == Applied::to_list) {
        report(Code::type_mismatch, program_.exprs[argument].span, "`length` takes a text, and this is a list").help =
            help_for_call(name, Applied::to_list, {source_text(program_.exprs[argument].span)});
        return make_error(expr.span);
      }
      arguments.push_back(fit(argument, plain->parameters[i], "the argument of " + quoted));
      broken = broken || is_error(arguments.back());
    }
    return broken ? make_error(expr.span) : make(plain->op, plain->result, expr.span, arguments);
  }
  if (name == "min" || name == "max") {
    auto [left, right] = type_pair(expr.operands[1], expr.operands[2], expected);
    left = present(left);
    right = present(right);
    std::vector<ExprId> sides{left, right};
    const TypeId joined = join_branches(sides, "both arguments of " + quoted);
    if (joined == types::kError) return make_error(expr.span);
    if (!types::is_ordered(program_.types, joined)) {
      report(Code::no_order, expr.span, "`" + type_name(joined) + "` has no order, so it has no " + std::string(name));
      return make_error(expr.span);
    }
    return make(name == "min" ? Op::min_of : Op::max_of, joined, expr.span, sides);
  }
  if (name == "size" || name == "distinct") {
    const ExprId list = type_list_operand(expr.operands[1], quoted + " takes a list");
    if (is_error(list)) return make_error(expr.span);
    if (name == "size") return make(Op::size, types::kInt, expr.span, {list});
    if (!program_.types.is_scalar(program_.types.element(type(list)))) {
      report(Code::type_mismatch, program_.exprs[list].span,
             "`distinct` compares single values, and the elements are `" +
                 type_name(program_.types.element(type(list))) + "`");
      return make_error(expr.span);
    }
    return make(Op::distinct, type(list), expr.span, {list});
  }
  const ExprId value = present(type_expr(expr.operands[1]));
  if (is_error(value)) return make_error(expr.span);
  const TypeId of = type(value);
  auto refuse = [&](const char* takes) {
    base::Diagnostic& problem = report(Code::type_mismatch, program_.exprs[value].span,
                                       quoted + " takes " + takes + ", and this is `" + type_name(of) + "`");
    if (name == "number" && of == types::kText)
      problem.help = "no text becomes a number: declare the field as `number`";
    if (name == "number" && of == types::kDuration) problem.help = "write `days(...)` or `hours(...)`";
    return make_error(expr.span);
  };
  if (name == "abs") {
    if (of != types::kInt && of != types::kNumber && of != types::kPercent && of != types::kDuration)
      return refuse("a number, percent or duration");
    return make(Op::abs, of, expr.span, {value});
  }
  if (name == "text") {
    if (!program_.types.is_scalar(of)) return refuse("a single value");
    return make(Op::to_text, types::kText, expr.span, {value});
  }
  // number
  if (of == types::kInt) return widen(value);
  if (of != types::kPercent && of != types::kNumber) return refuse("an int or a percent");
  return make(Op::to_number, types::kNumber, expr.span, {value});
}

}  // namespace muster::check
