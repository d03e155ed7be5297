// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "lsp/handlers/names.h"

namespace muster::lsp {

namespace {

// What a param is worth in the policies of this module, and who says so.
std::string effective_values(const Analysis& analysis, std::uint32_t param) {
  const typed::Program& program = analysis.program();
  std::string text;
  for (const typed::Policy& policy : program.policies) {
    if (policy.module != program.root_module) continue;
    for (const typed::PolicyParam& each : policy.params) {
      if (each.param != param) continue;
      text += "\n\nIn `" + policy.name + "`: `" +
              types::to_text(program.types, program.params[param].type, each.value) + "`";
      const typed::Origin& last = each.origins.back();
      const bool is_declared = last.kind == typed::Origin::Kind::declared || last.policy >= program.policies.size();
      text += is_declared ? ", its default" : ", set by `" + program.policies[last.policy].full_name() + "`";
      if (!last.because.empty()) text += ": " + last.because;
    }
  }
  return text;
}

std::string joined(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ".") + key;
  return text.empty() ? "." : text;
}

// From where a field is read, as far as a binding says so.
std::string binding_of(const typed::Program& program, const Declared& field) {
  std::string text;
  for (const typed::Binding& binding : program.bindings) {
    const std::string& source = program.sources[binding.source].name;
    types::TypeId row = binding.type == types::kError ? types::kError : program.types.innermost(binding.type);
    if (row == types::kError) continue;
    if (!binding.target.empty()) {
      types::RecordId at = binding.subject;
      for (std::size_t i = 0; i < binding.target.size(); ++i) {
        const types::Field& step = program.types.record_at(at).fields[binding.target[i]];
        if (step.span == field.span && i + 1 == binding.target.size())
          text += "\n\nRead from the rows of `" + source + "`";
        const types::TypeId inner = program.types.innermost(step.type);
        if (!program.types.is_record(inner)) break;
        at = program.types.get(inner).id;
      }
    }
    if (!program.types.is_record(row)) continue;
    bool is_bound = false;
    for (const typed::BoundField& bound : binding.fields) {
      types::RecordId at = program.types.get(row).id;
      for (std::size_t i = 0; i < bound.target.size(); ++i) {
        const types::Field& step = program.types.record_at(at).fields[bound.target[i]];
        if (step.span == field.span && i + 1 == bound.target.size()) {
          text += "\n\nRead from `" + joined(bound.from.keys) + "` of `" + source + "`";
          is_bound = true;
        }
        const types::TypeId inner = program.types.innermost(step.type);
        if (!program.types.is_record(inner)) break;
        at = program.types.get(inner).id;
      }
    }
    const auto& fields = program.types.record_of(row).fields;
    const bool is_of_row =
        std::any_of(fields.begin(), fields.end(), [&](const auto& each) { return each.span == field.span; });
    if (is_of_row && !is_bound && text.empty()) text += "\n\nRead from `" + field.name + "` of `" + source + "`";
  }
  return text;
}

}  // namespace

std::optional<Hover> hover(Session& session, const std::string& path, Position position) {
  const auto analysis = session.analysis(path);
  if (!analysis) return std::nullopt;
  const Positions positions(analysis->file(), session.encoding);
  const auto named = named_at(*analysis, positions.offset(position));
  if (!named) return std::nullopt;
  const auto declared = declared_at(*analysis, named->declared);
  if (!declared) return std::nullopt;
  std::string text = "```muster\n" + declared->signature + "\n```";
  if (!declared->doc.empty()) text += "\n\n" + declared->doc;
  if (declared->sort == Sort::param) text += effective_values(*analysis, declared->index);
  if (declared->sort == Sort::field) text += binding_of(analysis->program(), *declared);
  return Hover{std::move(text), positions.range(named->at)};
}

}  // namespace muster::lsp
