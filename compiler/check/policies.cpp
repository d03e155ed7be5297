// SPDX-License-Identifier: Apache-2.0
// Policies: in which order they are checked, and their parts. What a policy inherits and how it changes that is
// deriving.cpp's.
#include <algorithm>
#include <map>
#include <utility>

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"
#include "compiler/check/spelling.h"
#include "compiler/typed/polarity.h"

namespace muster::check {

namespace {

constexpr std::size_t kMostCriteria = 100'000;
// Each policy has copies of what it inherits, so short texts could ask for a lot of memory.
constexpr std::uint32_t kMostGenerations = 100;
constexpr std::size_t kMostInherited = 100'000;      // criteria, of all policies together
constexpr std::size_t kMostExpressions = 5'000'000;  // of policies that derive: gates and scores are typed anew

bool is_or_extends(const types::Table& types, types::RecordId subject, types::RecordId other) {
  std::optional<types::RecordId> at = subject;
  while (at && *at != other) at = types.record_at(*at).extends;
  return at.has_value();
}

}  // namespace

void Checker::check_policies(std::uint32_t module) {
  const auto& declared = ast_of(module).policies;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    PolicyState& state = policies_[policy_ids_[module][i]];
    state.declared = &declared[i];
    state.index = policy_ids_[module][i];
    state.module = module;
    state.policy.module = modules_[module].name;
    state.policy.name = declared[i].name.text;
    state.policy.span = declared[i].name.span;
    state.policy.doc = declared[i].doc;
    if (declared[i].title) state.policy.title = declared[i].title->value;
  }
  for (const std::uint32_t at : order_policies(module)) check_policy(policy_ids_[module][at]);
  for (const std::uint32_t id : policy_ids_[module]) {
    if (policies_[id].policy.gates.empty()) program_.policies[id] = policies_[id].policy;  // it could not be checked
  }
}

