// SPDX-License-Identifier: Apache-2.0
// Names and members: `a.b` is of a value `a` first, then of a module, then of a type. A bare enum name is found by
// the type expected of it, where no value of that name and type is in scope.
#include <algorithm>

#include "base/similar_name.h"
#include "compiler/check/checker.h"

namespace muster::check {

ExprId Checker::type_name(const ast::Expr& expr, TypeId expected) {
  const ast::Name& name = expr.name;
  auto value = find_value(name.text);
  const TypeId wanted = expected == kNoType ? kNoType : program_.types.without_optional(expected);
  const bool wants_enum = wanted != kNoType && program_.types.kind(wanted) == types::Kind::enumeration;
  if (wants_enum && program_.types.enum_of(wanted).find(name.text)) {
    if (!value || value->kind == Value::Kind::define) return enum_literal(wanted, name, expr.span);
    const std::size_t before = reported();
    const ExprId typed = type_value(*value, expr.span);
    const bool fits = program_.types.without_optional(type(typed)) == wanted;
    if (fits || reported() > before) {
      note_use(name.span, *value);
      return typed;
    }
    return enum_literal(wanted, name, expr.span);
  }
  if (value) {
    note_use(name.span, *value);
    return type_value(*value, expr.span);
  }
  if (!name.quoted && name.text == "today") return make(Op::today, types::kDate, expr.span);
  if (!name.quoted && name.text == "now") return make(Op::now, types::kTime, expr.span);
  return unknown_value(name, expected);
}

ExprId Checker::type_value(const Value& value, Span span) {
  switch (value.kind) {
    case Value::Kind::field: {
      const types::Field& field = program_.types.record_at(*subject_).fields[value.index];
      const TypeId subject = program_.types.record(*subject_);
      const TypeId type = field.type;
      return narrow(make(Op::field, type, span, {make(Op::subject, subject, span)}, value.index));
    }
    case Value::Kind::shared: return narrow(make(Op::shared, program_.shared[value.index].type, span, {}, value.index));
    case Value::Kind::param: {
      const auto own = scopes_[module_].values.find(program_.params[value.index].name);
      if (value.inherited && own != scopes_[module_].values.end() &&
          (own->second.kind != Value::Kind::param || own->second.index != value.index)) {
        base::Diagnostic& lint = report(Code::hidden_name, span,
                                        "`" + source_text(span) + "` is the param that `" + text_->base->policy.name +
                                            "` reads, and hides the module's own value of this name");
        lint.labels.push_back({own->second.span, "this one can't be read here"});
        lint.help = "give yours a name of its own";
      }
      return make(Op::param, program_.params[value.index].type, span, {}, value.index);
    }
    case Value::Kind::variable:
      return narrow(make(Op::variable, program_.variables[value.index].type, span, {}, value.index));
    case Value::Kind::policy_let:
    case Value::Kind::let: {
      const std::uint32_t let = value.kind == Value::Kind::let ? value.index : type_policy_let(value.index);
      if (let == kNone) return make_error(span);
      if (!in_message_) guarded_.insert(guarded_.end(), let_guards_[let].begin(), let_guards_[let].end());
      return narrow(make(Op::let, type(program_.lets[let].value), span, {}, let));
    }
    case Value::Kind::dropped: {
      ast::Name name{source_text(span), span, false};
      name.text.erase(std::remove(name.text.begin(), name.text.end(), '`'), name.text.end());
      note_dropped(value.index == 1 ? policy_->of_scores : policy_->of_gates, name);
      return make_error(span);
    }
    case Value::Kind::ambiguous: {
      const std::string name = source_text(span);
      const std::string& inherited_from = text_->base->policy.name;
      const bool is_field = program_.types.record_at(*subject_).find(name).has_value();
      base::Diagnostic& problem =
          report(Code::ambiguous_name, span,
                 is_field ? "`" + name + "` is a field of `" + program_.types.record_at(*subject_).name +
                                "`, and inherited from `" + inherited_from + "`"
                          : "`" + inherited_from + "` reads several params named `" + name + "`");
      problem.labels.push_back({value.span, is_field ? "what is inherited" : "one of them"});
      problem.help = is_field ? "give the field another name, and bind it to its key"
                              : "import its module, and write that before the name";
      return make_error(span);
    }
    case Value::Kind::score: return type_score(value.index, span);
    case Value::Kind::gate: return type_gate(value.index, span);
    case Value::Kind::define: {
      const std::string& name = program_.defines[value.index].name;
      report(Code::type_mismatch, span, "`" + name + "` is a function, not a value").help =
          "call it: `" + name + "(...)`";
      return make_error(span);
    }
  }
  return make_error(span);
}

ExprId Checker::enum_literal(TypeId type, const ast::Name& name, Span span) {
  const types::Enum& declared = program_.types.enum_of(type);
  if (auto index = declared.find(name.text)) {
    note_use(name.span, declared.names[*index].span);
    return make_literal(types::EnumMember{*index}, type, span);
  }
  if (names_may_be_missing(declared)) return make_error(span);
  std::vector<std::string> candidates;
  for (const types::EnumName& each : declared.names) candidates.push_back(each.name);
  base::Diagnostic& problem =
      unknown(Code::unknown_enum_name, name, "`" + declared.name + "` has no name `" + name.text + "`", candidates);
  problem.labels.push_back({declared.span, "its names are declared here"});
  return make_error(span);
}

ExprId Checker::unknown_value(const ast::Name& name, TypeId expected) {
  if (expected == types::kError) return make_error(name.span);  // the other side was reported
  if (may_be_missing(module_, name.text)) return make_error(name.span);
  const TypeId wanted = expected == kNoType ? kNoType : program_.types.without_optional(expected);
  std::vector<std::string> candidates = visible_values();
  if (wanted != kNoType && program_.types.kind(wanted) == types::Kind::enumeration) {
    const types::Enum& declared = program_.types.enum_of(wanted);
    if (names_may_be_missing(declared)) return make_error(name.span);
    for (const types::EnumName& each : declared.names) candidates.insert(candidates.begin(), each.name);
    base::Diagnostic& problem =
        unknown(Code::unknown_enum_name, name,
                "`" + declared.name + "` has no name `" + name.text + "`, and no value is called so", candidates);
    problem.labels.push_back({declared.span, "its names are declared here"});
    return make_error(name.span);
  }
  base::Diagnostic& problem = unknown(Code::unknown_name, name, "no value `" + name.text + "` is in scope", candidates);
  if (std::string help = help_for_value(name.text); !help.empty() && !name.quoted) {
    problem.help = std::move(help);
    return make_error(name.span);
  }
  if (policy_ != nullptr && policy_->criteria.count(name.text) > 0) {
    problem.help = place_ == Place::gate ? "of a criterion, ask whether it passes: `passes(" + name.text + ")`"
                                         : "`" + name.text + "` is a criterion; gates alone can ask whether it passes";
    problem.labels.push_back({policy_->criteria.find(name.text)->second.span, "the criterion"});
    return make_error(name.span);
  }
  if (policy_ != nullptr && !is_score_or_gate_here()) {
    auto hidden = policy_->values.find(name.text);
    if (hidden != policy_->values.end()) {
      problem.help = "scores and gates can be read in gates, scores, levels and `show` alone";
      problem.labels.push_back({hidden->second.span, "declared here"});
      return make_error(name.span);
    }
  }
  if (wanted == types::kText && problem.help.empty())
    problem.help = "if a text is meant, write `\"" + name.text + "\"`";
  const bool is_number = name.text.size() > 1 && name.text.find_first_not_of("0123456789", 1) == std::string::npos;
  if (wanted == types::kVersion && name.text[0] == 'v' && is_number)
    problem.help = "a version has a dot: `" + name.text + ".0`";
  for (const auto& [variable, value] : locals_) {
    if (value.kind != Value::Kind::variable) continue;
    const TypeId held = program_.types.without_optional(program_.variables[value.index].type);
    if (held == types::kError || !program_.types.is_record(held)) continue;
    if (program_.types.record_of(held).find(name.text)) problem.help = "write `" + variable + "." + name.text + "`";
  }
  for (const auto& [type_name_, type] : scopes_[module_].types) {
    if (type.kind == NamedType::Kind::enumeration && program_.types.enum_at(type.id).find(name.text)) {
      problem.help = "if the name of the enum is meant, write `" + type_name_ + "." + name.text + "`";
    } else if (place_ == Place::define && type.kind == NamedType::Kind::record &&
               program_.types.record_at(type.id).kind == types::RecordKind::subject &&
               program_.types.record_at(type.id).find(name.text)) {
      problem.help = "a define reads no subject: hand `" + name.text + "` over as a parameter";
    }
  }
  return make_error(name.span);
}

Checker::Qualified Checker::resolve_qualified(ast::ExprId id) {
  const ast::Expr& expr = expr_at(id);
  Qualified found;
  auto set_value = [&](const Value& value) {
    note_use(expr.name.span, value);
    found.kind = Qualified::Kind::value;
    found.value = value;
  };
  auto set_type = [&](const NamedType& type) {
    note_use(expr.name.span, type);
    found.kind = Qualified::Kind::type;
    found.type = type;
  };
  if (expr.kind == ast::Expr::Kind::name) {
    if (auto value = find_value(expr.name.text)) {
      set_value(*value);
    } else if (const Indexed* module = find_module(expr.name.text)) {
      note_use(expr.name.span, module->span);
      found.kind = Qualified::Kind::module;
      found.module = module->index;
    } else if (auto type = scopes_[module_].types.find(expr.name.text); type != scopes_[module_].types.end()) {
      set_type(type->second);
    }
  } else if (expr.kind == ast::Expr::Kind::member) {
    const Qualified outer = resolve_qualified(expr.operands[0]);
    if (outer.kind != Qualified::Kind::module) return found;
    const ModuleScope& scope = scopes_[outer.module];
    if (auto value = scope.values.find(expr.name.text); value != scope.values.end()) {
      set_value(value->second);
    } else if (auto type = scope.types.find(expr.name.text); type != scope.types.end()) {
      set_type(type->second);
    }
  }
  return found;
}

ExprId Checker::type_member(const ast::Expr& expr, TypeId expected) {
  const Qualified base = resolve_qualified(expr.operands[0]);
  if (expr.kind == ast::Expr::Kind::member && base.kind == Qualified::Kind::module) {
    const ModuleScope& scope = scopes_[base.module];
    if (auto value = scope.values.find(expr.name.text); value != scope.values.end()) {
      note_use(expr.name.span, value->second);
      return type_value(value->second, expr.span);
    }
    std::vector<std::string> candidates;
    for (const auto& [name, value] : scope.values) candidates.push_back(name);
    if (scope.types.count(expr.name.text) > 0) {
      report(Code::type_mismatch, expr.span, "`" + source_text(expr.span) + "` is a type, not a value").help =
          "for a name of an enum write `" + source_text(expr.span) + ".name`";
    } else {
      unknown(Code::unknown_name, expr.name,
              "module `" + modules_[base.module].name + "` declares no value `" + expr.name.text + "`", candidates);
    }
    return make_error(expr.span);
  }
  if (base.kind == Qualified::Kind::type) {
    if (base.type.kind == NamedType::Kind::enumeration && expr.kind == ast::Expr::Kind::member) {
      return enum_literal(program_.types.enumeration(base.type.id), expr.name, expr.span);
    }
    const std::string written = source_text(expr_at(expr.operands[0]).span);
    const bool is_subject = subject_ && base.type.kind == NamedType::Kind::record && base.type.id == *subject_;
    report(Code::type_mismatch, expr_at(expr.operands[0]).span, "`" + written + "` is a type, not a value").help =
        is_subject ? "write `" + expr.name.text + "`: fields of the subject are named without anything before them"
                   : "fields are read from a value of the type";
    return make_error(expr.span);
  }
  static_cast<void>(expected);
  return member_of(type_expr(expr.operands[0]), expr);
}

Applied Checker::applied_to(ExprId value) const {
  if (is_error(value)) return Applied::to_other;
  const TypeId inner = program_.types.without_optional(type(value));
  return program_.types.is_list(inner) ? Applied::to_list
         : inner == types::kText       ? Applied::to_text
                                       : Applied::to_other;
}

ExprId Checker::member_of(ExprId record, const ast::Expr& expr) {
  if (is_error(record)) return make_error(expr.span);
  const bool asks = expr.kind == ast::Expr::Kind::optional_member;
  const TypeId inner = program_.types.without_optional(type(record));
  if (!program_.types.is_record(inner)) {
    base::Diagnostic& problem =
        report(Code::unknown_field, expr.name.span, "`" + type_name(type(record)) + "` has no fields");
    const std::string what = source_text(program_.exprs[record].span);
    problem.help = help_for_call(expr.name.text, applied_to(record), {what});
    const bool is_enum = program_.types.kind(inner) == types::Kind::enumeration;
    if (is_enum && program_.types.enum_of(inner).find(expr.name.text)) {
      problem.help = "compare with the name: `" + what + " == " + expr.name.text + "`";
    } else if (problem.help.empty() && program_.types.is_list(inner)) {
      problem.help = "ask its elements: `any x in " + what + ": x." + expr.name.text + " ...`";
    }
    return make_error(expr.span);
  }
  const types::Record& declared = program_.types.record_of(inner);
  const auto field = declared.find(expr.name.text);
  if (!field) {
    std::vector<std::string> candidates;
    for (const types::Field& each : declared.fields) candidates.push_back(each.name);
    unknown(Code::unknown_field, expr.name, "`" + declared.name + "` has no field `" + expr.name.text + "`", candidates)
        .labels.push_back({declared.span, "declared here"});
    return make_error(expr.span);
  }
  const TypeId type_of_field = declared.fields[*field].type;
  if (!declared.fields[*field].built_in) note_use(expr.name.span, declared.fields[*field].span);
  if (asks) {
    note_never_absent(record, expr.op_span, "?.");
    if (!program_.types.is_optional(type(record)))
      return narrow(make(Op::field, type_of_field, expr.span, {record}, *field));
    return narrow(make(Op::optional_field, program_.types.optional(type_of_field), expr.span, {record}, *field));
  }
  record = present(record);
  if (is_error(record)) return make_error(expr.span);
  return narrow(make(Op::field, type_of_field, expr.span, {record}, *field));
}

bool Checker::needs_expectation(ast::ExprId id) {
  if (id == ast::kNoExpr) return false;
  const ast::Expr& expr = expr_at(id);
  auto unresolved = [&](ast::ExprId part) {
    if (part == ast::kNoExpr) return false;
    const ast::Expr& branch = expr_at(part);
    if (branch.kind != ast::Expr::Kind::name) return needs_expectation(part);
    return !find_value(branch.name.text) && branch.name.text != "today" && branch.name.text != "now";
  };
  switch (expr.kind) {
    case ast::Expr::Kind::name: return true;
    case ast::Expr::Kind::conditional: return unresolved(expr.operands[1]) || unresolved(expr.operands[2]);
    case ast::Expr::Kind::list:
      for (ast::ExprId element : expr.operands) {
        if (unresolved(element)) return true;
      }
      return false;
    case ast::Expr::Kind::choose:
      for (const ast::Branch& branch : expr.branches) {
        if (unresolved(branch.value)) return true;
      }
      return unresolved(expr.operands[0]);
    default: return false;  // no other form passes an expectation on
  }
}

}  // namespace muster::check
