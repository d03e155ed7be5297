// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/evidence_names.h"

#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/typed/default_keys.h"
#include "effective/source/source_text.h"

namespace muster::lsp {

namespace {

using Path = std::vector<types::FieldIndex>;

bool begins_with(const Path& path, const Path& with) {
  return with.size() <= path.size() && std::equal(with.begin(), with.end(), path.begin());
}

// Another binding of the same subject reads what stands there.
bool is_bound_elsewhere(const typed::Program& program, const typed::Binding& binding, const Path& path) {
  if (binding.shared) return false;
  Path whole = binding.target;
  whole.insert(whole.end(), path.begin(), path.end());
  return std::any_of(program.bindings.begin(), program.bindings.end(), [&](const typed::Binding& other) {
    return other.subject == binding.subject && !other.shared && other.target.size() > binding.target.size() &&
           begins_with(whole, other.target);
  });
}

using Visit = std::function<void(const Path& path, bool in_list)>;

// Each place within a record where the field with this name's span is.
void find_field(const types::Table& table, types::TypeId record, base::Span span, Path& path, bool in_list,
                const Visit& visit) {
  if (!table.is_record(record)) return;
  const auto& fields = table.record_of(record).fields;
  for (types::FieldIndex at = 0; at < fields.size(); ++at) {
    path.push_back(at);
    if (fields[at].span == span) visit(path, in_list);
    const types::TypeId type = table.without_optional(fields[at].type);
    find_field(table, table.innermost(type), span, path, in_list || table.is_list(type), visit);
    path.pop_back();
  }
}

std::vector<std::string> names_of(const types::Table& table, types::TypeId record, const Path& path) {
  std::vector<std::string> names;
  for (const types::FieldIndex at : path) {
    const types::Field& field = table.record_of(record).fields[at];
    names.push_back(field.name);
    record = table.innermost(field.type);
  }
  return names;
}

std::string dotted(const std::vector<std::string>& names, std::string (*written)(std::string_view)) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ".") + written(name);
  return text;
}

// Put where the binding's first field is said, as that is.
Edit said_first(const base::SourceFile& file, const ast::BindDecl& bind, const std::string& said) {
  const std::string_view text = file.text();
  if (!bind.fields.empty()) {
    const std::uint32_t begin = bind.fields.front().span.begin;
    const std::size_t line = text.rfind('\n', begin);
    const std::size_t brace = text.rfind('{', begin);
    const bool is_alone = line != std::string_view::npos && line > brace;
    return {begin, begin, said + (is_alone ? std::string(text.substr(line, begin - line)) : "  ")};
  }
  const std::uint32_t end = bind.span.end;
  if (text[end - 1] == '}') return {end - 1, end - 1, (text[end - 2] == '{' ? " " : "") + said + " "};
  return {end, end, " { " + said + " }"};
}

// The first of the ways to write a path's keys that the sample has; nothing: it can't be said.
std::optional<std::string> key_of(const std::vector<std::string>& names, const std::vector<std::string>& sample) {
  std::vector<std::vector<std::string>> all = {{}};
  for (const std::string& name : names) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& begun : all) {
      for (const std::string& key : typed::default_keys(name)) {
        longer.push_back(begun);
        longer.back().push_back(key);
      }
    }
    all = std::move(longer);
  }
  for (const auto& keys : all) {
    if (std::find(sample.begin(), sample.end(), fmt::format("{}", fmt::join(keys, "."))) != sample.end())
      return dotted(keys, source::written_key);
  }
  return all.size() == 1 ? std::optional(dotted(names, source::written_key)) : std::nullopt;
}

bool extends(const types::Table& table, types::RecordId subject, types::RecordId base) {
  for (auto at = table.record_at(subject).extends; at; at = table.record_at(*at).extends) {
    if (*at == base) return true;
  }
  return false;
}

}  // namespace

void EvidenceNames::keep(const Analysis& analysis, std::vector<Edit>& edits) {
  const typed::Program& program = analysis.program();
  switch (declared_.sort) {
    case Sort::enum_name: return keep_spelling(analysis, edits);
    case Sort::field: return keep_keys(analysis, edits);
    case Sort::policy:
      if (analysis.project->found.policy == declared_.name)
        tell(fmt::format("muster.toml asks for the policy `{}`: it has to be `{}` there now", declared_.name, name_));
      [[fallthrough]];
    case Sort::criterion:
      for (const typed::Binding& binding : program.bindings) {
        if (binding.module == program.root_module && program.waiver_rows && binding.shared == program.waiver_rows)
          tell(fmt::format("waivers of `{}` may name `{}`: there it has to be `{}` now",
                           program.sources[binding.source].name, declared_.name, name_));
      }
      return;
    case Sort::enumeration:
    case Sort::record:
    case Sort::shared:
    case Sort::param:
    case Sort::define:
    case Sort::variable:
    case Sort::let:
    case Sort::section:
    case Sort::gate:
    case Sort::score:
    case Sort::levels:
    case Sort::show:
    case Sort::source:
    case Sort::fixture:
    case Sort::module: return;
  }
}

