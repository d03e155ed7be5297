// SPDX-License-Identifier: Apache-2.0
#include "runtime/fitting/read_files.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/shown_line.h"
#include "base/similar_name.h"
#include "compiler/typed/default_keys.h"
#include "runtime/ingest/record_plan.h"

namespace muster::fitting {

namespace {

// Where a list is expected and an object stands, whoever wrote the binding may have forgotten a `keyed by`.
bool is_private_inside(const types::Table& types, const types::Field& field) {
  if (field.is_private) return true;
  const types::TypeId type = types.without_optional(field.type);
  const auto element = ingest::innermost_record(types, type);
  if (!types.is_list(type) || !element) return false;
  const auto& fields = types.record_at(*element).fields;
  return std::any_of(fields.begin(), fields.end(), [](const types::Field& each) { return each.is_private; });
}

const types::Field& field_of(const types::Table& types, const typed::Binding& binding, const typed::BoundField& line) {
  types::RecordId record = ingest::innermost_record(types, binding.type).value_or(binding.subject);
  const types::Field* field = nullptr;
  for (const types::FieldIndex index : line.target) {
    field = &types.record_at(record).fields[index];
    record = ingest::innermost_record(types, field->type).value_or(record);
  }
  return *field;
}

}  // namespace

ReadFiles::ReadFiles(const typed::Program& program, const ingest::Inputs& inputs)
    : subject_files_(static_cast<std::uint32_t>(std::max<std::size_t>(1, inputs.subjects.size()))) {
  for (const auto& [source, input] : inputs.sources) sources_.emplace(source, input.shown_name);
  for (types::RecordId id = 0; id < program.types.record_count(); ++id) {
    for (const types::Field& field : program.types.record_at(id).fields) {
      if (!is_private_inside(program.types, field)) continue;
      for (std::string& name : typed::default_keys(field.name)) keyed_.insert(std::move(name));
    }
  }
  for (const typed::Binding& binding : program.bindings) {
    for (const typed::BoundField& line : binding.fields) {
      if (ingest::key_converter(&line.from) == nullptr &&
          !is_private_inside(program.types, field_of(program.types, binding, line)))
        continue;
      const Keys& keys = line.from.keys.empty() ? program.sources[binding.source].at : line.from.keys;
      if (keys.empty()) {
        records_are_keyed_ = true;
      } else {
        keyed_.insert(keys.back());
      }
    }
  }
}

Files ReadFiles::of_subjects() const {
  Files files;
  for (std::uint32_t file = 0; file < subject_files_; ++file) files.push_back(file);
  return files;
}

// Two sources may be one file.
Files ReadFiles::of_source(std::uint32_t source) const {
  Files files;
  const auto name = sources_.find(source);
  for (std::uint32_t file = 0; name != sources_.end() && file < names_.size(); ++file) {
    if (names_[file] == name->second) files.push_back(file);
  }
  return files;
}

std::uint64_t ReadFiles::records(const Files& files) const {
  std::uint64_t count = 0;
  for (const std::uint32_t file : files) count += notes_.records(file);
  return count;
}

bool ReadFiles::have(const Files& files, const Keys& path) const {
  return std::any_of(files.begin(), files.end(), [&](std::uint32_t file) { return notes_.may_have(file, path); });
}

// Another source may read the same file from elsewhere, and a binding may have the key misspelt: of an object's path
// only its last key counts, and one that is near will do.
bool ReadFiles::has_values_for_keys(const Keys& object) const {
  if (object.empty()) return records_are_keyed_;
  const std::string& last = object.back();
  return std::any_of(keyed_.begin(), keyed_.end(),
                     [&](const std::string& each) { return each == last || base::similar_name(each, {last}); });
}

std::vector<std::string> ReadFiles::keys_beneath(const Files& files, const Keys& parent) const {
  if (has_values_for_keys(parent)) return {};
  std::set<std::string> keys;
  for (const std::uint32_t file : files) {
    for (std::string& key : notes_.keys_beneath(file, parent)) keys.insert(std::move(key));
  }
  return {keys.begin(), keys.end()};
}

std::string ReadFiles::instead_of(const Files& files, const Keys& path) const {
  Keys parent;
  for (const std::string& key : path) {
    Keys next = parent;
    next.push_back(key);
    if (have(files, next)) {
      parent = std::move(next);
      continue;
    }
    const std::string found = near(files, parent, key);
    if (found.empty()) return present(files, parent);
    next.back() = found;
    return "did you mean `" + dotted(next) + "`?";
  }
  return {};
}

std::string ReadFiles::near(const Files& files, const Keys& parent, const std::string& field) const {
  return base::similar_name(field, keys_beneath(files, parent)).value_or("");
}

std::string ReadFiles::present(const Files& files, const Keys& parent) const {
  constexpr std::size_t kMost = 12;
  const auto keys = keys_beneath(files, parent);
  std::string list;
  for (std::size_t i = 0; i < keys.size() && i < kMost; ++i)
    list += (i == 0 ? "`" : ", `") + base::short_visible_text(keys[i]) + "`";
  if (list.empty()) return {};
  if (keys.size() > kMost) list += fmt::format(" and {} more", keys.size() - kMost);
  return (parent.empty() ? "there is " : "in `" + dotted(parent) + "` there is ") + list;
}

std::string ReadFiles::named(const Files& files) const {
  if (files.size() != 1) return fmt::format("the {} files", files.size());
  return "`" + names_[files.front()] + "`";
}

std::string ReadFiles::place(evidence::Origin origin) const {
  if (origin.file >= names_.size()) return {};
  return names_[origin.file] + (origin.line == 0 ? "" : ":" + std::to_string(origin.line));
}

std::string dotted(const Keys& path) {
  std::string text;
  for (const std::string& key : path) text += (text.empty() ? "" : ".") + base::visible_text(key);
  return text;
}

}  // namespace muster::fitting
