// SPDX-License-Identifier: Apache-2.0
// Who is visible where. Values nest: module, subject, policy, criterion or gate, variables; an inner name hides
// an outer one.
#include "base/similar_name.h"
#include "compiler/check/checker.h"
#include "compiler/check/declare.h"

namespace muster::check {

namespace {

std::string dotted(const ast::Path& path) {
  std::string text;
  for (const ast::Name& part : path.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

template <class Thing>
std::vector<std::string> keys(const Names<Thing>& names) {
  std::vector<std::string> list;
  for (const auto& [name, thing] : names) list.push_back(name);
  return list;
}

}  // namespace

void Checker::import_types(std::uint32_t module) {
  ModuleScope& scope = scopes_[module];
  const auto& imports = ast_of(module).imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const ast::Import& import = imports[i];
    const auto target = modules_[module].imports[i];
    if (!target || import.module.parts.empty()) continue;
    const ast::Name& name = import.alias.empty() ? import.module.parts.back() : import.alias;
    declare(scope.modules, name, Indexed{*target, name.span}, "module");
    for (const ast::Name& wanted : import.names) {
      const auto& types = scopes_[*target].types;
      if (auto found = types.find(wanted.text); found != types.end()) {
        note_use(wanted.span, found->second);
        declare(scope.types, wanted, NamedType{found->second.kind, found->second.id, wanted.span}, "type");
      }
    }
  }
}

void Checker::import_values(std::uint32_t module) {
  ModuleScope& scope = scopes_[module];
  const auto& imports = ast_of(module).imports;
  for (std::size_t i = 0; i < imports.size(); ++i) {
    const auto target = modules_[module].imports[i];
    if (!target) continue;
    const ModuleScope& from = scopes_[*target];
    for (const ast::Name& wanted : imports[i].names) {
      bool found = from.types.count(wanted.text) > 0;
      if (auto value = from.values.find(wanted.text); value != from.values.end()) {
        note_use(wanted.span, value->second);
        found =
            declare(scope.values, wanted, Value{value->second.kind, value->second.index, wanted.span}, "value") || true;
      }
      auto take = [&](const Names<Indexed>& theirs, Names<Indexed>& ours, std::string_view what) {
        auto thing = theirs.find(wanted.text);
        if (thing == theirs.end()) return;
        note_use(wanted.span, thing->second.span);
        declare(ours, wanted, Indexed{thing->second.index, wanted.span}, what);
        found = true;
      };
      take(from.policies, scope.policies, "policy");
      take(from.sources, scope.sources, "source");
      take(from.fixtures, scope.fixtures, "fixture");
      if (found) continue;
      std::vector<std::string> candidates = keys(from.types);
      for (const auto& more : {keys(from.values), keys(from.policies), keys(from.sources), keys(from.fixtures)}) {
        candidates.insert(candidates.end(), more.begin(), more.end());
      }
      unknown(Code::unknown_name, wanted, "module `" + modules_[*target].name + "` declares no `" + wanted.text + "`",
              candidates);
    }
  }
}

std::optional<Value> Checker::find_value(std::string_view name) const {
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->first != name) continue;
    if (is_also_a_field(local->second, name)) return Value{Value::Kind::ambiguous, 0, local->second.span};
    return local->second;
  }
  return find_outer_value(name);
}

// Below the lets and variables of a criterion, gate or define.
std::optional<Value> Checker::find_outer_value(std::string_view name) const {
  if (auto value = find_policy_value(name)) return value;
  if (subject_) {
    if (auto field = program_.types.record_at(*subject_).find(name)) {
      return Value{Value::Kind::field, *field, program_.types.record_at(*subject_).fields[*field].span};
    }
  }
  const auto& values = scopes_[module_].values;
  if (auto found = values.find(name); found != values.end()) return found->second;
  return std::nullopt;
}

