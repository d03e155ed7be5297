// SPDX-License-Identifier: Apache-2.0
// Bindings: what is bound, by what its rows are found, and from where its fields are read.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

namespace {

std::string dotted(const std::vector<ast::Name>& parts) {
  std::string text;
  for (const ast::Name& part : parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

Span span_of(const std::vector<ast::Name>& parts) { return base::join(parts.front().span, parts.back().span); }

using FieldPath = std::vector<types::FieldIndex>;
using BoundPaths = std::map<FieldPath, Span>;

// What was bound before and holds `path`, is it, or is a part of it.
const BoundPaths::value_type* find_clash(const BoundPaths& before, const FieldPath& path) {
  FieldPath whole;
  for (types::FieldIndex field : path) {
    whole.push_back(field);
    if (auto found = before.find(whole); found != before.end()) return &*found;
  }
  // Parts of `path` sort right behind it.
  const auto part = before.lower_bound(path);
  if (part == before.end() || part->first.size() < path.size()) return nullptr;
  return std::equal(path.begin(), path.end(), part->first.begin()) ? &*part : nullptr;
}

}  // namespace

void Checker::check_bindings(std::uint32_t module) {
  bound_here_.clear();
  for (const ast::BindDecl& declared : ast_of(module).binds) check_bind(declared);
}

void Checker::check_bind(const ast::BindDecl& declared) {
  typed::Binding binding;
  binding.module = modules_[module_].name;
  binding.span = declared.target.span;
  const bool source_found = find_source(declared.source, binding);
  if (!find_bind_target(declared, binding)) return;
  check_join(declared, binding);
  check_bound_fields(declared, binding);
  if (auto [first, fresh] =
          bound_here_.emplace(BoundThing{binding.shared, binding.subject, binding.target}, binding.span);
      !fresh) {
    report(Code::bound_twice, binding.span, "`" + dotted(declared.target.parts) + "` is bound already")
        .labels.push_back({first->second, "the first binding"});
    return;
  }
  if (source_found) program_.bindings.push_back(std::move(binding));
}

bool Checker::find_source(const ast::Name& name, typed::Binding& binding) {
  if (name.empty()) return false;
  const auto& sources = scopes_[module_].sources;
  if (auto found = sources.find(name.text); found != sources.end()) {
    note_use(name.span, found->second.span);
    binding.source = found->second.index;
    return true;
  }
  if (may_be_missing(module_, name.text)) return false;
  std::vector<std::string> candidates;
  for (const auto& [known, place] : sources) candidates.push_back(known);
  base::Diagnostic& problem = unknown(Code::unknown_source, name, "no source `" + name.text + "`", candidates);
  if (scopes_[module_].types.count(name.text) > 0) {
    problem.help = "write `bind " + name.text + " from SOURCE`: what is bound stands first";
  } else if (problem.help.empty()) {
    problem.help = "declare it: `source " + name.text + " = ndjson \"" + name.text + ".ndjson\"`";
  }
  return false;
}

// `Project`, `Project.support`, `approvers`, each perhaps behind the name of a module.
bool Checker::find_bind_target(const ast::BindDecl& declared, typed::Binding& binding) {
  const std::vector<ast::Name>& parts = declared.target.parts;
  if (parts.empty()) return false;
  const ModuleScope* scope = &scopes_[module_];
  std::size_t at = 0;
  if (parts.size() > 1 && scope->values.count(parts[0].text) == 0) {
    if (const Indexed* module = find_module(parts[0].text)) {
      note_use(parts[0].span, module->span);
      scope = &scopes_[module->index];
      at = 1;
    }
  }
  const ast::Name& name = parts[at];
  const auto value = scope->values.find(name.text);
  const auto type = scope->types.find(name.text);
  if (value != scope->values.end() && value->second.kind == Value::Kind::shared) {
    note_use(name.span, value->second);
    if (parts.size() > at + 1) {
      report(Code::unknown_target, parts[at + 1].span, "shared evidence is bound as a whole").help =
          "write `bind " + name.text + " from ... { " + parts[at + 1].text + " <- ... }`";
      return false;
    }
    binding.shared = value->second.index;
    binding.type = program_.shared[value->second.index].type;
    return can_have_rows(name.span, dotted(parts), binding.type);
  }
  if (type != scope->types.end() && type->second.kind == NamedType::Kind::record &&
      program_.types.record_at(type->second.id).kind == types::RecordKind::subject) {
    note_use(name.span, type->second);
    binding.subject = type->second.id;
    binding.type = program_.types.record(type->second.id);
    if (parts.size() == at + 1) return true;
    if (!find_field_path(binding.subject, parts, at + 1, binding.target, binding.type)) return false;
    return can_have_rows(parts.back().span, dotted(parts), binding.type);
  }
  if (program_.waiver_rows && value == scope->values.end() && type == scope->types.end() && declared.is_of_waivers()) {
    binding.shared = *program_.waiver_rows;
    binding.type = program_.shared[*program_.waiver_rows].type;
    return true;
  }
  if (value != scope->values.end() || type != scope->types.end()) {
    report(Code::unknown_target, name.span, "`" + name.text + "` is neither a subject nor shared evidence").help =
        type != scope->types.end() ? "bind the field that holds it: `bind Subject.field from ... on ...`"
                                   : "bind a subject, a field of it, or shared evidence";
    return false;
  }
  if (may_be_missing(at == 0 ? module_ : find_module(parts[0].text)->index, name.text)) return false;
  // `bind SOURCE from SUBJECT` is reported once, at what should be the source.
  const auto& sources = scopes_[module_].sources;
  if (sources.count(name.text) > 0 && sources.count(declared.source.text) == 0) return false;
  std::vector<std::string> candidates;
  for (const auto& [known, each] : scope->types) {
    if (each.kind == NamedType::Kind::record && program_.types.record_at(each.id).kind == types::RecordKind::subject)
      candidates.push_back(known);
  }
  for (const auto& [known, each] : scope->values) {
    if (each.kind == Value::Kind::shared) candidates.push_back(known);
  }
  base::Diagnostic& problem = unknown(Code::unknown_target, name,
                                      "no subject and no shared evidence is called `" + name.text + "`", candidates);
  if (std::string import = import_help(name.text); !import.empty() && parts.size() == at + 1 && at == 0)
    problem.help = std::move(import);
  return false;
}

// Rows make records, or the elements of a list.
bool Checker::can_have_rows(Span span, const std::string& target, TypeId type) {
  const TypeId inner = program_.types.without_optional(type);
  if (inner == types::kError) return false;
  if (program_.types.is_record(inner)) return true;
  if (program_.types.is_list(inner)) {
    const TypeId element = program_.types.without_optional(program_.types.element(inner));
    if (element == types::kError) return false;
    if (program_.types.is_record(element) || program_.types.is_scalar(element)) return true;
  }
  report(Code::unknown_target, span, "rows can't be bound to `" + target + "`, which is `" + type_name(type) + "`")
      .help =
      "a source gives rows to a record, a list of records or a list of single values; read one value within the `bind` "
      "of its record";
  return false;
}

bool Checker::find_field_path(types::RecordId record_id, const std::vector<ast::Name>& parts, std::size_t from,
                              std::vector<types::FieldIndex>& path, TypeId& type) {
  for (std::size_t i = from; i < parts.size(); ++i) {
    const types::Record& record = program_.types.record_at(record_id);
    const auto field = record.find(parts[i].text);
    if (!field) {
      if (fields_may_be_missing(record_id)) return false;
      std::vector<std::string> candidates;
      for (const types::Field& each : record.fields) candidates.push_back(each.name);
      unknown(Code::unknown_target, parts[i], "`" + record.name + "` has no field `" + parts[i].text + "`", candidates);
      return false;
    }
    if (!record.fields[*field].built_in) note_use(parts[i].span, record.fields[*field].span);
    path.push_back(*field);
    type = record.fields[*field].type;
    if (i + 1 == parts.size()) return true;
    const TypeId inner = program_.types.without_optional(type);
    if (inner == types::kError) return false;
    if (!program_.types.is_record(inner)) {
      report(Code::unknown_target, parts[i + 1].span,
             "`" + parts[i].text + "` has no fields to bind: it is `" + type_name(type) + "`")
          .help =
          program_.types.is_list(inner)
              ? "bind the list itself: its elements are read from an array, or from rows by `bind ... from ... on`"
              : "";
      return false;
    }
    record_id = program_.types.get(inner).id;
  }
  return true;
}

void Checker::check_join(const ast::BindDecl& declared, typed::Binding& binding) {
  const std::string target = dotted(declared.target.parts);
  if (binding.shared || binding.target.empty()) {
    if (declared.joins.empty()) return;
    report(Code::bad_join, declared.joins.front().source_path.span,
           "`on` has no meaning here: " + (binding.shared ? "`" + target + "` is the same for all subjects"
                                                          : "each row is a `" + target + "` of its own"))
        .help = "leave it out; rows are joined to fields of a subject";
    return;
  }
  if (declared.joins.empty()) {
    if (declared.incomplete) return;
    report(Code::bad_join, declared.target.span, "nothing says which rows belong to which subject").help =
        "write `bind " + target + " from " + declared.source.text +
        " on KEY`, where KEY is what a row calls its subject";
    return;
  }
  const types::Record& subject = program_.types.record_at(binding.subject);
  for (const ast::BindDecl::Join& join : declared.joins) {
    typed::JoinPair pair;
    if (join.subject_field.empty()) {
      const auto key = subject.key();
      if (!key) return;  // reported where the subject stands
      pair.subject_field = {*key};
      pair.type = subject.fields[*key].type;
    } else if (!find_field_path(binding.subject, {join.subject_field}, 0, pair.subject_field, pair.type)) {
      continue;
    }
    pair.type = program_.types.without_optional(pair.type);
    if (pair.type == types::kError) continue;
    if (!program_.types.is_scalar(pair.type)) {
      report(
          Code::bad_join, join.subject_field.span,
          "rows are joined by single values, and `" + join.subject_field.text + "` is `" + type_name(pair.type) + "`");
      continue;
    }
    if (join.source_path.parts.empty()) {
      report(Code::bad_join, join.source_path.span, "a join reads a key of the row, not the row as a whole");
      continue;
    }
    pair.source = check_path(join.source_path, pair.type);
    check_subject_converters(join, pair);
    binding.joins.push_back(std::move(pair));
  }
}

void Checker::check_bound_fields(const ast::BindDecl& declared, typed::Binding& binding) {
  TypeId row = program_.types.without_optional(binding.type);
  if (program_.types.is_list(row)) row = program_.types.without_optional(program_.types.element(row));
  const std::string target = dotted(declared.target.parts);
  if (!program_.types.is_record(row)) {
    if (declared.scalar) {
      binding.scalar = check_path(*declared.scalar, row);
    } else if (!declared.incomplete) {
      report(Code::unknown_target, declared.target.span,
             "`" + target + "` holds single values, which have no fields to bind")
          .help = "say what each row gives: `bind " + target + " from " + declared.source.text +
                  (declared.joins.empty() ? "" : " on ...") + " <- path`";
    }
    return;
  }
  if (declared.scalar) {
    report(Code::unknown_target, declared.scalar->span, "`" + target + "` holds records, not single values").help =
        "say which field is read from where: `{ field <- path }`";
    return;
  }
  BoundPaths before;
  for (const ast::BindDecl::Field& field : declared.fields) {
    if (field.target.empty()) continue;
    typed::BoundField bound;
    bound.span = span_of(field.target);
    TypeId type = types::kError;
    if (!find_field_path(program_.types.get(row).id, field.target, 0, bound.target, type)) continue;
    if (const auto* clash = find_clash(before, bound.target)) {
      report(Code::bound_twice, bound.span,
             "`" + dotted(field.target) + "` is bound already" +
                 (clash->first.size() == bound.target.size() ? "" : ", as a part or as a whole"))
          .labels.push_back({clash->second, "the first binding"});
      continue;
    }
    before.emplace(bound.target, bound.span);
    bound.from = check_path(field.from, type);
    binding.fields.push_back(std::move(bound));
  }
}

}  // namespace muster::check
