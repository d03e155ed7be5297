// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/reading.h"

#include <sstream>

#include <fmt/format.h>

namespace muster::ingest {
namespace {

using evidence::Datum;
using evidence::State;

std::string shown(const types::Table& types, types::TypeId type, const Datum& datum);

std::string shown(const types::Table& types, const types::Record& record, const Datum& datum) {
  std::string text;
  for (std::size_t at = 0; at < record.fields.size(); ++at) {
    if (record.fields[at].built_in && datum.items[at].state == State::absent) continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", record.fields[at].name,
                        shown(types, record.fields[at].type, datum.items[at]));
  }
  return "{" + text + "}";
}

std::string shown(const types::Table& types, types::TypeId type, const Datum& datum) {
  switch (datum.state) {
    case State::absent: return "none";
    case State::unknown: return fmt::format("?{}", evidence::name(datum.reason));
    case State::known: break;
  }
  type = types.without_optional(type);
  if (types.is_record(type)) return shown(types, types.record_of(type), datum);
  if (types.is_list(type)) {
    std::vector<std::string> items;
    for (const Datum& each : datum.items) items.push_back(shown(types, types.element(type), each));
    return fmt::format("[{}]", fmt::join(items, ", "));
  }
  const std::string text = types::to_text(types, type, datum.scalar);
  return type == types::kText ? "\"" + text + "\"" : text;
}

std::string shown(const evidence::Origin& origin, const std::vector<std::string>& files) {
  if (origin.file == evidence::Origin::kNoFile) return "nowhere";
  return fmt::format("{}:{}", files[origin.file], origin.line);
}

std::string shown(const std::vector<evidence::Problem>& problems, const std::vector<std::string>& files) {
  std::string text;
  for (const evidence::Problem& each : problems) {
    text += fmt::format(" ; {} {}{} {}", each.field, evidence::name(each.reason),
                        each.raw ? " `" + *each.raw + "`" : "", shown(each.origin, files));
  }
  return text;
}

}  // namespace

types::TypeId Shapes::one_of(std::vector<types::EnumName> names) {
  types::Enum declared;
  declared.name = "E";
  declared.names = std::move(names);
  return types().enumeration(types().add(std::move(declared)));
}

types::RecordId Shapes::record(types::RecordKind kind, std::string name, std::vector<types::Field> fields) {
  types::Record declared;
  declared.kind = kind;
  declared.name = std::move(name);
  declared.fields = std::move(fields);
  if (kind == types::RecordKind::evidence) {
    const std::pair<const char*, types::TypeId> built_in[] = {{"collected", types::kTime},
                                                              {"expires", maybe(types::kTime)},
                                                              {"by", maybe(types::kText)},
                                                              {"ref", maybe(types::kText)}};
    for (const auto& [field_name, type_of] : built_in) {
      declared.fields.push_back(field(field_name, type_of));
      declared.fields.back().built_in = true;
    }
  }
  return types().add(std::move(declared));
}

types::RecordId Shapes::subject(std::vector<types::Field> fields) {
  fields.front().is_key = true;
  return record(types::RecordKind::subject, "S", std::move(fields));
}

std::uint32_t Shapes::source(typed::SourceKind kind, typed::Completeness completeness) {
  typed::Source source;
  source.kind = kind;
  source.completeness = completeness;
  source.name = fmt::format("s{}", program.sources.size());
  program.sources.push_back(std::move(source));
  return static_cast<std::uint32_t>(program.sources.size() - 1);
}

typed::Binding& Shapes::bind(types::RecordId subject, std::uint32_t source) {
  typed::Binding binding;
  binding.source = source;
  binding.subject = subject;
  binding.type = type(subject);
  program.bindings.push_back(std::move(binding));
  return program.bindings.back();
}

typed::Binding& Shapes::join(types::RecordId subject, std::vector<types::FieldIndex> target, std::uint32_t source,
                             std::vector<std::string> key) {
  typed::Binding& binding = bind(subject, source);
  binding.type = type(subject);
  for (types::FieldIndex each : target)
    binding.type = types().record_of(types().without_optional(binding.type)).fields[each].type;
  binding.target = std::move(target);
  typed::JoinPair pair;
  pair.subject_field = {0};
  pair.type = types().record_at(subject).fields[0].type;
  pair.source.keys = std::move(key);
  binding.joins.push_back(std::move(pair));
  return binding;
}

typed::Binding& Shapes::share(std::string name, types::TypeId type, std::uint32_t source) {
  typed::Shared shared;
  shared.name = std::move(name);
  shared.type = type;
  program.shared.push_back(std::move(shared));
  typed::Binding binding;
  binding.source = source;
  binding.type = type;
  binding.shared = static_cast<std::uint32_t>(program.shared.size() - 1);
  program.bindings.push_back(std::move(binding));
  return program.bindings.back();
}

types::Field field(std::string name, types::TypeId type) {
  types::Field declared;
  declared.name = std::move(name);
  declared.type = type;
  return declared;
}

typed::BoundField bound(std::vector<types::FieldIndex> target, std::vector<std::string> keys,
                        std::vector<typed::Converter> converters) {
  typed::BoundField binding;
  binding.target = std::move(target);
  binding.from.keys = std::move(keys);
  binding.from.converters = std::move(converters);
  return binding;
}

typed::Converter converter(typed::Converter::Kind kind, std::string text) {
  typed::Converter made;
  made.kind = kind;
  made.text = std::move(text);
  return made;
}

Read read(const typed::Program& program, types::RecordId subject, Files files, const Options& options) {
  return read(program, subject, typed::everything(program, subject), std::move(files), options);
}

Read read(const typed::Program& program, types::RecordId subject, const typed::Usage& usage, Files files,
          const Options& options) {
  Inputs inputs;
  if (!files.from_source)
    inputs.subjects.push_back(Input{"data", files.kind, std::make_unique<std::istringstream>(files.data)});
  for (const auto& [index, text] : files.sources) {
    inputs.sources.emplace(index, Input{program.sources[index].name, program.sources[index].kind,
                                        std::make_unique<std::istringstream>(text)});
  }
  Read result;
  auto reader = Reader::open(program, subject, usage, std::move(inputs), options);
  if (!reader) {
    result.error = fmt::format("{}:{} {}", reader.error().file, reader.error().line, reader.error().message);
    return result;
  }
  const auto& names = (*reader)->file_names();
  const types::Record& declared = program.types.record_at(subject);
  while (auto row = (*reader)->next()) {
    if (const auto* unreadable = std::get_if<UnreadableRow>(&*row)) {
      result.rows.push_back(fmt::format("! {} {}", shown(unreadable->origin, names), unreadable->message));
    } else {
      const auto& good = std::get<SubjectRow>(*row);
      result.rows.push_back(
          fmt::format("{} {}{}", good.key, shown(program.types, declared, good.subject), shown(good.problems, names)));
    }
  }
  for (std::size_t at = 0; at < program.shared.size(); ++at) {
    result.shared.push_back(shown(program.types, program.shared[at].type, (*reader)->shared()[at]));
  }
  if (!(*reader)->shared_problems().empty()) result.shared.push_back(shown((*reader)->shared_problems(), names));
  for (const Notice& each : (*reader)->notices()) {
    result.notices.push_back(
        fmt::format("{} {} {} x{}", base::info(each.code).id, shown(each.origin, names), each.message, each.count));
  }
  return result;
}

}  // namespace muster::ingest
