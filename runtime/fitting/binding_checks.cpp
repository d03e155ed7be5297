// SPDX-License-Identifier: Apache-2.0
#include "runtime/fitting/binding_checks.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/shown_line.h"
#include "compiler/typed/default_keys.h"
#include "runtime/ingest/accepted_form.h"
#include "runtime/ingest/record_plan.h"

namespace muster::fitting {

using base::Code;
using types::FieldIndex;

namespace {

constexpr const char* kSoNone = ", so none can be read";

}  // namespace

// ---- Keys that bindings name ----

void BindingChecks::check_keys() {
  if (const auto* binding = subject_binding()) check_keys(*binding, read_.files.of_subjects());
  for (const std::uint32_t join : read_.choice.joins) {
    const typed::Binding& binding = program_.bindings[join];
    check_keys(binding, read_.files.of_source(binding.source));
  }
  for (const auto& shared : read_.choice.shared) {
    if (!shared) continue;
    const typed::Binding& binding = program_.bindings[*shared];
    check_keys(binding, read_.files.of_source(binding.source));
  }
}

// Lines of fields that this policy doesn't read, too: a binding is held against a file as a whole.
void BindingChecks::check_keys(const typed::Binding& binding, const Files& files) {
  if (read_.files.records(files) == 0) return;
  const bool is_closed = program_.sources[binding.source].completeness == typed::Completeness::rows_and_keys;
  const auto may_lack = [&](const typed::SourcePath& path) {
    return is_closed && !path.converters.empty() && path.converters.back().kind == typed::Converter::Kind::present;
  };
  for (const typed::JoinPair& pair : binding.joins) check_key(binding.span, pair.source.keys, files, KeyOf::field);
  for (const typed::BoundField& line : binding.fields) {
    if (!may_lack(line.from) && !is_path_into_cell(line))
      check_key(line.span, line.from.keys, files, key_of(binding, line));
  }
  if (binding.scalar && !may_lack(*binding.scalar)) check_key(binding.span, binding.scalar->keys, files, KeyOf::field);
}

// Without its key a record can't be read, which is more than a key that isn't there.
BindingChecks::KeyOf BindingChecks::key_of(const typed::Binding& binding, const typed::BoundField& line) const {
  const bool is_key = line.target == ingest::FieldPath{*types_.record_at(read_.subject).key()};
  return is_key && &binding == subject_binding() ? KeyOf::subject : KeyOf::field;
}

void BindingChecks::check_key(base::Span place, const Keys& path, const Files& files, KeyOf of) {
  if (read_.files.have(files, path)) return;
  const std::string message = "no record of " + read_.files.named(files) + " has `" + dotted(path) + "`";
  auto& reported = of == KeyOf::subject ? diagnostics_.report(Code::unreadable_record, place, message + kSoNone)
                                        : diagnostics_.report(Code::missing_column, place, message);
  reported.help = read_.files.instead_of(files, path);
  told_.emplace(place.file, place.begin);
  told_of_no_key_ = told_of_no_key_ || of == KeyOf::subject;
}

// ---- Fields in use ----

void BindingChecks::check_fields() {
  Scope scope;
  scope.binding = subject_binding();
  scope.files = read_.files.of_subjects();
  scope.of_subject = ingest::FieldPath();
  scope.span = scope.binding != nullptr ? scope.binding->span : types_.record_at(read_.subject).span;
  if (read_.subjects.known == 0 && read_.files.records(scope.files) > 0) {
    const types::Record& record = types_.record_at(read_.subject);
    const types::Field& key = record.fields[*record.key()];
    const auto* line = line_of(scope, *record.key());
    if (line == nullptr && !keys_of(scope, key, line)) {
      Scope of_key = scope;
      of_key.name = key.name;
      report_no_key(key, of_key, place_of(key, scope, line), KeyOf::subject);
    }
  }
  check_record(read_.subject, read_.subjects, scope);
  for (std::uint32_t index = 0; index < read_.shared.size(); ++index) {
    if (!read_.shared[index]) continue;
    const typed::Binding& binding = program_.bindings[*read_.choice.shared[index]];
    Scope of_shared;
    of_shared.binding = &binding;
    of_shared.files = read_.files.of_source(binding.source);
    of_shared.is_shared = true;
    of_shared.name = program_.shared[index].name;
    of_shared.span = binding.span;
    if (read_.files.records(of_shared.files) > 0) check_inside(binding.type, *read_.shared[index], of_shared);
  }
}

void BindingChecks::check_record(types::RecordId id, const ValueCounts& counts, const Scope& scope) {
  const types::Record& record = types_.record_at(id);
  for (const auto& [index, of_field] : counts.fields) {
    if (of_field.all() > 0) check_field(record, index, of_field, scope);
  }
}

void BindingChecks::check_field(const types::Record& record, FieldIndex index, const ValueCounts& counts,
                                const Scope& scope) {
  const types::Field& field = record.fields[index];
  Scope inside = scope;
  inside.name += (scope.name.empty() ? "" : ".") + field.name;
  inside.target.push_back(index);
  if (inside.of_subject) inside.of_subject->push_back(index);
  if (const auto* joined = join_of(scope, index)) return check_joined(*joined, field.type, counts, std::move(inside));

  const auto* line = line_of(scope, index);
  const base::Span place = place_of(field, scope, line);
  const auto parts = parts_of(scope, index);
  const auto told = [this](const typed::BoundField* each) { return is_told(*each); };
  if ((line != nullptr && is_told(*line)) || (counts.never_decided() && std::any_of(parts.begin(), parts.end(), told)))
    return;
  const auto keys = keys_of(scope, field, line);
  if (counts.never_decided()) {
    if (line == nullptr && counts.unfit == 0 && scope.keys && !keys && parts.empty())
      report_no_key(field, inside, place, KeyOf::field);
    else
      report_undecided({field.type, field.range ? &*field.range : nullptr, line, place}, counts, inside);
    return;
  }
  inside.keys = line != nullptr && ingest::key_converter(&line->from) != nullptr ? std::nullopt : keys;
  inside.span = place;
  inside.bindable = scope.bindable && types_.is_record(types_.without_optional(field.type));
  check_inside(field.type, counts, std::move(inside));
}

void BindingChecks::check_joined(const typed::Binding& binding, types::TypeId type, const ValueCounts& counts,
                                 Scope scope) {
  const Files of_rows = read_.files.of_source(binding.source);
  if (read_.files.records(of_rows) == 0 || told_.count({binding.span.file, binding.span.begin}) > 0) return;
  if (!has_own_keys(binding)) return;
  const bool is_list = types_.is_list(types_.without_optional(type));
  const bool has_rows =
      counts.unfit > 0 || (is_list ? counts.element != nullptr && counts.element->all() > 0 : counts.known > 0);
  if (!has_rows) return report_no_rows(binding, scope);
  scope.binding = &binding;
  scope.files = of_rows;
  scope.target.clear();
  scope.bindable = true;
  scope.keys = Keys();
  scope.span = binding.span;
  // The cause is told, at a row: that it may be anybody's (MU0501), or is one too many (MU0504).
  if (counts.never_decided()) return;
  check_inside(type, counts, std::move(scope));
}

// The elements of a list, the fields of a record.
void BindingChecks::check_inside(types::TypeId type, const ValueCounts& counts, Scope scope) {
  const ValueCounts* at = &counts;
  for (type = types_.without_optional(type); types_.is_list(type); type = types_.without_optional(type)) {
    if (!at->element) return;
    at = at->element.get();
    type = types_.element(type);
    scope.name += "[]";
    scope.of_subject.reset();
    if (!at->never_decided()) continue;
    return report_undecided({type, nullptr, nullptr, scope.span}, *at, scope);
  }
  if (types_.is_record(type)) check_record(types_.get(type).id, *at, scope);
}

// ---- What is said of them ----

void BindingChecks::report_undecided(const Undecided& undecided, const ValueCounts& counts, const Scope& scope) {
  const std::string of_files = read_.files.named(scope.files);
  if (counts.unfit == 0) {
    report_never_given(scope, undecided.place,
                       "`" + scope.name + "` is null, empty or missing in every record of " + of_files);
    return;
  }
  const types::TypeId type = types_.without_optional(undecided.type);
  std::string takes = types_.name(type);
  if (undecided.range != nullptr) takes += " in " + types::to_text(types_, type, *undecided.range);
  std::string message = fmt::format("no value of `{}` in {} fits `{}`", scope.name, of_files, takes);
  message +=
      counts.unfit_raw ? ": the first is `" + base::short_visible_text(*counts.unfit_raw) + "`" : ": the first is";
  message += " in " + read_.files.place(counts.unfit_at);
  if (counts.missing > 0) {
    message += fmt::format("; in {} {} it is null, empty or missing", counts.missing,
                           counts.missing == 1 ? "other" : "others");
  }
  auto* const reported = report_never_given(scope, undecided.place, std::move(message));
  // What a line converts isn't what the type takes.
  if (reported == nullptr) return;
  if (undecided.line == nullptr || undecided.line->from.converters.empty())
    reported->help = ingest::accepted_form(types_, type);
}

// Nothing where the compiler told of that field already.
base::Diagnostic* BindingChecks::report_never_given(const Scope& scope, base::Span place, std::string message) {
  return is_never_bound(scope) ? nullptr : &diagnostics_.report(Code::never_given, place, std::move(message));
}

// By the words with which the compiler begins: `Service.drills.result` and `an element of` a list.
bool BindingChecks::is_never_bound(const Scope& scope) const {
  std::string name = scope.is_shared ? scope.name : types_.record_at(read_.subject).name + "." + scope.name;
  const bool is_element = name.ends_with("[]");
  for (std::size_t at = name.find("[]"); at != std::string::npos; at = name.find("[]")) name.erase(at, 2);
  const std::string beginning = (is_element ? "an element of `" : "`") + name + "` never has a value: ";
  return std::any_of(read_.never_bound.begin(), read_.never_bound.end(),
                     [&](const base::Diagnostic& each) { return each.message.starts_with(beginning); });
}

// Which the compiler told.
bool BindingChecks::is_path_into_cell(const typed::BoundField& line) const {
  return line.from.keys.size() > 1 && std::any_of(read_.never_bound.begin(), read_.never_bound.end(),
                                                  [&](const base::Diagnostic& each) { return each.span == line.span; });
}

void BindingChecks::report_no_key(const types::Field& field, const Scope& scope, base::Span place, KeyOf of) {
  const Files& files = scope.files;
  const std::string message = "no record of " + read_.files.named(files) + " has a key for `" + scope.name + "`";
  auto* const reported = of == KeyOf::subject ? &diagnostics_.report(Code::unreadable_record, place, message + kSoNone)
                                              : report_never_given(scope, place, message);
  if (reported == nullptr) return;
  told_of_no_key_ = told_of_no_key_ || of == KeyOf::subject;
  const Keys parent = scope.keys.value_or(Keys());
  if (const std::string near = read_.files.near(files, parent, field.name); !near.empty()) {
    Keys path = parent;
    path.push_back(near);
    reported->help = "did you mean `" + dotted(path) + "`?";
    if (scope.bindable) reported->help += " a line of the `bind` can say so";
  } else {
    reported->help = read_.files.present(files, parent);
  }
}

void BindingChecks::report_no_rows(const typed::Binding& binding, const Scope& scope) {
  const Files rows = read_.files.of_source(binding.source);
  const std::string subjects = read_.files.named(read_.files.of_subjects());
  std::string pairs;
  for (const typed::JoinPair& pair : binding.joins) {
    Keys subject;
    types::RecordId record = read_.subject;
    for (const FieldIndex index : pair.subject_field) {
      const types::Field& part = types_.record_at(record).fields[index];
      subject.push_back(part.name);
      if (const auto next = ingest::innermost_record(types_, part.type)) record = *next;
    }
    pairs += (pairs.empty() ? "`" : " and `") + dotted(pair.source.keys) + "` is the `" + dotted(subject) + "`";
  }
  diagnostics_
      .report(Code::never_given, binding.span,
              "no row of " + read_.files.named(rows) + " is joined to any record of " + subjects + ", so `" +
                  scope.name + "` never has one")
      .help = pairs.empty() ? "" : "rows are joined where their " + pairs + " of the record";
}

// ---- Where a field is read, and where that is written ----

const typed::Binding* BindingChecks::subject_binding() const {
  return read_.choice.subject ? &program_.bindings[*read_.choice.subject] : nullptr;
}

const typed::BoundField* BindingChecks::line_of(const Scope& scope, FieldIndex field) const {
  if (scope.binding == nullptr || !scope.bindable) return nullptr;
  ingest::FieldPath target = scope.target;
  target.push_back(field);
  for (const typed::BoundField& each : scope.binding->fields) {
    if (each.target == target) return &each;
  }
  return nullptr;
}

// Lines of what is in a field that is a record.
std::vector<const typed::BoundField*> BindingChecks::parts_of(const Scope& scope, FieldIndex field) const {
  std::vector<const typed::BoundField*> parts;
  if (scope.binding == nullptr || !scope.bindable) return parts;
  ingest::FieldPath target = scope.target;
  target.push_back(field);
  for (const typed::BoundField& each : scope.binding->fields) {
    if (each.target.size() > target.size() && std::equal(target.begin(), target.end(), each.target.begin()))
      parts.push_back(&each);
  }
  return parts;
}

bool BindingChecks::is_told(const typed::BoundField& line) const {
  return told_.count({line.span.file, line.span.begin}) > 0;
}

// Whether subjects ever have what rows are joined by. Where they don't, that is what is told.
bool BindingChecks::has_own_keys(const typed::Binding& joined) const {
  return std::all_of(joined.joins.begin(), joined.joins.end(), [&](const typed::JoinPair& pair) {
    const ValueCounts* at = &read_.subjects;
    for (const FieldIndex field : pair.subject_field) {
      const auto found = at->fields.find(field);
      if (found == at->fields.end()) return false;
      at = &found->second;
    }
    return at->known > 0;
  });
}

const typed::Binding* BindingChecks::join_of(const Scope& scope, FieldIndex field) const {
  if (!scope.of_subject) return nullptr;
  ingest::FieldPath target = *scope.of_subject;
  target.push_back(field);
  for (const std::uint32_t join : read_.choice.joins) {
    if (program_.bindings[join].target == target) return &program_.bindings[join];
  }
  return nullptr;
}

// Nothing: no record has it, or it may stand in several places.
std::optional<Keys> BindingChecks::keys_of(const Scope& scope, const types::Field& field,
                                           const typed::BoundField* line) const {
  if (line != nullptr) return line->from.keys;
  if (!scope.keys) return std::nullopt;
  Keys path = *scope.keys;
  path.emplace_back();
  for (const std::string& name : typed::default_keys(field.name)) {
    path.back() = name;
    if (read_.files.have(scope.files, path)) return path;
  }
  return std::nullopt;
}

// A field's declaration may be another module's, of the library even: then what is bound is nearer to the author.
base::Span BindingChecks::place_of(const types::Field& field, const Scope& scope, const typed::BoundField* line) const {
  if (line != nullptr) return line->span;
  const bool is_elsewhere = scope.binding != nullptr && scope.binding->span.file != field.span.file;
  return field.built_in || is_elsewhere ? scope.span : field.span;
}

}  // namespace muster::fitting
