// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/evidence_names.h"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

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

// A field, within records that nest: each may stand in several others, so that there are more ways to it than anybody
// could walk.
class FieldPlaces {
 public:
  FieldPlaces(const types::Table& table, base::Span field) : table_(table), field_(field) {}

  // Whether it is anywhere within a type.
  bool is_within(types::TypeId type) {
    type = table_.innermost(type);
    if (!table_.is_record(type)) return false;
    const auto [known, fresh] = is_within_.emplace(table_.get(type).id, false);
    if (!fresh) return known->second;
    bool found = false;
    for (const types::Field& each : table_.record_of(type).fields)
      found = found || each.span == field_ || is_within(each.type);
    return is_within_[table_.get(type).id] = found;
  }

  struct Place {
    Path path;
    bool in_list = false;
  };
  // The ways to it, and no more than kMost.
  std::vector<Place> of(types::TypeId type) {
    places_.clear();
    walk(type, {});
    return places_;
  }
  static constexpr std::size_t kMost = 64;

 private:
  // Each record that is entered leads to a place.
  void walk(types::TypeId type, const Place& here) {
    if (!is_within(type)) return;
    const auto& fields = table_.record_of(table_.innermost(type)).fields;
    for (types::FieldIndex at = 0; at < fields.size() && places_.size() < kMost; ++at) {
      Place next = here;
      next.path.push_back(at);
      if (fields[at].span == field_) places_.push_back(next);
      next.in_list = next.in_list || table_.is_list(table_.without_optional(fields[at].type));
      walk(fields[at].type, next);
    }
  }

  const types::Table& table_;
  base::Span field_;
  std::map<types::RecordId, bool> is_within_;
  std::vector<Place> places_;
};

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

// As the sample has a path's keys, each the best of the ways to write it; nothing: it can't be said.
std::optional<std::string> key_of(const std::vector<std::string>& names, const std::vector<std::string>& sample) {
  std::string path;
  std::vector<std::string> found;
  for (const std::string& name : names) {
    const std::vector<std::string> keys = typed::default_keys(name);
    const auto stands = std::find_if(keys.begin(), keys.end(), [&](const std::string& key) {
      return std::find(sample.begin(), sample.end(), path + key) != sample.end();
    });
    if (stands == keys.end() && keys.size() > 1) return std::nullopt;
    found.push_back(stands == keys.end() ? name : *stands);
    path += found.back() + ".";
  }
  return dotted(found, source::written_key);
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
  FieldPlaces field(program.types, declared_.span);
  for (const ast::BindDecl& written : analysis.module().module.binds) {
    for (const typed::Binding& binding : program.bindings) {
      if (binding.span != written.target.span || binding.type == types::kError || binding.scalar) continue;
      const std::vector<FieldPlaces::Place> places = field.of(binding.type);
      if (places.size() == FieldPlaces::kMost) {
        tell_of_key(program.sources[binding.source]);
        continue;
      }
      for (const FieldPlaces::Place& each : places) {
        if (!is_bound_elsewhere(program, binding, each.path))
          keep_key(analysis, written, binding, each.path, each.in_list, edits);
      }
    }
  }
  tell_of_extended(analysis);
}

// What a subject has beyond the one that it extends is read by the binding of that one, which can't name it.
void EvidenceNames::tell_of_extended(const Analysis& analysis) {
  const typed::Program& program = analysis.program();
  const types::Table& table = program.types;
  FieldPlaces places(table, declared_.span);
  for (types::RecordId subject = 0; subject < table.record_count(); ++subject) {
    const types::Record& record = table.record_at(subject);
    if (record.span.file != analysis.module().id || !record.extends) continue;
    for (const typed::Binding& binding : program.bindings) {
      if (!binding.target.empty() || binding.shared || !extends(table, subject, binding.subject)) continue;
      for (auto at = table.record_at(binding.subject).fields.size(); at < record.fields.size(); ++at) {
        const bool is_joined = std::any_of(program.bindings.begin(), program.bindings.end(), [&](const auto& other) {
          return !other.shared && !other.target.empty() && other.subject == subject && other.target.front() == at;
        });
        const bool is_there = record.fields[at].span == declared_.span || places.is_within(record.fields[at].type);
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
