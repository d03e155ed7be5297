// SPDX-License-Identifier: Apache-2.0
// The policy itself: everything that it has after deriving, in its order.
#include <algorithm>
#include <tuple>

#include "effective/flatten/module_writer.h"
#include "effective/source/policy_text.h"
#include "effective/source/source_text.h"

namespace muster::flatten {

namespace {

using typed::Condition;

std::string titled(const std::string& title) { return title.empty() ? "" : " " + source::written_text(title); }

}  // namespace

void ModuleWriter::policy() {
  out_ += source::written_doc(policy_.doc);
  line("policy " + source::written_name(policy_.name) + " for " +
       source::written_name(names_.of_record(policy_.subject)) + titled(policy_.title) + " {");
  for (const Names::StandIn& each : names_.stand_in_lets())
    line("let " + source::written_name(each.name) + " = " + each.value);
  for (const std::uint32_t index : policy_.lets) let(index, {Place::policy});
  criteria();
  for (const typed::Score& each : policy_.scores) score(each);
  for (const typed::Gate& each : policy_.gates) gate(each);
  for (const typed::Levels& each : policy_.levels) {
    out_ += source::written_doc(each.doc);
    out_ += "levels " + source::written_name(each.name) + " {";
    for (const std::uint32_t gate : each.gates) out_ += " " + source::written_part(policy_.gates[gate].name);
    line(" }");
  }
  for (const typed::Show& each : policy_.shows) {
    out_ += source::written_doc(each.doc);
    line("show " + source::written_name(each.name) + titled(each.title) + " = " +
         expressions_.expression(each.value, {Place::verdict}));
  }
  line("}");
}

// Each section where its first criterion stands. One that has none any more is still named by gates and scores.
void ModuleWriter::criteria() {
  const auto open = [&](const typed::Section& section) {
    out_ += source::written_doc(section.doc);
    line("section " + source::written_name(section.name) + titled(section.title) + " {");
    for (const Condition& when : section.whens) condition("when", when, {Place::policy});
  };
  std::optional<std::uint32_t> current;
  std::vector<bool> opened(policy_.sections.size());
  for (const typed::Criterion& each : policy_.criteria) {
    if (each.section != current) {
      if (current) line("}");
      if (each.section) {
        open(policy_.sections[*each.section]);
        opened[*each.section] = true;
      }
      current = each.section;
    }
    criterion(each);
  }
  if (current) line("}");
  for (std::size_t i = 0; i < opened.size(); ++i) {
    if (opened[i]) continue;
    open(policy_.sections[i]);
    line("}");
  }
}

Scope ModuleWriter::scope_of(Place place, const std::vector<std::uint32_t>& lets) const {
  Scope scope{place};
  for (const std::uint32_t let : lets) scope.lets.insert(names_.of_let(let));
  return scope;
}

void ModuleWriter::criterion(const typed::Criterion& criterion) {
  const Scope scope = scope_of(Place::policy, criterion.lets);
  out_ += source::written_doc(criterion.doc);
  line(std::string(criterion.locked_by ? "locked " : "") + typed::name(criterion.level) + " " +
       source::written_name(criterion.name) + titled(criterion.title) + " {");
  const std::size_t of_section = criterion.section ? policy_.sections[*criterion.section].whens.size() : 0;
  clauses(criterion.whens, criterion.requires_, criterion.lets, of_section, scope);
  if (criterion.weight) line("weight " + source::written_decimal(*criterion.weight));
  if (criterion.why) line("why " + expressions_.message(*criterion.why, scope));
  if (criterion.fix) line("fix " + expressions_.message(*criterion.fix, scope));
  if (!criterion.see.empty()) line("see " + source::written_text(criterion.see));
  if (!criterion.owner.empty()) line("owner " + source::written_text(criterion.owner));
  for (std::size_t i = 0; i < criterion.tags.size(); ++i)
    out_ += (i == 0 ? "tags " : ", ") + source::written_part(criterion.tags[i]);
  if (!criterion.tags.empty()) line("");
  if (criterion.effective) line("effective " + base::to_text(*criterion.effective));
  line("}");
}

// In the order in which they see each other: first those of the oldest policy, of each as they were written.
void ModuleWriter::clauses(const std::vector<Condition>& whens, const std::vector<Condition>& requirements,
                           const std::vector<std::uint32_t>& lets, std::size_t first_when, const Scope& scope) {
  struct Clause {
    std::size_t generation;
    std::uint32_t begin;
    const Condition* when;
    const Condition* require;
    std::uint32_t let;
  };
  // How far a policy is from the one that is written: its text stands before that of policies which are nearer.
  const auto generation = [&](std::uint32_t policy) {
    std::size_t nearness = program_.policies.size();
    for (std::optional<std::uint32_t> at = index_; at && *at != policy; at = program_.policies[*at].extends) --nearness;
    return nearness;
  };
  std::vector<Clause> all;
  for (std::size_t i = first_when; i < whens.size(); ++i)
    all.push_back({generation(whens[i].policy), whens[i].span.begin, &whens[i], nullptr, 0});
  for (const Condition& each : requirements)
    all.push_back({generation(each.policy), each.span.begin, nullptr, &each, 0});
  for (const std::uint32_t index : lets) {
    const typed::Let& let = program_.lets[index];
    all.push_back({generation(let.policy), let.span.begin, nullptr, nullptr, index});
  }
  std::stable_sort(all.begin(), all.end(), [](const Clause& left, const Clause& right) {
    return std::tie(left.generation, left.begin) < std::tie(right.generation, right.begin);
  });
  for (const Clause& each : all) {
    if (each.when != nullptr) {
      condition("when", *each.when, scope);
    } else if (each.require != nullptr) {
      condition("require", *each.require, scope);
    } else {
      let(each.let, scope);
    }
  }
}

void ModuleWriter::condition(const char* word, const Condition& condition, const Scope& scope) {
  const bool is_explained = condition.has_message || explained_.count({condition.span.file, condition.span.begin}) > 0;
  const typed::Expr& expr = program_.expr(condition.condition);
  // What `ready` asks for where the policy declares no gate is written nowhere.
  const bool is_implied = expr.op == typed::Op::every && expr.span == condition.span;
  line(std::string(word) + " " + (is_implied ? "every must" : expressions_.expression(condition.condition, scope)));
  if (is_explained) line("else " + expressions_.message(condition.message, scope));
}

void ModuleWriter::let(std::uint32_t index, const Scope& scope) {
  line("let " + source::written_name(names_.of_let(index)) + " = " +
       expressions_.expression(program_.lets[index].value, scope));
}

void ModuleWriter::score(const typed::Score& score) {
  out_ += source::written_doc(score.doc);
  const std::string opening = "score " + source::written_name(score.name) + " ";
  if (score.expression != typed::kNoExpr)
    return line(opening + "= " + expressions_.expression(score.expression, {Place::verdict}));
  line(opening + "{");
  for (const std::string& clause : source::score_clauses(policy_, score)) line(clause);
  line("}");
}

void ModuleWriter::gate(const typed::Gate& gate) {
  out_ += source::written_doc(gate.doc);
  line("gate " + source::written_name(gate.name) + titled(gate.title) + " {");
  clauses({}, gate.requires_, gate.lets, 0, scope_of(Place::verdict, gate.lets));
  line("}");
}

void ModuleWriter::waivers() {
  for (const typed::Criterion& criterion : policy_.criteria) {
    for (const std::uint32_t index : criterion.waivers) {
      const typed::Waiver& waiver = program_.waivers[index];
      std::string text = "waive " + source::written_part(policy_.name) + "." + source::written_part(criterion.name);
      if (waiver.where != typed::kNoExpr) {
        text += " where " + expressions_.expression(waiver.where, {Place::policy}) + "\n";
      } else {
        for (std::size_t i = 0; i < waiver.subjects.size(); ++i)
          text += (i == 0 ? " for " : ", ") + source::written_text(waiver.subjects[i]);
      }
      if (waiver.from) text += " from " + base::to_text(*waiver.from);
      line(text + " until " + base::to_text(waiver.until) + " by " + source::written_text(waiver.by) + " because " +
           source::written_text(waiver.because));
    }
  }
}

}  // namespace muster::flatten
