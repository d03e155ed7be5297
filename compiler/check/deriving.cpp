// SPDX-License-Identifier: Apache-2.0
// What a policy has of the one that it extends. Inherited criteria are taken over as they were typed; gates, scores,
// levels and shown values are typed anew, in their own text's names, because what they are about may have changed.
#include <algorithm>
#include <utility>

#include "compiler/check/checker.h"
#include "compiler/typed/reach.h"

namespace muster::check {

using typed::Origin;

namespace {

const Asked& asked_of(const Names<Asked>& of, const std::string& name) {
  static const Asked nothing;
  const auto asked = of.find(name);
  return asked == of.end() ? nothing : asked->second;
}

bool is_drop(const Asked& asked, ast::Delta::Kind kind) { return asked.whole != nullptr && asked.whole->kind == kind; }

template <class Part>
void erase_at(std::vector<Part>& parts, std::size_t at) {
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at));
}

// Where the values of a policy that are gates or scores stand now.
template <class Part>
void renumber(const std::vector<Part>& parts, Value::Kind kind, Names<Value>& values) {
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    const auto value = values.find(parts[i].name);
    if (value != values.end() && value->second.kind == kind) value->second.index = i;
  }
}

}  // namespace

template <class Part>
void Checker::note_drop(typed::Dropped::Kind kind, const Part& part, const ast::Delta& delta) {
  typed::Dropped dropped{kind, part.name, "", part.origins};
  if constexpr (requires { part.title; }) dropped.title = part.title;
  dropped.origins.push_back(origin_of(delta, Origin::Kind::drop, true));
  policy_->policy.dropped.push_back(std::move(dropped));
}

void Checker::inherit(const PolicyState& base) {
  PolicyState& state = *policy_;
  typed::Policy& policy = state.policy;
  policy.lets = base.policy.lets;
  policy.sections = base.policy.sections;
  policy.gates = base.policy.gates;
  policy.scores = base.policy.scores;
  policy.levels = base.policy.levels;
  policy.shows = base.policy.shows;
  policy.dropped = base.policy.dropped;
  if (policy.title.empty()) policy.title = base.policy.title;
  state.values = base.values;
  for (auto& [name, value] : state.values) value.inherited = true;
  const types::Record& subject = program_.types.record_at(base.policy.subject);
  for (const typed::PolicyParam& param : base.policy.params) {
    const typed::Param& declared = program_.params[param.param];
    if (subject.find(declared.name)) continue;  // the name is the field's
    const auto [known, fresh] =
        state.inherited_params.emplace(declared.name, Value{Value::Kind::param, param.param, declared.span, true});
    if (!fresh) known->second.kind = Value::Kind::ambiguous;  // it needs its module
  }
  state.criteria = base.criteria;
  state.sections = base.sections;
  state.levels = base.levels;
  state.gate_texts = base.gate_texts;
  state.score_texts = base.score_texts;
  state.levels_texts = base.levels_texts;
  state.show_texts = base.show_texts;
}

void Checker::derive_criteria() {
  PolicyState& state = *policy_;
  if (state.base == nullptr) return;
  for (const typed::Criterion& criterion : state.base->policy.criteria)
    derive_criterion(criterion, asked_of(state.of_criteria, criterion.name));
}

void Checker::derive_criterion(typed::Criterion criterion, const Asked& asked) {
  PolicyState& state = *policy_;
  if (is_drop(asked, ast::Delta::Kind::drop)) {
    note_drop(typed::Dropped::Kind::criterion, criterion, *asked.whole);
    state.criteria.erase(criterion.name);
    return;
  }
  if (asked.whole != nullptr) replace_criterion(criterion, *asked.whole);
  for (const ast::Delta* delta : asked.tightened) tighten_criterion(criterion, *delta);
  if (asked.level != nullptr) change_level(criterion, *asked.level);
  for (const ast::Delta* delta : asked.amended) amend_criterion(criterion, *delta);
  if (asked.lock != nullptr) {
    if (criterion.locked_by) {
      no_effect(*asked.lock, "`" + criterion.name + "` is locked already");
    } else {
      criterion.locked_by = state.index;
      criterion.origins.push_back(origin_of(*asked.lock, Origin::Kind::lock, false));
    }
  }
  state.policy.criteria.push_back(std::move(criterion));
}

