// SPDX-License-Identifier: Apache-2.0
// Where evidence is read from.
#include <algorithm>

#include "effective/flatten/module_writer.h"
#include "effective/source/source_text.h"
#include "runtime/waivers/book.h"

namespace muster::flatten {

namespace {

std::vector<std::string> folders_of(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) break;
    parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
  return parts;
}

// `to` as it is named from the folder of module `from`; both are given from the root.
std::string path_from(const std::string& from, const std::string& to) {
  std::string module = from;
  std::replace(module.begin(), module.end(), '.', '/');
  const std::vector<std::string> here = folders_of(module), there = folders_of(to);
  const auto [last, other] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
  std::string path;
  for (auto up = last; up != here.end(); ++up) path += "../";
  for (auto down = other; down != there.end(); ++down) path += *down + "/";
  return path + to.substr(to.rfind('/') == std::string::npos ? 0 : to.rfind('/') + 1);
}

std::string keys_text(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ".") + source::written_key(key);
  return text.empty() ? "." : text;
}

const char* kind_word(typed::SourceKind kind) {
  switch (kind) {
    case typed::SourceKind::ndjson: return "ndjson";
    case typed::SourceKind::json: return "json";
    case typed::SourceKind::csv: return "csv";
  }
  return "";
}

}  // namespace

void ModuleWriter::sources() {
  for (const std::uint32_t index : needs_.sources) source(index);
  for (const std::uint32_t index : needs_.bindings) binding(program_.bindings[index]);
}

void ModuleWriter::source(std::uint32_t index) {
  const typed::Source& declared = program_.sources[index];
  std::string text = "source " + source::written_name(names_.of_source(index)) + " = " + kind_word(declared.kind) +
                     " " + source::written_text(path_from(program_.root_module, declared.resolved_path));
  if (!declared.at.empty()) text += " at " + keys_text(declared.at);
  if (declared.delimiter != ',') text += " delimiter " + source::written_text(std::string(1, declared.delimiter));
  if (declared.completeness == typed::Completeness::rows) text += " complete rows";
  if (declared.completeness == typed::Completeness::rows_and_keys) text += " complete";
  line(text);
}

void ModuleWriter::binding(const typed::Binding& binding) {
  std::string target;
  const bool is_of_waivers = binding.shared && binding.shared == program_.waiver_rows;
  if (is_of_waivers) {
    target = "waivers";
  } else if (binding.shared) {
    target = source::written_name(names_.of_shared(*binding.shared));
  } else {
    target = source::written_name(names_.of_record(binding.subject));
    if (!binding.target.empty()) target += "." + fields(binding.subject, binding.target);
  }
  out_ += "bind " + target + " from " + source::written_name(names_.of_source(binding.source)) + joins(binding);
  types::TypeId row = program_.types.without_optional(binding.type);
  if (program_.types.is_list(row)) row = program_.types.without_optional(program_.types.element(row));
  if (!program_.types.is_record(row)) {
    static const typed::SourcePath nothing;
    return line(" <- " + path(binding.scalar ? *binding.scalar : nothing, row));
  }
  line(" {");
  const types::RecordId record = program_.types.get(row).id;
  const typed::Binding bound = is_of_waivers ? with_names_of_here(binding, record) : binding;
  for (const typed::BoundField& field : bound.fields)
    line(fields(record, field.target) + " <- " + path(field.from, type_at(record, field.target)));
  line("}");
}

// Rows may name criteria of ancestors, which this module doesn't have. A name that isn't listed has no effect.
typed::Binding ModuleWriter::with_names_of_here(const typed::Binding& binding, types::RecordId record) const {
  const types::FieldIndex criterion = *program_.types.record_at(record).find("criterion");
  const auto names = waivers::names_in_rows(program_, index_);
  const auto here = [&](std::uint32_t index) -> types::Scalar {
    return policy_.name + "." + policy_.criteria[index].name;
  };
  typed::Binding made = binding;
  const auto is_bound = [&](const typed::BoundField& field) {
    return field.target == std::vector<types::FieldIndex>{criterion};
  };
  auto bound = std::find_if(made.fields.begin(), made.fields.end(), is_bound);
  if (bound == made.fields.end()) {
    typed::BoundField usual;
    usual.target = {criterion};
    usual.from.keys = {"criterion"};
    bound = made.fields.insert(made.fields.begin(), std::move(usual));
  }
  auto& converters = bound->from.converters;
  typed::Converter map;
  map.kind = typed::Converter::Kind::map;
  if (!converters.empty() && converters.back().kind == typed::Converter::Kind::map) {
    const auto meant = [&](const types::Scalar& name) { return names.find(std::get<std::string>(name)); };
    const typed::Converter& written = converters.back();
    for (const auto& entry : written.entries) {
      if (const auto found = meant(entry.to); found != names.end())
        map.entries.push_back({entry.from, here(found->second)});
    }
    if (written.otherwise) {
      if (const auto found = meant(*written.otherwise); found != names.end()) map.otherwise = here(found->second);
    }
    converters.pop_back();
  } else {
    for (const auto& [name, index] : names) map.entries.push_back({name, here(index)});
  }
  converters.push_back(std::move(map));
  return made;
}