// Lets, and where they may be read scores and gates; and the params that what the policy extends reads. Of
// inherited text the names are those that it saw where it was written, and what they stand for is the policy's.
std::optional<Value> Checker::find_policy_value(std::string_view name) const {
  if (text_ == nullptr) return std::nullopt;
  std::optional<Value> value;
  if (auto found = text_->values.find(name); found != text_->values.end()) {
    const bool is_part = found->second.kind == Value::Kind::score || found->second.kind == Value::Kind::gate;
    if (!is_part || is_score_or_gate_here()) value = found->second;
    if (value && is_part) {
      const auto current = policy_->values.find(name);
      if (current == policy_->values.end() || current->second.kind != value->kind) {
        return Value{Value::Kind::dropped, value->kind == Value::Kind::score ? 1u : 0u, value->span};
      }
      value->index = current->second.index;
    }
  }
  if (!value && text_ == policy_ && is_score_or_gate_here()) {
    for (const auto* of : {&policy_->of_gates, &policy_->of_scores}) {
      const auto asked = of->find(name);
      if (asked == of->end() || asked->second.whole == nullptr) continue;
      return Value{Value::Kind::dropped, of == &policy_->of_scores ? 1u : 0u, asked->second.whole->target.span};
    }
  }
  if (!value) {
    const auto param = text_->inherited_params.find(name);
    if (param != text_->inherited_params.end()) value = param->second;
  }
  if (value && is_also_a_field(*value, name)) value->kind = Value::Kind::ambiguous;
  return value;
}

// Of the wider subject, and not of that which the extended policy judges.
bool Checker::is_also_a_field(const Value& value, std::string_view name) const {
  if (!value.inherited || text_ == nullptr || text_->base == nullptr) return false;
  const auto field = program_.types.record_at(text_->policy.subject).find(name);
  return field && *field >= program_.types.record_at(text_->base->policy.subject).fields.size();
}

std::vector<std::string> Checker::visible_values() const {
  std::vector<std::string> names;
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) names.push_back(local->first);
  if (text_ != nullptr) {
    for (const auto* values : {&text_->values, &text_->inherited_params}) {
      for (const auto& [name, value] : *values) {
        if (find_value(name)) names.push_back(name);
      }
    }
  }
  if (subject_) {
    for (const types::Field& field : program_.types.record_at(*subject_).fields) names.push_back(field.name);
  }
  for (const std::string& name : keys(scopes_[module_].values)) names.push_back(name);
  names.push_back("today");
  names.push_back("now");
  return names;
}

void Checker::warn_if_hidden(const ast::Name& name) {
  auto outer = find_value(name.text);
  if (!outer) return;
  base::Diagnostic& lint = report(Code::hidden_name, name.span, "`" + name.text + "` hides another value of this name");
  lint.labels.push_back({outer->span, "this one can't be read here any more"});
  lint.help = "give it a name of its own";
}

const Indexed* Checker::find_module(std::string_view name) const {
  auto found = scopes_[module_].modules.find(name);
  return found == scopes_[module_].modules.end() ? nullptr : &found->second;
}

// Where the last part of a path is looked up.
std::uint32_t Checker::module_of(const ast::Path& path) const {
  const Indexed* module = path.parts.size() == 2 ? find_module(path.parts[0].text) : nullptr;
  return module == nullptr ? module_ : module->index;
}

const ModuleScope* Checker::scope_named_by(const ast::Path& path) {
  const ModuleScope& here = scopes_[module_];
  if (path.parts.size() != 2) return &here;
  const ast::Name& name = path.parts.front();
  if (const Indexed* module = find_module(name.text)) {
    note_use(name.span, module->span);
    return &scopes_[module->index];
  }
  if (!may_be_missing(module_, name.text)) {
    unknown(Code::unknown_name, name, "no module `" + name.text + "` is imported here", keys(here.modules));
  }
  return nullptr;
}

