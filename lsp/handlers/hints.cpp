// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "lsp/handlers/names.h"
#include "lsp/handlers/shown.h"
#include "lsp/handlers/structure.h"

namespace muster::lsp {

namespace {

std::string counted(std::uint64_t number, const char* what) { return std::to_string(number) + " " + what; }

// Zeros are said of what is asked first; of the rest only what there is.
std::string words_of(const SampleCounts::Criterion& criterion) {
  const auto& [met, unmet, na, waived, unknown] = criterion.statuses;
  std::string text = counted(met, "met") + " \u00B7 " + counted(unmet, "unmet");
  if (unknown > 0) text += " \u00B7 " + counted(unknown, "unknown");
  if (na > 0) text += " \u00B7 " + counted(na, "na");
  if (waived > 0) text += " \u00B7 " + counted(waived, "waived");
  return text;
}

std::string words_of(const SampleCounts::Gate& gate) {
  const auto& [pass, fail, undecided] = gate.verdicts;
  std::string text = counted(pass, "pass") + " \u00B7 " + counted(fail, "fail");
  if (undecided > 0) text += " \u00B7 " + counted(undecided, "undecided");
  return text;
}

std::string words_of(const SampleCounts& counts) {
  std::string text = counted(counts.subjects, counts.subjects == 1 ? "subject" : "subjects");
  if (counts.unreadable > 0) text += " \u00B7 " + counted(counts.unreadable, "unreadable");
  return text;
}

}  // namespace

std::vector<InlayHint> inlay_hints(Session& session, const std::string& path, const Range& range) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const typed::Program& program = analysis->program();
  const Positions positions(analysis->file(), session.encoding);
  const std::uint32_t from = positions.offset(range.start), to = positions.offset(range.end);
  const base::FileId file = analysis->module().id;
  std::vector<InlayHint> hints;
  for (const check::NameUse& use : analysis->compilation->uses) {
    if (use.at.file != file || use.at.end < from || use.at.begin > to) continue;
    const auto param = std::find_if(program.params.begin(), program.params.end(),
                                    [&](const typed::Param& each) { return each.span == use.declared; });
    if (param == program.params.end() || param->type == types::kError) continue;
    const auto index = static_cast<std::uint32_t>(param - program.params.begin());
    // Of the policy around the place.
    const typed::Policy* around = nullptr;
    for (const ast::PolicyDecl& declared : analysis->module().module.policies) {
      if (use.at.begin < declared.span.begin || use.at.end > declared.span.end) continue;
      for (const typed::Policy& policy : program.policies) {
        if (policy.span == declared.name.span) around = &policy;
      }
    }
    if (around == nullptr) continue;
    const types::Scalar* value = &param->value;
    std::string says = "its default";
    for (const typed::PolicyParam& each : around->params) {
      if (each.param != index) continue;
      value = &each.value;
      const typed::Origin& last = each.origins.back();
      if (last.kind != typed::Origin::Kind::declared && last.policy < program.policies.size())
        says = "set by " + program.policies[last.policy].full_name();
    }
    hints.push_back({positions.position(use.at.end), "= " + types::to_text(program.types, param->type, *value), says});
  }
  return hints;
}

std::vector<CodeLens> code_lenses(Session& session, const std::string& path) {
  const auto analysis = session.analysis(path);
  if (!analysis) return {};
  const Positions positions(analysis->file(), session.encoding);
  std::vector<CodeLens> lenses;
  const std::string uri = session.uri(*analysis->project, analysis->module().id);
  for (const ast::PolicyDecl& policy : analysis->module().module.policies) {
    if (policy.name.empty()) continue;
    const Counted* known = session.counted(path, policy.name.text);
    if (known == nullptr || !known->counts) continue;
    const auto put = [&](const ast::Name& name, std::string words, const std::string& shown) {
      lenses.push_back(
          {positions.range(name.span), {std::move(words), "muster.showSample", {uri, policy.name.text, shown}}});
    };
    const auto add = [&](const ast::Name& name, const auto& all) {
      for (const auto& each : all) {
        if (each.name == name.text) put(name, words_of(each), name.text);
      }
    };
    put(policy.name, words_of(*known->counts), "");
    for (const ast::CriterionDecl& each : policy.criteria) add(each.name, known->counts->criteria);
    for (const ast::GateDecl& each : policy.gates) add(each.name, known->counts->gates);
  }
  for (const TestPlace& test : tests(session, *analysis))
    lenses.push_back({test.range, {"run test", "muster.runTest", {uri, test.name}}});
  return lenses;
}

}  // namespace muster::lsp