// Level, title, section, place and tags stay; all else comes from the block.
void Checker::replace_criterion(typed::Criterion& criterion, const ast::Delta& delta) {
  typed::Criterion made;
  made.name = criterion.name;
  made.title = criterion.title;
  made.level = criterion.level;
  made.locked_by = criterion.locked_by;
  made.section = criterion.section;
  made.tags = criterion.tags;
  const std::vector<std::string> kept_tags = criterion.tags;
  made.doc = criterion.doc;
  made.span = delta.target.span;
  policy_->criteria[made.name].span = made.span;
  made.origins = std::move(criterion.origins);
  made.origins.push_back(origin_of(delta, Origin::Kind::replace, true));
  if (made.section) made.whens = policy_->policy.sections[*made.section].whens;
  const std::size_t mark = fact_log_.size();
  const std::size_t locals = locals_.size();
  for (const typed::Condition& when : made.whens) assume_facts(facts(when.condition).when_true);
  check_clauses(delta.clauses, made);
  check_why_and_fix(delta.clauses, made);
  for (const ast::Clause& clause : delta.clauses) {
    if (clause.kind != ast::Clause::Kind::tags) continue;
    not_here(clause.word, "a criterion that is replaced keeps its tags", "leave them out");
    made.tags = kept_tags;
  }
  forget_facts(mark);
  locals_.resize(locals);
  if (made.requires_.empty() && !policy_->declared->incomplete) {
    report(Code::nothing_required, delta.target.span, "`" + made.name + "` requires nothing").help =
        "say when it is met: `require ...`; or `drop " + made.name + "`";
  }
  criterion = std::move(made);
}

void Checker::enter_criterion(const typed::Criterion& criterion) {
  for (const typed::Condition& when : criterion.whens) assume_facts(facts(when.condition).when_true);
  for (const typed::Condition& require : criterion.requires_)
    assume_facts(facts(require.condition).when_true, FactOrigin::requirement);
  for (const std::uint32_t let : criterion.lets) {
    locals_.emplace_back(program_.lets[let].name, Value{Value::Kind::let, let, program_.lets[let].span, true});
  }
}

void Checker::tighten_criterion(typed::Criterion& criterion, const ast::Delta& delta) {
  const std::size_t mark = fact_log_.size();
  const std::size_t locals = locals_.size();
  enter_criterion(criterion);
  const std::size_t before = criterion.requires_.size();
  check_clauses(delta.clauses, criterion);
  forget_facts(mark);
  locals_.resize(locals);
  if (criterion.requires_.size() == before) {
    if (!policy_->declared->incomplete) no_effect(delta, "`tighten " + criterion.name + "` requires nothing more");
    return;
  }
  criterion.origins.push_back(origin_of(delta, Origin::Kind::tighten, false));
}

void Checker::change_level(typed::Criterion& criterion, const ast::Delta& delta) {
  if (delta.incomplete) return;  // the level may be what could not be read
  const auto level = static_cast<typed::Level>(delta.level);
  const bool promotes = delta.kind == ast::Delta::Kind::promote;
  const std::string now = "`" + criterion.name + "` is `" + typed::name(criterion.level) + "`";
  if (level == criterion.level) return no_effect(delta, now + " already");
  if ((level < criterion.level) != promotes) {
    base::Diagnostic& problem = report(Code::wrong_direction, delta.word,
                                       now + ", and `" + typed::name(level) + "` is " + (promotes ? "less" : "more"));
    problem.help = std::string("write `") + (promotes ? "demote" : "promote") + " " + criterion.name + " to " +
                   typed::name(level) + (promotes ? " because \"...\"`" : "`");
    return;
  }
  check_reason(delta);
  criterion.level = level;
  Origin origin = origin_of(delta, promotes ? Origin::Kind::promote : Origin::Kind::demote, !promotes);
  origin.what = typed::name(level);
  criterion.origins.push_back(std::move(origin));
}

// Whether a gate or score of the extended policy, that asks for a tag, has the criterion now and not with these.
bool Checker::is_lost_by_tags(const typed::Criterion& criterion, const std::vector<std::string>& tags) const {
  const typed::Policy& base = policy_->base->policy;
  const auto loses = [&](const typed::Selection& selection) {
    if (selection.tag.empty() || std::find(tags.begin(), tags.end(), selection.tag) != tags.end()) return false;
    return std::any_of(selection.criteria.begin(), selection.criteria.end(),
                       [&](std::uint32_t each) { return base.criteria[each].name == criterion.name; });
  };
  return std::any_of(base.selections.begin(), base.selections.end(), loses) ||
         std::any_of(base.scores.begin(), base.scores.end(),
                     [&](const typed::Score& score) { return loses(score.of); });
}

