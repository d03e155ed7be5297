// SPDX-License-Identifier: Apache-2.0
// What modules declare: enums, records, subjects, shared evidence, params and defines.
#include "compiler/check/checker.h"
#include "compiler/check/declare.h"

namespace muster::check {

void Checker::declare_names(std::uint32_t module) {
  import_types(module);
  ModuleScope& scope = scopes_[module];
  const std::string& in = modules_[module].name;
  for (const ast::EnumDecl& declared : ast_of(module).enums) {
    types::Enum made;
    made.module = in;
    made.name = declared.name.text;
    made.ordered = declared.ordered;
    made.span = declared.name.span;
    for (const ast::EnumDecl::Member& member : declared.members) {
      types::EnumName name{member.name.text, {}, member.name.span};
      for (const ast::Text& spelling : member.spellings) name.spellings.push_back(spelling.value);
      made.names.push_back(std::move(name));
    }
    types::EnumId id = program_.types.add(std::move(made));
    enum_ids_[module].push_back(id);
    declare(scope.types, declared.name, NamedType{NamedType::Kind::enumeration, id, declared.name.span}, "type");
  }
  for (const ast::RecordDecl& declared : ast_of(module).records) {
    types::Record made;
    made.module = in;
    made.name = declared.name.text;
    made.kind = static_cast<types::RecordKind>(declared.kind);
    made.span = declared.name.span;
    made.doc = declared.doc;
    types::RecordId id = program_.types.add(std::move(made));
    record_places_.emplace_back(module, static_cast<std::uint32_t>(record_ids_[module].size()));
    record_ids_[module].push_back(id);
    record_states_.push_back(RecordState::fresh);
    declare(scope.types, declared.name, NamedType{NamedType::Kind::record, id, declared.name.span}, "type");
  }
}

void Checker::declare_enums(std::uint32_t module) {
  for (const ast::EnumDecl& declared : ast_of(module).enums) {
    Names<Span> names;
    Names<Span> spellings;
    for (const ast::EnumDecl::Member& member : declared.members) {
      declare(names, member.name, member.name.span, "name of the enum");
      std::vector<ast::Text> all = member.spellings;
      if (all.empty()) all.push_back({member.name.text, member.name.span});
      for (const ast::Text& spelling : all) {
        auto [at, fresh] = spellings.emplace(spelling.value, spelling.span);
        if (fresh || names.count(member.name.text) == 0 || spelling.span == member.name.span) continue;
        report(Code::duplicate_name, spelling.span, "`" + spelling.value + "` is the spelling of two names")
            .labels.push_back({at->second, "also here"});
      }
    }
  }
}

void Checker::declare_values(std::uint32_t module) {
  import_values(module);
  ModuleScope& scope = scopes_[module];
  const ast::Module& ast = ast_of(module);
  for (const ast::ParamDecl& declared : ast.params) declare_param(declared);
  for (const ast::SharedDecl& declared : ast.shared) {
    typed::Shared made;
    made.module = modules_[module].name;
    made.name = declared.name.text;
    made.type = type_of(declared.type);
    made.span = declared.name.span;
    made.doc = declared.doc;
    made.fresh = field_freshness(declared.fresh, made.type);
    const auto index = static_cast<std::uint32_t>(program_.shared.size());
    program_.shared.push_back(std::move(made));
    declare(scope.values, declared.name, Value{Value::Kind::shared, index, declared.name.span}, "value");
  }
  for (const ast::DefineDecl& declared : ast.defines) declare_define(declared);

  auto number = [&](auto& names, const ast::Name& name, auto& list, std::string_view what) {
    const auto index = static_cast<std::uint32_t>(list.size());
    list.emplace_back();
    list.back().name = name.text;
    list.back().module = modules_[module].name;
    list.back().span = name.span;
    declare(names, name, Indexed{index, name.span}, what);
    return index;
  };
  for (const auto& declared : ast.policies)
    policy_ids_[module].push_back(number(scope.policies, declared.name, program_.policies, "policy"));
  for (const auto& declared : ast.sources)
    source_ids_[module].push_back(number(scope.sources, declared.name, program_.sources, "source"));
  for (const auto& declared : ast.fixtures)
    fixture_ids_[module].push_back(number(scope.fixtures, declared.name, program_.fixtures, "fixture"));
}

void Checker::declare_param(const ast::ParamDecl& declared) {
  typed::Param made;
  made.module = modules_[module_].name;
  made.name = declared.name.text;
  made.type = type_of(declared.type);
  made.span = declared.name.span;
  made.doc = declared.doc;
  if (made.type != types::kError && !program_.types.is_scalar(made.type)) {
    report(Code::bad_field_type, declared.type.span, "a param holds one value, not a `" + type_name(made.type) + "`")
        .help = "write a number, percent, text, date, duration, enum or the like";
    made.type = types::kError;
  }
  if (made.type != types::kError) {
    if (declared.range != ast::kNoExpr) made.range = range_of(declared.range, made.type);
    if (auto value = constant_of(declared.value, made.type, "a param")) {
      made.value = *value;
      if (made.range && !made.range->holds(*value)) {
        report(Code::bad_range, expr_at(declared.value).span,
               "the default of `" + made.name + "` lies outside its own range")
            .labels.push_back({expr_at(declared.range).span, "the range"});
      }
    }
  }
  const auto index = static_cast<std::uint32_t>(program_.params.size());
  program_.params.push_back(std::move(made));
  declare(scopes_[module_].values, declared.name, Value{Value::Kind::param, index, declared.name.span}, "value");
}

void Checker::declare_define(const ast::DefineDecl& declared) {
  typed::Define made;
  made.module = modules_[module_].name;
  made.name = declared.name.text;
  made.span = declared.name.span;
  made.doc = declared.doc;
  Names<Span> names;
  for (const ast::DefineDecl::Parameter& parameter : declared.parameters) {
    declare(names, parameter.name, parameter.name.span, "parameter");
    made.parameters.push_back(static_cast<std::uint32_t>(program_.variables.size()));
    program_.variables.push_back({parameter.name.text, type_of(parameter.type), parameter.name.span});
  }
  made.result = type_of(declared.result);
  const auto index = static_cast<std::uint32_t>(program_.defines.size());
  program_.defines.push_back(std::move(made));
  defines_.push_back({module_, &declared});
  declare(scopes_[module_].values, declared.name, Value{Value::Kind::define, index, declared.name.span}, "value");
}

void Checker::check_defines(std::uint32_t module) {
  for (std::uint32_t index : order_defines(module)) check_define(index);
}

// Checked when something first calls it, so that a cycle is found at the define that closes it.
void Checker::check_define(std::uint32_t index) {
  if (defines_[index].state != DeclaredDefine::State::fresh || is_too_deep(program_.defines[index].span)) return;
  defines_[index].state = DeclaredDefine::State::open;
  const Surroundings kept = leave_for(defines_[index].module, Place::define);
  const std::uint32_t outer_define = current_define_;
  current_define_ = index;
  const ast::DefineDecl& declared = *defines_[index].declared;
  const typed::Define& made = program_.defines[index];
  for (std::size_t i = 0; i < declared.parameters.size(); ++i) {
    locals_.emplace_back(declared.parameters[i].name.text,
                         Value{Value::Kind::variable, made.parameters[i], declared.parameters[i].name.span});
  }
  const TypeId result = made.result;
  ExprId body = type_and_fit(declared.body, result == types::kError ? kNoType : result,
                             "what `" + declared.name.text + "` gives");
  program_.defines[index].body = body;
  return_to(kept);
  current_define_ = outer_define;
  defines_[index].state = DeclaredDefine::State::done;
}

void Checker::declare_records(std::uint32_t module) {
  for (std::uint32_t index : order_records(ast_of(module).records)) declare_record(module, index);
}

void Checker::declare_record(std::uint32_t module, std::uint32_t index) {
  const types::RecordId id = record_ids_[module][index];
  if (record_states_[id] != RecordState::fresh) return;
  record_states_[id] = RecordState::open;
  const ast::RecordDecl& declared = ast_of(module).records[index];
  check_extends(module, declared, id);
  for (const ast::FieldDecl& field : declared.fields) {
    types::Record record = std::move(program_.types.record_at(id));
    declare_field(declared, field, record);
    program_.types.record_at(id) = std::move(record);
  }
  types::Record& record = program_.types.record_at(id);
  if (declared.kind == ast::RecordDecl::Kind::evidence) {
    if (declared.fresh != ast::kNoExpr) record.fresh = freshness(declared.fresh);
    add_evidence_fields(record);
  } else if (declared.fresh != ast::kNoExpr) {
    report(Code::bad_freshness, expr_at(declared.fresh).span, "only `evidence` can be fresh").help =
        "declare `" + declared.name.text + "` as `evidence`: it then has `collected`";
  }
  if (declared.kind == ast::RecordDecl::Kind::subject) check_subject(declared, record);
  record_states_[id] = RecordState::done;
}

void Checker::check_extends(std::uint32_t module, const ast::RecordDecl& declared, types::RecordId id) {
  if (declared.extends.parts.empty()) return;
  auto base = subject_of(declared.extends);
  if (!base) return;
  if (record_states_[*base] == RecordState::open) {
    report(Code::cycle, declared.extends.span, "`" + declared.name.text + "` extends itself")
        .labels.push_back({program_.types.record_at(*base).span, "by way of this subject"});
    return;
  }
  const auto [base_module, base_index] = record_places_[*base];
  if (record_states_[*base] == RecordState::fresh && is_too_deep(declared.name.span)) return;
  ++open_declarations_;
  module_ = base_module;
  declare_record(base_module, base_index);
  module_ = module;
  --open_declarations_;
  types::Record& record = program_.types.record_at(id);
  record.extends = *base;
  record.fields = program_.types.record_at(*base).fields;
  record.by_name = program_.types.record_at(*base).by_name;
}

void Checker::declare_field(const ast::RecordDecl& record, const ast::FieldDecl& declared, types::Record& into) {
  types::Field field;
  field.name = declared.name.text;
  field.span = declared.name.span;
  field.doc = declared.doc;
  field.is_key = declared.role == ast::FieldDecl::Role::key;
  field.is_label = declared.role == ast::FieldDecl::Role::label;
  field.is_private = declared.is_private;
  field.type = type_of(declared.type);
  if (auto before = into.find(field.name)) {
    report(Code::duplicate_name, declared.name.span, "`" + into.name + "` has a field `" + field.name + "` already")
        .labels.push_back({into.fields[*before].span, "the first one"});
    return;
  }
  if ((field.is_key || field.is_label) && record.kind != ast::RecordDecl::Kind::subject) {
    report(Code::bad_subject, declared.name.span,
           std::string("only a subject has a ") + (field.is_key ? "key" : "label"));
    field.is_key = field.is_label = false;
  }
  if (field.is_key || field.is_label) {
    const std::string role = field.is_key ? "key" : "label";
    if (field.is_private) {
      report(Code::private_value, declared.name.span,
             "`" + field.name + "` is private, but it is the " + role + ", which stands in every result")
          .help = "leave `private` out, or take another field as the " + role;
      field.is_private = false;
    }
    const TypeId scalar = field.is_label ? program_.types.without_optional(field.type) : field.type;
    if (field.type != types::kError && !program_.types.is_scalar(scalar)) {
      report(Code::bad_subject, declared.type.span,
             "a " + role + " is one value that is " + (field.is_key ? "always there" : "shown") + ", not a `" +
                 type_name(field.type) + "`");
      field.type = types::kError;
    }
  }
  if (declared.range != ast::kNoExpr) field.range = field_range(declared.range, field.type);
  field.fresh = field_freshness(declared.fresh, field.type);
  into.add(std::move(field));
}

void Checker::add_evidence_fields(types::Record& record) {
  const TypeId optional_time = program_.types.optional(types::kTime);
  const TypeId optional_text = program_.types.optional(types::kText);
  const std::pair<const char*, TypeId> built_in[] = {
      {"collected", types::kTime}, {"expires", optional_time}, {"by", optional_text}, {"ref", optional_text}};
  for (const auto& [name, type] : built_in) {
    if (auto own = record.find(name)) {
      report(Code::duplicate_name, record.fields[*own].span,
             std::string("every evidence has a field `") + name + "` already")
          .help = "leave it out, or give yours another name";
      std::vector<types::Field> others = std::move(record.fields);
      others.erase(others.begin() + *own);
      record.fields.clear();
      record.by_name.clear();
      for (types::Field& each : others) record.add(std::move(each));
    }
    types::Field field;
    field.name = name;
    field.type = type;
    field.built_in = true;
    field.span = record.span;
    record.add(std::move(field));
  }
}

void Checker::check_subject(const ast::RecordDecl& declared, const types::Record& record) {
  const types::Field* key = nullptr;
  const types::Field* label = nullptr;
  bool own_broken = declared.incomplete;
  for (const types::Field& field : record.fields) {
    auto second = [&](const types::Field*& first, const char* word) {
      if (first == nullptr) {
        first = &field;
        return;
      }
      report(Code::bad_subject, field.span, "`" + record.name + "` has a " + word + " already")
          .labels.push_back({first->span, std::string("the ") + word});
    };
    if (field.is_key) second(key, "key");
    if (field.is_label) second(label, "label");
    own_broken = own_broken || (field.is_key && field.type == types::kError);
  }
  if (key == nullptr && !own_broken && (declared.extends.parts.empty() || record.extends)) {
    report(Code::bad_subject, declared.name.span, "`" + record.name + "` has no key").help =
        "mark the field that tells subjects apart: `key id: text`";
  }
}

types::Freshness Checker::field_freshness(ast::ExprId written, TypeId type) {
  if (written == ast::kNoExpr) return {};
  const TypeId inner = program_.types.innermost(type);
  if (inner == types::kError) return {};
  if (!program_.types.is_record(inner) || program_.types.record_of(inner).kind != types::RecordKind::evidence) {
    report(Code::bad_freshness, expr_at(written).span,
           "only evidence can be fresh, and `" + type_name(type) + "` is none")
        .help = program_.types.is_record(inner)
                    ? "declare it as `evidence " + type_name(inner) + " { ... }`: it then has `collected`"
                    : "declare what is collected as `evidence R { ... }`: it then has `collected`";
    return {};
  }
  return freshness(written);
}

types::Freshness Checker::freshness(ast::ExprId written) {
  const ast::Expr& expr = expr_at(written);
  types::Freshness fresh;
  fresh.span = expr.span;
  const auto complain = [&] {
    report(Code::bad_freshness, expr.span, "freshness is a duration, a period, or a param of one").help =
        "write `fresh for 90 days`, `fresh for 6 months` or the name of a param";
  };
  if (expr.kind == ast::Expr::Kind::error) return fresh;
  if (expr.kind == ast::Expr::Kind::literal) {
    if (const auto* duration = std::get_if<base::Duration>(&expr.value)) {
      fresh.kind = types::Freshness::Kind::duration;
      fresh.duration = *duration;
    } else if (const auto* period = std::get_if<base::Period>(&expr.value)) {
      fresh.kind = types::Freshness::Kind::period;
      fresh.period = *period;
    } else {
      complain();
    }
    return fresh;
  }
  const Qualified found = resolve_qualified(written);
  if (found.kind == Qualified::Kind::value && found.value.kind == Value::Kind::param) {
    const typed::Param& param = program_.params[found.value.index];
    if (param.type == types::kDuration || param.type == types::kPeriod) {
      fresh.kind = types::Freshness::Kind::param;
      fresh.param = found.value.index;
    } else if (param.type != types::kError) {
      complain();
    }
    return fresh;
  }
  if (found.kind == Qualified::Kind::none && expr.kind == ast::Expr::Kind::name) {
    unknown(Code::unknown_name, expr.name, "no param `" + expr.name.text + "`", visible_values());
  } else {
    complain();
  }
  return fresh;
}

std::optional<types::Range> Checker::field_range(ast::ExprId written, TypeId type) {
  const TypeId inner = program_.types.without_optional(type);
  if (inner == types::kError) return std::nullopt;
  if (!types::is_ordered(program_.types, inner)) {
    report(Code::no_order, expr_at(written).span, "`" + type_name(type) + "` has no order, so no range");
    return std::nullopt;
  }
  return range_of(written, inner);
}

}  // namespace muster::check
