// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/data_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/shown_line.h"
#include "runtime/evidence/datum.h"
#include "runtime/ingest/accepted_form.h"

namespace muster::commands {

namespace {

constexpr std::size_t kUnreadableShown = 5;

// ` (it takes ...)`
std::string what_it_takes(const types::Table& types, types::TypeId type) {
  const std::string form = ingest::accepted_form(types, type);
  return form.empty() ? form : " (" + form + ")";
}

std::string diagnostic(const std::string& place, base::Code code, const std::string& message) {
  const auto& info = base::info(code);
  return fmt::format("{}{}{}[{}]: {}\n", place, place.empty() ? "" : ": ",
                     info.severity == base::Severity::error ? "error" : "warning", info.id, message);
}

}  // namespace

void DataNotes::add(const verdicts::Outcome& outcome) {
  if (const auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) return add(*unreadable);
  counted_.add(std::get<verdicts::SubjectResult>(outcome));
}

void DataNotes::add(const verdicts::UnreadableRecord& record) {
  if (unreadable_.size() < kUnreadableShown) {
    unreadable_.push_back(
        diagnostic(place(record.origin), base::Code::unreadable_record, base::visible_text(record.message)));
  }
  ++unreadable_count_;
}

void DataNotes::add(const runtime::ProblemNote& note) { told_.push_back(note); }

void DataNotes::add(const ingest::Notice& notice) {
  std::string message = base::visible_text(notice.message);
  if (notice.count > 1) message += fmt::format(" (the first of {})", notice.count);
  notices_.push_back(diagnostic(place(notice.origin), notice.code, message));
}

std::string DataNotes::text() const {
  std::string text;
  for (const auto& unreadable : unreadable_) text += unreadable;
  if (unreadable_count_ > unreadable_.size()) {
    const auto more = unreadable_count_ - unreadable_.size();
    text += fmt::format("and {} more {} could not be read\n", more, more == 1 ? "record" : "records");
  }
  for (const auto& note : told_) text += line(note);
  for (const auto& note : counted_.list()) text += line(note);
  for (const auto& notice : notices_) text += notice;
  return text;
}

// 3 values of `launch` don't fit `date`, first `soon`
std::string DataNotes::line(const runtime::ProblemNote& note) const {
  const bool one = note.count == 1;
  const std::string raw =
      note.raw.empty() ? "" : fmt::format("{} `{}`", one ? ":" : ", first", base::short_visible_text(note.raw));
  std::string message;
  if (note.of_key) {
    message = one ? fmt::format("a subject's `{}` stood before{}", note.field, raw)
                  : fmt::format("`{}` stood before for {} subjects{}", note.field, note.count, raw);
  } else if (note.reason == evidence::Reason::duplicate) {
    message = one ? fmt::format("`{}` stands twice in a record, the last one counts", note.field)
                  : fmt::format("`{}` stands twice in {} records, the last one counts", note.field, note.count);
  } else {
    const auto [type, takes] = type_of(note.field);
    const std::string values =
        one ? fmt::format("a value of `{}`", note.field) : fmt::format("{} values of `{}`", note.count, note.field);
    const std::string fits =
        type.empty() ? std::string("can't be taken") : fmt::format("{} fit `{}`", one ? "doesn't" : "don't", type);
    message = fmt::format("{} {}{}{}", values, fits, raw, takes);
  }
  return diagnostic(place(note.origin), ingest::code_of(note.reason), message);
}

std::string DataNotes::place(evidence::Origin origin) const {
  if (origin.file == evidence::Origin::kNoFile) return {};
  std::string text = file_names_[origin.file];
  if (origin.line != 0) text += ":" + std::to_string(origin.line);
  return text;
}

// Of a field's path, as an author writes it; with the range that the field has. Empty where the path is of no field.
DataNotes::FieldType DataNotes::type_of(const std::string& path) const {
  const auto& types = program_.types;
  const types::Field* field = nullptr;
  types::TypeId type = types::kError;
  bool first = true;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    std::string name = path.substr(begin, end - begin);
    while (name.size() >= 2 && name.compare(name.size() - 2, 2, "[]") == 0) name.resize(name.size() - 2);
    begin = end + 1;
    const types::Record* record = first                                    ? &types.record_at(subject_)
                                  : types.is_record(types.innermost(type)) ? &types.record_of(types.innermost(type))
                                                                           : nullptr;
    if (record == nullptr) return {};
    if (const auto index = record->find(name)) {
      field = &record->fields[*index];
      type = field->type;
    } else if (first) {
      const auto shared = std::find_if(program_.shared.begin(), program_.shared.end(),
                                       [&](const typed::Shared& known) { return known.name == name; });
      if (shared == program_.shared.end()) return {};
      type = shared->type;
    } else {
      return {};
    }
    first = false;
  }
  // An element that doesn't fit is told by its own type.
  const bool is_element = path.size() >= 2 && path.compare(path.size() - 2, 2, "[]") == 0;
  type = is_element ? types.innermost(type) : types.without_optional(type);
  std::string text = types.name(type);
  if (field != nullptr && field->range && !is_element) {
    text += " in " + types::to_text(types, type, *field->range);
  }
  return {std::move(text), is_converted(path) ? "" : what_it_takes(types, type)};
}

// A binding says how the field is read, so that its type doesn't.
bool DataNotes::is_converted(std::string path) const {
  for (std::size_t at = path.find("[]"); at != std::string::npos; at = path.find("[]")) path.erase(at, 2);
  const auto record_in = [&](types::TypeId type) -> std::optional<types::RecordId> {
    type = program_.types.innermost(type);
    if (!program_.types.is_record(type)) return std::nullopt;
    return program_.types.get(type).id;
  };
  const auto append = [&](std::string& name, std::optional<types::RecordId>& record,
                          const std::vector<types::FieldIndex>& fields) {
    for (const types::FieldIndex index : fields) {
      const types::Field& field = program_.types.record_at(*record).fields[index];
      name += (name.empty() ? "" : ".") + field.name;
      record = record_in(field.type);
    }
  };
  for (const typed::Binding& binding : program_.bindings) {
    std::string bound = binding.shared ? program_.shared[*binding.shared].name : "";
    std::optional<types::RecordId> record = binding.shared ? record_in(binding.type) : binding.subject;
    append(bound, record, binding.target);
    if (bound == path && binding.scalar && !binding.scalar->converters.empty()) return true;
    for (const typed::BoundField& field : binding.fields) {
      std::string name = bound;
      std::optional<types::RecordId> inner = record;
      append(name, inner, field.target);
      if (name == path && !field.from.converters.empty()) return true;
    }
  }
  return false;
}

std::string file_error_line(const ingest::FileError& error) {
  return diagnostic(error.file + (error.line == 0 ? "" : ":" + std::to_string(error.line)), error.code,
                    base::visible_text(error.message));
}

}  // namespace muster::commands