void Checker::amend_criterion(typed::Criterion& criterion, const ast::Delta& delta) {
  using Clause = ast::Clause::Kind;
  typed::Criterion said;
  const std::size_t mark = fact_log_.size();
  const std::size_t locals = locals_.size();
  enter_criterion(criterion);
  check_clauses(delta.clauses, said);
  check_why_and_fix(delta.clauses, said);
  forget_facts(mark);
  locals_.resize(locals);
  bool changes = false, weakens = false;
  std::string words;
  const auto take = [&](auto& now, auto& value) {
    if (now == value) return false;
    now = std::move(value);
    return changes = true;
  };
  for (const ast::Clause& clause : delta.clauses) {
    if (clause.kind == Clause::error) return;
    words += (words.empty() ? "" : ", ") + source_text(clause.word);
    switch (clause.kind) {
      case Clause::owner: take(criterion.owner, said.owner); break;
      case Clause::see: take(criterion.see, said.see); break;
      case Clause::weight: weakens |= take(criterion.weight, said.weight); break;
      case Clause::effective: {
        const bool is_later = !criterion.effective || (said.effective && *criterion.effective < *said.effective);
        weakens |= take(criterion.effective, said.effective) && is_later;
        break;
      }
      case Clause::why:
        criterion.why = said.why;
        changes = true;
        break;
      case Clause::fix:
        criterion.fix = said.fix;
        changes = true;
        break;
      case Clause::tags:
        if (is_lost_by_tags(criterion, said.tags)) {
          weakens = true;
          if (!has_reason(delta)) {
            report(Code::reason_missing, clause.word,
                   "with these tags a gate or score loses `" + criterion.name + "`, which needs its reason")
                .help = "add why: `amend " + criterion.name + " because \"...\" { ... }`";
          }
        }
        take(criterion.tags, said.tags);
        break;
      case Clause::when:
      case Clause::let:
      case Clause::require:
      case Clause::error: break;  // the grammar has none of them here
    }
  }
  if (!changes) {
    if (!policy_->declared->incomplete)
      no_effect(delta, "`" + criterion.name + "` is so already, and `amend` changes nothing");
    return;
  }
  Origin origin = origin_of(delta, Origin::Kind::amend, weakens);
  origin.what = std::move(words);
  criterion.origins.push_back(std::move(origin));
}

// Replaced ones stay in their places, so the main gate stays the main one. From the last on: the policy's own stand
// behind those that it inherits.
void Checker::derive_gates_and_scores() {
  PolicyState& state = *policy_;
  if (state.base == nullptr) return;
  derive_gates();
  derive_scores();
  derive_levels();
  renumber(state.policy.scores, Value::Kind::score, state.values);
  renumber(state.policy.gates, Value::Kind::gate, state.values);
  state.gate_state.assign(state.gate_texts.size(), PolicyState::State::fresh);
  state.score_state.assign(state.score_texts.size(), PolicyState::State::fresh);
}

void Checker::derive_gates() {
  PolicyState& state = *policy_;
  typed::Policy& policy = state.policy;
  const bool is_incomplete = state.declared->incomplete;
  for (std::size_t i = state.base->policy.gates.size(); i-- > 0;) {
    typed::Gate& gate = policy.gates[i];
    const Asked& asked = asked_of(state.of_gates, gate.name);
    if (is_drop(asked, ast::Delta::Kind::drop_gate)) {
      if (i == 0) {
        report(Code::needed_part, asked.whole->target.span,
               "`" + gate.name + "` is the main gate, by which verdicts are given")
            .help = "replace it: `replace gate " + gate.name + " because \"...\" { require ... }`";
        continue;
      }
      note_drop(typed::Dropped::Kind::gate, gate, *asked.whole);
      state.values.erase(gate.name);
      erase_at(policy.gates, i);
      erase_at(state.gate_texts, i);
      continue;
    }
    PolicyState::GateText& text = state.gate_texts[i];
    if (asked.whole != nullptr) {
      text = {{{&state, &asked.whole->clauses}}, is_incomplete};
      gate.implied = false;
      gate.span = asked.whole->target.span;
      gate.origins.push_back(origin_of(*asked.whole, Origin::Kind::replace, true));
    }
    for (const ast::Delta* delta : asked.tightened) {
      text.parts.push_back({&state, &delta->clauses});
      text.incomplete = text.incomplete || is_incomplete;
      const auto requires_ = [](const ast::Clause& clause) { return clause.kind == ast::Clause::Kind::require; };
      if (std::any_of(delta->clauses.begin(), delta->clauses.end(), requires_)) {
        gate.origins.push_back(origin_of(*delta, Origin::Kind::tighten, false));
      } else if (!is_incomplete) {
        no_effect(*delta, "`tighten gate " + gate.name + "` requires nothing more");
      }
    }
  }
}