// A policy is checked after the one that it extends; what it extends in another module was checked with that. A circle
// is one error, and nothing is said of what is in it or extends what is.
std::vector<std::uint32_t> Checker::order_policies(std::uint32_t module) {
  const auto& declared = ast_of(module).policies;
  const auto& ids = policy_ids_[module];
  std::map<std::uint32_t, std::uint32_t> places;
  for (std::uint32_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
  const auto base_of = [&](std::uint32_t at) {
    const auto& parts = declared[at].extends.parts;
    const auto found =
        parts.size() == 1 ? scopes_[module].policies.find(parts.front().text) : scopes_[module].policies.end();
    const auto place = found == scopes_[module].policies.end() ? places.end() : places.find(found->second.index);
    return place == places.end() ? kNone : place->second;
  };
  std::vector<std::uint32_t> order, path;
  std::vector<PolicyState::State> states(declared.size(), PolicyState::State::fresh);
  for (std::uint32_t i = 0; i < declared.size(); ++i) {
    path.clear();
    std::uint32_t at = i;
    for (; at != kNone && states[at] == PolicyState::State::fresh; at = base_of(at)) {
      states[at] = PolicyState::State::open;
      path.push_back(at);
    }
    const bool is_circle = at != kNone && states[at] == PolicyState::State::open;
    if (is_circle) {
      const ast::PolicyDecl& closing = declared[path.back()];
      report_cycle(closing.extends.span, closing.name.text, declared[at].name.span);
    }
    const bool is_lost = is_circle || (at != kNone && policies_[ids[at]].broken);
    while (!path.empty()) {
      states[path.back()] = PolicyState::State::done;
      if (is_lost) policies_[ids[path.back()]].broken = true;
      if (!is_lost) order.push_back(path.back());
      path.pop_back();
    }
  }
  return order;
}

void Checker::enter_text(const PolicyState& text) {
  module_ = text.module;
  subject_ = text.policy.subject;
  text_ = &text;
}

typed::Origin Checker::declared_here(Span span) const {
  typed::Origin origin;
  origin.policy = text_->index;
  origin.span = span;
  return origin;
}

void Checker::check_policy(std::uint32_t index) {
  PolicyState& state = policies_[index];
  const ast::PolicyDecl& declared = *state.declared;
  state.broken = declared.incomplete;
  state.errors_before = diagnostics_.error_count();
  if (!find_base(state)) {
    state.broken = true;
    return;
  }
  const auto subject = subject_of_policy(state);
  if (!subject) {
    state.broken = true;
    return;
  }
  state.policy.subject = *subject;
  const Surroundings kept = leave_for(state.module, Place::criterion);
  policy_ = &state;
  enter_text(state);
  inherited_diagnostics_ = {};
  const std::size_t expressions_before = program_.exprs.size();
  if (state.base != nullptr) inherit(*state.base);
  declare_parts();
  collect_deltas();
  for (const std::uint32_t let : order_lets(declared.lets)) {
    if (const std::uint32_t typed = type_policy_let(let); typed != kNone) state.policy.lets.push_back(typed);
  }
  check_criteria();
  derive_gates_and_scores();
  for (std::uint32_t score : order_scores(state)) check_score(score);
  for (std::uint32_t gate : order_gates(state)) check_gate(gate);
  check_levels_and_shows();
  report_dropped();
  report_inherited();
  report_orphans();
  note_lost_by_promotion();
  report_size();
  derive_params();
  if (!report_cost(state.policy)) note_polarity();
  state.broken = state.broken || diagnostics_.error_count() > state.errors_before;
  settle_lets(state);
  if (state.base != nullptr) derived_expressions_ += program_.exprs.size() - expressions_before;
  program_.policies[index] = state.policy;
  return_to(kept);
}

// What it extends, if anything. Without that nothing can be said of its text.
bool Checker::find_base(PolicyState& state) {
  const ast::Path& extends = state.declared->extends;
  if (extends.parts.empty()) return true;
  const auto found = find_policy(extends, "to extend");
  if (!found || policies_[*found].policy.gates.empty()) return false;
  const PolicyState& base = policies_[*found];
  if (inherits_too_much(base, extends.span)) return false;
  state.base = &base;
  state.generation = base.generation + 1;
  inherited_criteria_ += base.policy.criteria.size();
  state.broken = state.broken || base.broken;
  state.policy.extends = *found;
  return true;
}

// Each in the names of the text that it is of.
void Checker::check_levels_and_shows() {
  PolicyState& state = *policy_;
  const auto levels = std::exchange(state.policy.levels, {});
  for (std::size_t i = 0; i < levels.size(); ++i) {
    enter_text(*state.levels_texts[i].text);
    check_levels(*state.levels_texts[i].declared, levels[i].origins);
  }
  const auto shows = std::exchange(state.policy.shows, {});
  for (std::size_t i = 0; i < shows.size(); ++i) {
    enter_text(*state.show_texts[i].text);
    check_show(*state.show_texts[i].declared, shows[i].origins);
  }
  enter_text(state);
}

void Checker::report_size() {
  const PolicyState& state = *policy_;
  const auto& criteria = state.policy.criteria;
  // What drops everything says why.
  if (criteria.empty() && state.base == nullptr && !state.broken) {
    report(Code::nothing_required, state.policy.span,
           "`" + state.policy.name + "` has no criteria, so every subject would pass")
        .help = "write what it asks for: `must name \"title\" { require ... }`";
  }
  if (criteria.size() > kMostCriteria) {
    report(Code::too_costly, criteria[kMostCriteria].span,
           "`" + state.policy.name + "` has more than " + with_thousands(kMostCriteria) + " criteria")
        .help = "split it into several policies";
  }
}

bool Checker::report_cost(const typed::Policy& policy) {
  const auto too_much = costs_.of(policy);
  if (!too_much) return false;
  base::Diagnostic& problem = report(Code::too_costly, policy.span, too_much->message);
  problem.labels = too_much->labels;
  problem.help = too_much->help;
  return true;
}

// From now on its lets are values like any others. One that could not be typed is none; that was reported.
void Checker::settle_lets(PolicyState& state) {
  for (auto at = state.values.begin(); at != state.values.end();) {
    Value& value = at->second;
    if (value.kind == Value::Kind::policy_let)
      value = {Value::Kind::let, state.let_index[value.index], value.span, false};
    at = value.kind == Value::Kind::let && value.index == kNone ? state.values.erase(at) : std::next(at);
  }
}

bool Checker::inherits_too_much(const PolicyState& base, Span span) {
  std::string what;
  if (base.generation >= kMostGenerations) {
    what = "this is more than " + std::to_string(kMostGenerations) + " policies that extend each other";
  } else if (inherited_criteria_ + base.policy.criteria.size() > kMostInherited ||
             derived_expressions_ > kMostExpressions) {
    what = "up to here policies inherit more than " + with_thousands(kMostInherited) +
           " criteria, each counted where it is inherited, or too much in gates and scores";
  } else {
    return false;
  }
  if (!inherited_too_much_)
    report(Code::too_costly, span, std::move(what)).help = "extend a policy nearer to the root, in a module of its own";
  inherited_too_much_ = true;
  return true;
}

std::optional<types::RecordId> Checker::subject_of_policy(const PolicyState& state) {
  const ast::PolicyDecl& declared = *state.declared;
  if (!declared.subject.parts.empty()) {
    const auto subject = subject_of(declared.subject);
    if (!subject || state.base == nullptr) return subject;
    const types::RecordId wanted = state.base->policy.subject;
    if (is_or_extends(program_.types, *subject, wanted)) return subject;
    if (fields_may_be_missing(*subject)) return std::nullopt;
    const std::string& name = program_.types.record_at(wanted).name;
    base::Diagnostic& problem = report(Code::wrong_subject, declared.subject.span,
                                       "`" + state.base->policy.name + "` judges `" + name + "`, and `" +
                                           program_.types.record_at(*subject).name + "` does not extend it");
    problem.labels.push_back({state.base->policy.span, "the policy that is extended"});
    problem.help = "judge `" + name + "` (leave out `for`)";
    if (!is_or_extends(program_.types, wanted, *subject))
      problem.help +=
          ", or declare `subject " + program_.types.record_at(*subject).name + " extends " + name + " { ... }`";
    return std::nullopt;
  }
  if (state.base != nullptr) return state.base->policy.subject;
  if (!declared.incomplete) {
    report(Code::no_subject, declared.name.span, "`" + declared.name.text + "` does not say what it judges").help =
        "write `policy " + declared.name.text + " for Subject`";
  }
  return std::nullopt;
}

// Reports that the name is taken by what the policy inherits.
template <class Thing>
bool Checker::is_inherited(const Names<Thing>& names, const ast::Name& name, std::string_view what,
                           const std::string& change) {
  const auto known = names.find(name.text);
  if (known == names.end() || policy_->base == nullptr || name.empty()) return false;
  const auto& own = *policy_->declared;
  const bool is_own = known->second.span.file == name.span.file && known->second.span.begin >= own.span.begin &&
                      known->second.span.end <= own.span.end;
  if (is_own) return false;
  base::Diagnostic& problem =
      report(Code::duplicate_name, name.span,
             there_is(what) + " `" + name.text + "` already, inherited from `" + policy_->base->policy.name + "`");
  problem.labels.push_back({known->second.span, "the first one"});
  problem.help =
      change.empty() ? "give yours another name" : "to change it write `" + change + "`; else give yours another name";
  return true;
}

// Names of everything that the policy itself declares, before anything in it is typed: gates and scores may name
// each other.
void Checker::declare_parts() {
  PolicyState& state = *policy_;
  typed::Policy& policy = state.policy;
  const ast::PolicyDecl& declared = *state.declared;
  for (const ast::SectionDecl& section : declared.sections) {
    const auto known = state.sections.find(section.name.text);
    if (known != state.sections.end() && state.base != nullptr &&
        known->second.index < state.base->policy.sections.size()) {
      note_use(section.name.span, known->second.span);  // it is opened again
      continue;
    }
    const auto index = static_cast<std::uint32_t>(policy.sections.size());
    typed::Section made;
    made.name = section.name.text;
    made.title = section.title ? section.title->value : "";
    made.policy = state.index;
    made.doc = section.doc;
    made.span = section.name.span;
    if (declare(state.sections, section.name, Indexed{index, section.name.span}, "section") || section.name.empty())
      policy.sections.push_back(std::move(made));
  }
  for (const ast::CriterionDecl& criterion : declared.criteria) {
    if (is_inherited(state.criteria, criterion.name, "criterion", "replace " + criterion.name.text)) continue;
    declare(state.criteria, criterion.name, Indexed{0, criterion.name.span}, "criterion");
  }
  auto declare_value = [&](const ast::Name& name, Value::Kind kind, std::size_t index) {
    const std::string word = kind == Value::Kind::score ? "score " : kind == Value::Kind::gate ? "gate " : "";
    if (is_inherited(state.values, name, "value", word.empty() ? "" : "replace " + word + name.text)) return;
    if (state.values.count(name.text) == 0) warn_if_hidden(name);
    declare(state.values, name, Value{kind, static_cast<std::uint32_t>(index), name.span}, "value");
  };
  for (std::size_t i = 0; i < declared.lets.size(); ++i)
    declare_value(declared.lets[i].name, Value::Kind::policy_let, i);
  state.let_index.assign(declared.lets.size(), kNone);
  state.let_state.assign(declared.lets.size(), PolicyState::State::fresh);
  place_ = Place::gate;  // scores and gates see each other's names
  auto describe = [&](auto& parts, const auto& each) {
    parts.emplace_back();
    parts.back().name = each.name.text;
    parts.back().doc = each.doc;
    parts.back().span = each.name.span;
    parts.back().origins.push_back(declared_here(each.name.span));
  };
  for (const ast::ScoreDecl& score : declared.scores) {
    declare_value(score.name, Value::Kind::score, policy.scores.size());
    state.score_texts.push_back({&state, &score});
    describe(policy.scores, score);
  }
  for (const ast::GateDecl& gate : declared.gates) {
    declare_value(gate.name, Value::Kind::gate, policy.gates.size());
    state.gate_texts.push_back({{{&state, &gate.clauses}}, gate.incomplete});
    describe(policy.gates, gate);
    policy.gates.back().title = gate.title ? gate.title->value : "";
  }
  for (const ast::LevelsDecl& levels : declared.levels) {
    if (is_inherited(state.levels, levels.name, "levels", "replace levels " + levels.name.text)) continue;
    if (!declare(state.levels, levels.name, Indexed{0, levels.name.span}, "levels")) continue;
    state.levels_texts.push_back({&state, &levels});
    describe(policy.levels, levels);
  }
  for (const ast::ShowDecl& show : declared.shows) {
    state.show_texts.push_back({&state, &show});
    describe(policy.shows, show);
  }
  if (policy.gates.empty()) {
    typed::Gate ready;
    ready.name = "ready";
    ready.title = "Ready";
    ready.implied = true;
    ready.span = declared.name.span;
    ready.origins.push_back(declared_here(ready.span));
    policy.gates.push_back(std::move(ready));
    state.gate_texts.emplace_back();
    state.values.emplace("ready", Value{Value::Kind::gate, 0, declared.name.span});
  }
  place_ = Place::criterion;
  state.gate_state.assign(state.gate_texts.size(), PolicyState::State::fresh);
  state.score_state.assign(state.score_texts.size(), PolicyState::State::fresh);
}

}  // namespace muster::check
