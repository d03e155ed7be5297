// SPDX-License-Identifier: Apache-2.0
// What the policy reads: types, shared evidence, params and defines.
#include "effective/flatten/module_writer.h"
#include "effective/source/source_text.h"

namespace muster::flatten {

ModuleWriter::ModuleWriter(const typed::Program& program, std::uint32_t index, const typed::Policy& policy,
                           const base::SourceMap& sources, const Explained& explained)
    : program_(program),
      index_(index),
      policy_(policy),
      sources_(sources),
      explained_(explained),
      needs_(needs_of(program, policy)),
      names_(program, policy, needs_),
      expressions_(program, sources, names_) {}

std::string ModuleWriter::write() {
  types();
  values();
  sources();
  policy();
  waivers();
  return std::move(out_);
}

void ModuleWriter::types() {
  for (const types::EnumId id : needs_.enums) enumeration(id);
  for (const types::RecordId id : needs_.records) record(id);
}

void ModuleWriter::enumeration(types::EnumId id) {
  const types::Enum& declared = program_.types.enum_at(id);
  std::string names;
  for (const types::EnumName& each : declared.names) {
    names += (names.empty() ? "" : ", ") + source::written_name(each.name);
    for (std::size_t i = 0; i < each.spellings.size(); ++i)
      names += (i == 0 ? " = " : " | ") + source::written_text(each.spellings[i]);
  }
  line(std::string(declared.ordered ? "ordered enum " : "enum ") + source::written_name(names_.of_enum(id)) + " { " +
       names + " }");
}

void ModuleWriter::record(types::RecordId id) {
  const types::Record& declared = program_.types.record_at(id);
  out_ += source::written_doc(declared.doc);
  std::string opening;
  std::size_t first = 0;
  switch (declared.kind) {
    case types::RecordKind::record: opening = "record "; break;
    case types::RecordKind::evidence: opening = "evidence "; break;
    case types::RecordKind::subject: opening = "subject "; break;
  }
  opening += source::written_name(names_.of_record(id));
  if (declared.extends) {
    opening += " extends " + source::written_name(names_.of_record(*declared.extends));
    first = program_.types.record_at(*declared.extends).fields.size();
  }
  line(opening + freshness(declared.fresh) + " {");
  for (std::size_t i = first; i < declared.fields.size(); ++i) {
    if (!declared.fields[i].built_in) field(declared.fields[i]);
  }
  line("}");
}

void ModuleWriter::field(const types::Field& field) {
  out_ += source::written_doc(field.doc);
  std::string text = field.is_private ? "private " : "";
  if (field.is_key) text += "key ";
  if (field.is_label) text += "label ";
  text += source::written_name(field.name) + ": " + names_.of_type(field.type);
  if (field.range)
    text += " in " + source::written_range(program_.types, program_.types.without_optional(field.type), *field.range);
  line(text + freshness(field.fresh));
}

std::string ModuleWriter::freshness(const types::Freshness& fresh) const {
  switch (fresh.kind) {
    case types::Freshness::Kind::none: return "";
    case types::Freshness::Kind::duration:
      return " fresh for " + source::written_value(program_.types, types::kDuration, fresh.duration);
    case types::Freshness::Kind::period:
      return " fresh for " + source::written_value(program_.types, types::kPeriod, fresh.period);
    case types::Freshness::Kind::param: return " fresh for " + source::written_name(names_.of_param(fresh.param));
  }
  return "";
}

// Params as they are in the policy.
void ModuleWriter::values() {
  for (const std::uint32_t index : needs_.params) {
    const typed::Param& declared = program_.params[index];
    types::Scalar value = declared.value;
    std::optional<types::Range> range = declared.range;
    for (const typed::PolicyParam& param : policy_.params) {
      if (param.param != index) continue;
      value = param.value;
      range = param.range;
    }
    out_ += source::written_doc(declared.doc);
    line("param " + source::written_name(names_.of_param(index)) + ": " + names_.of_type(declared.type) + " = " +
         source::written_value(program_.types, declared.type, value) +
         (range ? " in " + source::written_range(program_.types, declared.type, *range) : ""));
  }
  for (const std::uint32_t index : needs_.shared) {
    const typed::Shared& declared = program_.shared[index];
    out_ += source::written_doc(declared.doc);
    line("shared " + source::written_name(names_.of_shared(index)) + ": " + names_.of_type(declared.type) +
         freshness(declared.fresh));
  }
  for (const std::uint32_t index : needs_.defines) {
    const typed::Define& declared = program_.defines[index];
    std::string parameters;
    for (const std::uint32_t parameter : declared.parameters) {
      parameters += (parameters.empty() ? "" : ", ") + source::written_name(names_.of_variable(parameter)) + ": " +
                    names_.of_type(program_.variables[parameter].type);
    }
    out_ += source::written_doc(declared.doc);
    line("define " + source::written_name(names_.of_define(index)) + "(" + parameters +
         "): " + names_.of_type(declared.result) + " = " + expressions_.expression(declared.body, {Place::module}));
  }
  for (const Names::StandIn& each : names_.stand_in_defines())
    line("define " + source::written_name(each.name) + "(): " + each.type + " = " + each.value);
}

}  // namespace muster::flatten
