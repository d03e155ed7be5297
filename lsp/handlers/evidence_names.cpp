// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/evidence_names.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

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

}  // namespace

std::string EvidenceNames::keep(const Analysis& analysis, std::vector<Edit>& edits) const {
  const typed::Program& program = analysis.program();
  if (declared_.sort == Sort::enum_name) keep_spelling(analysis, edits);
  if (declared_.sort != Sort::field) return "";
  std::string problem;
  for (const ast::BindDecl& written : analysis.module().module.binds) {
    for (const typed::Binding& binding : program.bindings) {
      if (binding.span != written.target.span || binding.type == types::kError || binding.scalar) continue;
      Path path;
      find_field(program.types, program.types.innermost(binding.type), declared_.span, path, false,
                 [&](const Path& found, bool in_list) {
                   if (problem.empty() && !is_bound_elsewhere(program, binding, found))
                     problem = keep_key(analysis, written, binding, found, in_list, edits);
                 });
    }
  }
  return problem;
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

std::string EvidenceNames::keep_key(const Analysis& analysis, const ast::BindDecl& written,
                                    const typed::Binding& binding, const Path& path, bool in_list,
                                    std::vector<Edit>& edits) const {
  const typed::Program& program = analysis.program();
  std::vector<std::string> names = names_of(program.types, program.types.innermost(binding.type), path);
  bool is_within = false;
  for (const typed::BoundField& each : binding.fields) {
    if (each.target == path) return "";
    is_within = is_within || begins_with(path, each.target);
  }
  // A key may be written in several ways where a name has several words.
  const bool is_clear = std::all_of(names.begin(), names.end(),
                                    [](const std::string& each) { return each.find('_') == std::string::npos; });
  const std::string from = dotted(names, source::written_key);
  if (in_list || is_within || !is_clear) {
    return fmt::format(
        "`{}` is read from the key of its name in `{}`, and wouldn't be any more: bind it first, as in `{} <- {}`",
        declared_.name, program.sources[binding.source].name, in_list || is_within ? names.back() : from,
        in_list || is_within ? names.back() : from);
  }
  names.pop_back();
  const std::string to = (names.empty() ? "" : dotted(names, source::written_name) + ".") + written_;
  edits.push_back(said_first(analysis.file(), written, to + " <- " + from));
  return "";
}

}  // namespace muster::lsp