std::vector<std::string> EvidenceNames::told() {
  if (declared_.sort == Sort::field && !is_bound_)
    tell(fmt::format("`{}` is read from the key of its name where `--data` gives evidence: there it has to be `{}` now",
                     declared_.name, name_));
  return told_;
}

void EvidenceNames::tell(std::string text) {
  if (std::find(told_.begin(), told_.end(), text) == told_.end()) told_.push_back(std::move(text));
}

void EvidenceNames::tell_of_key(const typed::Source& source) {
  is_bound_ = true;
  tell(fmt::format("`{}` is read from the key of its name in `{}`: there it has to be `{}` now", declared_.name,
                   source.name, name_));
}

void EvidenceNames::keep_keys(const Analysis& analysis, std::vector<Edit>& edits) {
  const typed::Program& program = analysis.program();
  for (const ast::BindDecl& written : analysis.module().module.binds) {
    for (const typed::Binding& binding : program.bindings) {
      if (binding.span != written.target.span || binding.type == types::kError || binding.scalar) continue;
      Path path;
      find_field(program.types, program.types.innermost(binding.type), declared_.span, path, false,
                 [&](const Path& found, bool in_list) {
                   if (!is_bound_elsewhere(program, binding, found))
                     keep_key(analysis, written, binding, found, in_list, edits);
                 });
    }
  }
  tell_of_extended(analysis);
}

// What a subject has beyond the one that it extends is read by the binding of that one, which can't name it.
void EvidenceNames::tell_of_extended(const Analysis& analysis) {
  const typed::Program& program = analysis.program();
  const types::Table& table = program.types;
  for (types::RecordId subject = 0; subject < table.record_count(); ++subject) {
    const types::Record& record = table.record_at(subject);
    if (record.span.file != analysis.module().id || !record.extends) continue;
    for (const typed::Binding& binding : program.bindings) {
      if (!binding.target.empty() || binding.shared || !extends(table, subject, binding.subject)) continue;
      const std::size_t inherited = table.record_at(binding.subject).fields.size();
      for (types::FieldIndex at = 0; at < record.fields.size(); ++at) {
        if (at < inherited) continue;
        Path path = {at};
        const types::Field& field = record.fields[at];
        bool is_there = field.span == declared_.span;
        find_field(table, table.innermost(field.type), declared_.span, path, false,
                   [&](const Path&, bool) { is_there = true; });
        const bool is_joined = std::any_of(program.bindings.begin(), program.bindings.end(), [&](const auto& other) {
          return !other.shared && !other.target.empty() && other.subject == subject && other.target.front() == at;
        });
        if (is_there && !is_joined) tell_of_key(program.sources[binding.source]);
      }
    }
  }
}

// Of a value whose enum something reads, in the module that declares it.
void EvidenceNames::keep_spelling(const Analysis& analysis, std::vector<Edit>& edits) const {
  if (analysis.module().id != declared_.span.file) return;
  for (const ast::EnumDecl& declared : analysis.module().module.enums) {
    for (const ast::EnumDecl::Member& member : declared.members) {
      if (member.name.span != declared_.span) continue;
      const bool has_it = std::any_of(member.spellings.begin(), member.spellings.end(),
                                      [&](const ast::Text& each) { return each.value == declared_.name; });
      if (has_it) continue;
      const std::uint32_t end = member.spellings.empty() ? member.name.span.end : member.spellings.back().span.end;
      edits.push_back({end, end, (member.spellings.empty() ? " = " : " | ") + source::written_text(declared_.name)});
    }
  }
}

void EvidenceNames::keep_key(const Analysis& analysis, const ast::BindDecl& written, const typed::Binding& binding,
                             const Path& path, bool in_list, std::vector<Edit>& edits) {
  const typed::Program& program = analysis.program();
  const typed::Source& source = program.sources[binding.source];
  is_bound_ = true;
  bool is_within = false;
  for (const typed::BoundField& each : binding.fields) {
    if (each.target == path) return;
    is_within = is_within || begins_with(path, each.target);
  }
  // Of what stands in a list, or in a record that has a key of its own, a binding can't say the keys.
  if (in_list || is_within) return tell_of_key(source);
  std::vector<std::string> names = names_of(program.types, program.types.innermost(binding.type), path);
  const auto& columns = session_.outside().columns;
  const auto from = key_of(names, columns ? columns(analysis.path, source) : std::vector<std::string>());
  if (!from) return tell_of_key(source);
  names.pop_back();
  const std::string to = (names.empty() ? "" : dotted(names, source::written_name) + ".") + written_;
  edits.push_back(said_first(analysis.file(), written, to + " <- " + *from));
}

}  // namespace muster::lsp