void Checker::derive_scores() {
  PolicyState& state = *policy_;
  auto& scores = state.policy.scores;
  for (std::size_t i = state.base->policy.scores.size(); i-- > 0;) {
    const Asked& asked = asked_of(state.of_scores, scores[i].name);
    if (is_drop(asked, ast::Delta::Kind::drop_score)) {
      note_drop(typed::Dropped::Kind::score, scores[i], *asked.whole);
      state.values.erase(scores[i].name);
      erase_at(scores, i);
      erase_at(state.score_texts, i);
    } else if (asked.whole != nullptr) {
      state.score_texts[i] = {&state, &*asked.whole->score};
      scores[i].span = asked.whole->target.span;
      scores[i].origins.push_back(origin_of(*asked.whole, Origin::Kind::replace, true));
    }
  }
}

void Checker::derive_levels() {
  PolicyState& state = *policy_;
  auto& levels = state.policy.levels;
  for (std::size_t i = state.base->policy.levels.size(); i-- > 0;) {
    const Asked& asked = asked_of(state.of_levels, levels[i].name);
    if (is_drop(asked, ast::Delta::Kind::drop_levels)) {
      note_drop(typed::Dropped::Kind::levels, levels[i], *asked.whole);
      erase_at(levels, i);
      erase_at(state.levels_texts, i);
    } else if (asked.whole != nullptr) {
      state.levels_texts[i] = {&state, &*asked.whole->levels};
      levels[i].origins.push_back(origin_of(*asked.whole, Origin::Kind::replace, true));
    }
  }
}

// Whether something of this name is dropped here; what names it is remembered, and reported once for each drop.
bool Checker::note_dropped(const Names<Asked>& of, const ast::Name& name) {
  const auto asked = of.find(name.text);
  if (asked == of.end() || asked->second.whole == nullptr) return false;
  policy_->uses_of_dropped.emplace(asked->second.whole, name.span);
  return true;
}

void Checker::report_dropped() {
  for (const ast::Delta& delta : policy_->declared->deltas) {
    const auto use = policy_->uses_of_dropped.find(&delta);
    if (use == policy_->uses_of_dropped.end()) continue;
    base::Diagnostic& problem =
        report(Code::needed_part, delta.target.span,
               "`" + source_text(delta.target.span) + "` can't be dropped, as something else names it");
    problem.labels.push_back({use->second, "named here"});
    problem.help = "replace or drop what names it, too";
  }
}

// Inherited text that was sound and is no more: something that it reads was replaced by what does not fit it.
void Checker::report_inherited() {
  const base::Diagnostics found = std::exchange(inherited_diagnostics_, {});
  if (policy_->base == nullptr || policy_->base->broken || !found.has_errors() ||
      diagnostics_.error_count() > policy_->errors_before)
    return;
  const auto& deltas = policy_->declared->deltas;
  const auto replaces = [](const ast::Delta& delta) {
    return delta.kind == ast::Delta::Kind::replace_score || delta.kind == ast::Delta::Kind::replace_gate;
  };
  for (const base::Diagnostic& each : found.list()) {
    if (each.severity() != base::Severity::error) continue;
    const std::string at_fault = source_text(each.span);
    auto delta = std::find_if(deltas.begin(), deltas.end(), [&](const ast::Delta& each_delta) {
      return replaces(each_delta) && at_fault.find(source_text(each_delta.target.span)) != std::string::npos;
    });
    if (delta == deltas.end()) delta = std::find_if(deltas.begin(), deltas.end(), replaces);
    const Span span = delta == deltas.end() ? policy_->policy.span : delta->target.span;
    base::Diagnostic& problem =
        report(Code::does_not_fit, span,
               delta == deltas.end() ? "what `" + policy_->policy.name + "` inherits does not fit together any more"
                                     : "inherited text does not fit what replaces `" + source_text(span) + "`");
    problem.labels.push_back({each.span, each.message});
    problem.help = "replace what is inherited there too, or keep to its form";
    return;
  }
}

