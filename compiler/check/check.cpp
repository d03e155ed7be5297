// SPDX-License-Identifier: Apache-2.0
#include "compiler/check/check.h"

#include <algorithm>

#include "base/similar_name.h"
#include "compiler/check/checker.h"

namespace muster::check {

Result check(const std::vector<ModuleInput>& modules, const base::SourceMap& sources) {
  return Checker(modules, sources).run();
}

Checker::Checker(const std::vector<ModuleInput>& modules, const base::SourceMap& sources)
    : modules_(modules),
      sources_(sources),
      scopes_(modules.size()),
      enum_ids_(modules.size()),
      record_ids_(modules.size()),
      policy_ids_(modules.size()),
      fixture_ids_(modules.size()),
      source_ids_(modules.size()) {}

// Types are declared for all modules before fields name them, values before expressions read them. Modules
// come after those that they import, so within a pass what a module imports is always there already.
Result Checker::run() {
  auto each_module = [this](void (Checker::*pass)(std::uint32_t)) {
    for (std::uint32_t module = 0; module < modules_.size(); ++module) {
      module_ = module;
      (this->*pass)(module);
    }
  };
  program_.root_module = modules_.empty() ? "" : modules_.back().name;
  each_module(&Checker::declare_names);
  each_module(&Checker::declare_enums);
  each_module(&Checker::declare_values);
  declare_waiver_rows();
  each_module(&Checker::declare_records);
  check_record_sizes();
  policies_.resize(program_.policies.size());
  each_module(&Checker::check_defines);
  each_module(&Checker::check_policies);
  each_module(&Checker::check_waivers);
  attach_waivers();
  each_module(&Checker::check_sources);
  each_module(&Checker::check_bindings);
  check_conflicts();
  each_module(&Checker::check_fixtures);
  each_module(&Checker::check_tests);
  return {std::move(program_), std::move(diagnostics_), settled_uses()};
}

bool Checker::may_be_missing(std::uint32_t module, std::string_view name) const {
  const ast::Module& ast = ast_of(module);
  if (ast.incomplete) return true;
  const auto is_it = [name](const ast::Name& each) { return each.text == name; };
  for (std::size_t i = 0; i < ast.imports.size(); ++i) {
    const ast::Import& import = ast.imports[i];
    if (modules_[module].imports[i] || import.module.parts.empty()) continue;
    if (is_it(import.alias.empty() ? import.module.parts.back() : import.alias)) return true;
    if (std::any_of(import.names.begin(), import.names.end(), is_it)) return true;
  }
  return false;
}

bool Checker::fields_may_be_missing(types::RecordId record) const {
  std::optional<types::RecordId> at = record;
  while (at) {
    const auto [module, index] = record_places_[*at];
    const ast::RecordDecl& declared = ast_of(module).records[index];
    at = program_.types.record_at(*at).extends;
    if (declared.incomplete || (!at && !declared.extends.parts.empty())) return true;
  }
  return false;
}

bool Checker::names_may_be_missing(const types::Enum& declared) const {
  for (const ModuleInput& module : modules_) {
    for (const ast::EnumDecl& each : module.module->enums) {
      if (each.incomplete && each.name.span == declared.span) return true;
    }
  }
  return false;
}

bool Checker::parts_may_be_missing(const typed::Policy& policy) const {
  for (std::uint32_t module = 0; module < modules_.size(); ++module) {
    for (const ast::PolicyDecl& declared : ast_of(module).policies) {
      if (declared.incomplete && declared.name.span == policy.span) return true;
    }
  }
  return false;
}

void Checker::report_cycle(Span declaration, const std::string& name, Span use) {
  report(Code::cycle, declaration, "`" + name + "` needs itself to say what it is")
      .labels.push_back({use, "it comes back to it here"});
}

base::Diagnostic& Checker::unknown(Code code, const ast::Name& name, std::string message,
                                   const std::vector<std::string>& candidates) {
  base::Diagnostic& diagnostic = report(code, name.span, std::move(message));
  if (const auto near = base::similar_name(name.text, candidates)) {
    diagnostic.suggest(name.span, *near);
    // In quotes it may be what no bare name can be.
    if (name.quoted) diagnostic.fixes.clear();
  }
  return diagnostic;
}

}  // namespace muster::check