std::string ModuleWriter::joins(const typed::Binding& binding) const {
  if (binding.joins.empty()) return "";
  const types::Record& subject = program_.types.record_at(binding.subject);
  const typed::JoinPair& first = binding.joins.front();
  const bool by_key = binding.joins.size() == 1 && subject.key() && first.subject_field.size() == 1 &&
                      first.subject_field.front() == *subject.key() && first.source.converters.empty() &&
                      first.subject_converters.empty();
  if (by_key) return " on " + keys_text(first.source.keys);
  std::string text;
  for (const typed::JoinPair& pair : binding.joins) {
    text += (text.empty() ? "" : ", ") + path(pair.source, pair.type) + " = " +
            fields(binding.subject, pair.subject_field) + converters(pair.subject_converters, pair.type);
  }
  return " on (" + text + ")";
}

std::string ModuleWriter::path(const typed::SourcePath& path, types::TypeId type) const {
  return keys_text(path.keys) + converters(path.converters, type);
}

std::string ModuleWriter::converters(const std::vector<typed::Converter>& list, types::TypeId type) const {
  using Kind = typed::Converter::Kind;
  types::TypeId inner = program_.types.without_optional(type);
  std::string text;
  for (const typed::Converter& each : list) {
    switch (each.kind) {
      case Kind::as_format: text += " as " + source::written_text(each.text); break;
      case Kind::as_ratio: text += " as ratio"; break;
      case Kind::as_points: text += " as points"; break;
      case Kind::as_days: text += " as days"; break;
      case Kind::as_hours: text += " as hours"; break;
      case Kind::as_minutes: text += " as minutes"; break;
      case Kind::as_seconds: text += " as seconds"; break;
      case Kind::map: {
        std::string entries;
        const auto add = [&](const std::string& from, const types::Scalar& to) {
          entries += (entries.empty() ? "" : ", ") + from + " => " + source::written_value(program_.types, inner, to);
        };
        for (const auto& entry : each.entries) add(source::written_text(entry.from), entry.to);
        if (each.otherwise) add("else", *each.otherwise);
        text += " map { " + entries + " }";
        break;
      }
      case Kind::split:
        text += " split " + source::written_text(each.text);
        inner = program_.types.without_optional(program_.types.element(inner));
        break;
      case Kind::trim: text += " trim"; break;
      case Kind::lower: text += " lower"; break;
      case Kind::upper: text += " upper"; break;
      case Kind::strip_prefix: text += " strip_prefix " + source::written_text(each.text); break;
      case Kind::strip_suffix: text += " strip_suffix " + source::written_text(each.text); break;
      case Kind::present: text += " present"; break;
      case Kind::keyed_by: {
        const types::TypeId element = program_.types.without_optional(program_.types.element(inner));
        text += " keyed by " + source::written_name(program_.types.record_of(element).fields[each.field].name);
        break;
      }
    }
  }
  return text;
}

std::string ModuleWriter::fields(types::RecordId record, const std::vector<types::FieldIndex>& path) const {
  std::string text;
  for (const types::FieldIndex index : path) {
    const types::Field& field = program_.types.record_at(record).fields[index];
    text += (text.empty() ? "" : ".") + source::written_name(field.name);
    const types::TypeId inner = program_.types.without_optional(field.type);
    if (program_.types.is_record(inner)) record = program_.types.get(inner).id;
  }
  return text;
}

types::TypeId ModuleWriter::type_at(types::RecordId record, const std::vector<types::FieldIndex>& path) const {
  types::TypeId type = types::kError;
  for (const types::FieldIndex index : path) {
    type = program_.types.record_at(record).fields[index].type;
    const types::TypeId inner = program_.types.without_optional(type);
    if (program_.types.is_record(inner)) record = program_.types.get(inner).id;
  }
  return type;
}

}  // namespace muster::flatten