std::optional<std::uint32_t> Checker::find_policy(const ast::Path& path, std::string_view use) {
  if (path.parts.empty()) return std::nullopt;
  const ModuleScope* scope = scope_named_by(path);
  if (scope == nullptr) return std::nullopt;
  const ast::Name& name = path.parts.back();
  auto found = path.parts.size() > 2 ? scope->policies.end() : scope->policies.find(name.text);
  if (found == scope->policies.end()) {
    if (may_be_missing(module_of(path), name.text)) return std::nullopt;
    base::Diagnostic& problem = unknown(Code::unknown_name, name,
                                        "no policy `" + dotted(path) + "` " + std::string(use), keys(scope->policies));
    problem.span = path.span;
    return std::nullopt;
  }
  note_use(name.span, found->second.span);
  return found->second.index;
}

std::optional<NamedType> Checker::find_type(const ast::Path& path) {
  const ModuleScope* scope = scope_named_by(path);
  if (scope == nullptr) return std::nullopt;
  const ast::Name& name = path.parts.back();
  auto found = path.parts.size() > 2 ? scope->types.end() : scope->types.find(name.text);
  if (found != scope->types.end()) {
    note_use(name.span, found->second);
    return found->second;
  }
  if (may_be_missing(module_of(path), name.text)) return std::nullopt;
  std::vector<std::string> candidates = keys(scope->types);
  for (const char* built_in :
       {"bool", "int", "number", "percent", "text", "date", "time", "duration", "period", "version"}) {
    candidates.emplace_back(built_in);
  }
  static const std::map<std::string, std::string, std::less<>> other_words = {
      {"string", "text"},        {"str", "text"},       {"char", "text"},       {"uuid", "text"},
      {"url", "text"},           {"boolean", "bool"},   {"integer", "int"},     {"long", "int"},
      {"float", "number"},       {"double", "number"},  {"decimal", "number"},  {"money", "number"},
      {"datetime", "time"},      {"timestamp", "time"}, {"instant", "time"},    {"interval", "duration"},
      {"timedelta", "duration"}, {"list", "list of T"}, {"lists", "list of T"}, {"array", "list of T"},
      {"set", "list of T"},      {"option", "T?"},      {"optional", "T?"},     {"nullable", "T?"}};
  base::Diagnostic& problem = unknown(Code::unknown_type, name, "no type `" + dotted(path) + "`", candidates);
  problem.span = path.span;
  std::string small = name.text;
  for (char& letter : small)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
  if (std::string import = import_help(name.text); !import.empty() && path.parts.size() == 1) {
    problem.help = std::move(import);
  } else if (auto other = other_words.find(small); other != other_words.end()) {
    problem.help = "write `" + other->second + "`";
  } else if (small == "object" || small == "map" || small == "dict" || small == "any") {
    problem.help = "declare what it holds: `record NAME { ... }`, and write that name here";
  } else if (problem.help.empty()) {
    problem.help = "declare it with `record`, `enum`, `evidence` or `subject`, or import it";
  }
  return std::nullopt;
}

// Where a module that is imported as a whole declares the type.
std::string Checker::import_help(const std::string& type) const {
  for (const auto& [alias, module] : scopes_[module_].modules) {
    if (scopes_[module.index].types.count(type) == 0) continue;
    return "write `" + alias + "." + type + "`, or import the name: `import " + modules_[module.index].name + " (" +
           type + ")`";
  }
  return {};
}

std::optional<types::RecordId> Checker::subject_of(const ast::Path& path) {
  if (path.parts.empty()) return std::nullopt;
  auto type = find_type(path);
  if (!type) return std::nullopt;
  if (type->kind != NamedType::Kind::record || program_.types.record_at(type->id).kind != types::RecordKind::subject) {
    report(Code::no_subject, path.span, "`" + dotted(path) + "` is no subject").help =
        "declare it with `subject " + path.parts.back().text + " { key id: text ... }`";
    return std::nullopt;
  }
  return type->id;
}

}  // namespace muster::check