// A gate that asks for `every should` loses what is promoted to `must`.
void Checker::note_lost_by_promotion() {
  PolicyState& state = *policy_;
  if (state.base == nullptr) return;
  const auto index_of = [](const typed::Policy& policy, const std::string& name) {
    const auto& criteria = policy.criteria;
    return std::find_if(criteria.begin(), criteria.end(), [&](const auto& each) { return each.name == name; }) -
           criteria.begin();
  };
  const auto counts = [](const std::vector<std::uint32_t>& criteria, std::ptrdiff_t criterion) {
    return std::binary_search(criteria.begin(), criteria.end(), static_cast<std::uint32_t>(criterion));
  };
  const typed::Policy& base = state.base->policy;
  for (std::uint32_t gate = 0; gate < base.gates.size(); ++gate) {
    const auto& gates = state.policy.gates;
    const auto now = std::find_if(gates.begin(), gates.end(),
                                  [&](const typed::Gate& each) { return each.name == base.gates[gate].name; });
    if (now == gates.end()) continue;
    const auto before_counted = typed::criteria_of_gate(program_, base, gate);
    const auto now_counted =
        typed::criteria_of_gate(program_, state.policy, static_cast<std::uint32_t>(now - gates.begin()));
    for (const auto& [name, asked] : state.of_criteria) {
      if (asked.level == nullptr || asked.level->kind != ast::Delta::Kind::promote) continue;
      const auto index = index_of(state.policy, name);
      if (!counts(before_counted, index_of(base, name)) || counts(now_counted, index)) continue;
      for (Origin& origin : state.policy.criteria[static_cast<std::size_t>(index)].origins) {
        if (origin.policy == state.index && origin.kind == Origin::Kind::promote) origin.weakens = true;
      }
    }
  }
}

// A gate or score that chose criteria and, by deltas of this policy, chooses none any more.
void Checker::report_orphans() {
  const PolicyState& state = *policy_;
  if (state.base == nullptr || state.broken || diagnostics_.error_count() > state.errors_before) return;
  const auto report_orphan = [&](const std::string& what, const typed::Selection& before) {
    for (const std::uint32_t criterion : before.criteria) {
      const auto asked = state.of_criteria.find(state.base->policy.criteria[criterion].name);
      if (asked == state.of_criteria.end()) continue;
      const ast::Delta* delta = asked->second.whole != nullptr   ? asked->second.whole
                                : asked->second.level != nullptr ? asked->second.level
                                : !asked->second.amended.empty() ? asked->second.amended.front()
                                                                 : nullptr;
      if (delta == nullptr) continue;
      base::Diagnostic& lint = report(Code::orphaned, delta->target.span, what + " chooses no criterion any more");
      lint.labels.push_back({before.span, "what it chose"});
      lint.help = "drop or replace it, or say what it shall choose now";
      return;
    }
  };
  const auto find = [](const auto& parts, const std::string& name) {
    return std::find_if(parts.begin(), parts.end(), [&](const auto& each) { return each.name == name; });
  };
  for (const typed::Score& score : state.base->policy.scores) {
    const auto now = find(state.policy.scores, score.name);
    if (now == state.policy.scores.end() || !now->of.criteria.empty() || score.of.criteria.empty()) continue;
    if (now->span == score.span) report_orphan("score `" + score.name + "`", score.of);
  }
  // The selections of one text are typed in one order, so those of a span belong together.
  for (const typed::Selection& before : state.base->policy.selections) {
    const auto now = std::find_if(state.policy.selections.begin(), state.policy.selections.end(),
                                  [&](const typed::Selection& each) { return each.span == before.span; });
    if (now == state.policy.selections.end() || before.criteria.empty() || !now->criteria.empty()) continue;
    const typed::Gate& main = state.base->policy.gates.front();
    const bool is_implied = main.implied && main.span == before.span;
    report_orphan(is_implied ? "gate `" + main.name + "`" : "`" + source_text(before.span) + "`", before);
  }
}

}  // namespace muster::check
