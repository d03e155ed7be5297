// SPDX-License-Identifier: Apache-2.0
// Writes the one module, declaration by declaration, without any layout: the formatter lays it out. Private to this
// room.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"
#include "effective/flatten/expressions.h"
#include "effective/flatten/names.h"
#include "effective/flatten/needs.h"

namespace muster::flatten {

// Conditions, by where they begin.
using Explained = std::set<std::pair<base::FileId, std::uint32_t>>;

class ModuleWriter {
 public:
  // `explained` are the conditions whose message has to be written although none was.
  ModuleWriter(const typed::Program& program, std::uint32_t index, const typed::Policy& policy,
               const base::SourceMap& sources, const Explained& explained);

  std::string write();

 private:
  // declarations.cpp
  void types();
  void enumeration(types::EnumId id);
  void record(types::RecordId id);
  void field(const types::Field& field);
  void values();
  std::string freshness(const types::Freshness& fresh) const;

  // bindings.cpp
  void sources();
  void source(std::uint32_t index);
  void binding(const typed::Binding& binding);
  typed::Binding with_names_of_here(const typed::Binding& binding, types::RecordId record) const;
  std::string joins(const typed::Binding& binding) const;
  std::string path(const typed::SourcePath& path, types::TypeId type) const;
  std::string converters(const std::vector<typed::Converter>& list, types::TypeId type) const;
  std::string fields(types::RecordId record, const std::vector<types::FieldIndex>& path) const;
  types::TypeId type_at(types::RecordId record, const std::vector<types::FieldIndex>& path) const;

  // policies.cpp
  void policy();
  void criteria();
  void criterion(const typed::Criterion& criterion);
  void score(const typed::Score& score);
  void gate(const typed::Gate& gate);
  void clauses(const std::vector<typed::Condition>& whens, const std::vector<typed::Condition>& requirements,
               const std::vector<std::uint32_t>& lets, std::size_t first_when, const Scope& scope);
  void condition(const char* word, const typed::Condition& condition, const Scope& scope);
  void let(std::uint32_t index, const Scope& scope);
  void waivers();
  Scope scope_of(Place place, const std::vector<std::uint32_t>& lets) const;

  void line(const std::string& text) { out_ += text + "\n"; }

  const typed::Program& program_;
  const std::uint32_t index_;  // of the policy
  const typed::Policy& policy_;
  const base::SourceMap& sources_;
  const Explained& explained_;
  Needs needs_;
  Names names_;
  Expressions expressions_;
  std::string out_;
};

}  // namespace muster::flatten
