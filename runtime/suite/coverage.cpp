// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/coverage.h"

#include <algorithm>
#include <bitset>
#include <string_view>
#include <utility>

#include "compiler/typed/one_line.h"
#include "compiler/values/analysis.h"

namespace muster::suite {

namespace {

using typed::Condition;
using typed::ConditionKind;
using typed::Criterion;
using typed::ExprId;
using typed::Policy;
using typed::Program;
using typed::Status;
using values::Truths;
using verdicts::Truth;

std::size_t count(Outcomes outcomes) { return std::bitset<8>(outcomes).count(); }

// What a criterion's conditions can be: its `require`s where no `when` is false, as only then they are looked at.
struct Possible {
  std::vector<Truths> whens, requires_;
  bool all_hold = true;  // whether they may all be true together
};

Possible possible(values::Analysis& analysis, const Criterion& criterion) {
  Possible found;
  for (const Condition& when : criterion.whens) found.whens.push_back(analysis.truths_of(when.condition));
  for (const Condition& when : criterion.whens) analysis.take_for_granted(when.condition, values::kNotNo);
  for (const Condition& each : criterion.requires_) found.requires_.push_back(analysis.truths_of(each.condition));
  analysis.forget();
  for (const auto* conditions : {&criterion.whens, &criterion.requires_}) {
    for (const Condition& each : *conditions) {
      found.all_hold = found.all_hold && analysis.truths_of(each.condition).yes();
      analysis.take_for_granted(each.condition, values::kYes);
    }
  }
  analysis.forget();
  return found;
}

// Of what can be one thing only nothing has to be shown.
Outcomes outcomes(Truths truths) {
  Outcomes can = 0;
  if (truths.yes()) can |= outcome(Truth::yes);
  if (truths.no()) can |= outcome(Truth::no);
  if (truths.unknown()) can |= outcome(Truth::unknown);
  return count(can) > 1 ? can : Outcomes{0};
}

Outcomes statuses(const Program& program, const Criterion& criterion, const Possible& conditions) {
  const auto some = [](const std::vector<Truths>& all, bool (Truths::*may_be)() const) {
    return std::any_of(all.begin(), all.end(), [&](Truths each) { return (each.*may_be)(); });
  };
  Outcomes can = 0;
  if (conditions.all_hold) can |= outcome(Status::met);
  if (some(conditions.requires_, &Truths::no)) can |= outcome(Status::unmet);
  if (some(conditions.whens, &Truths::no) || criterion.effective) can |= outcome(Status::na);
  if (!criterion.waivers.empty() || program.waiver_rows) can |= outcome(Status::waived);
  if (some(conditions.whens, &Truths::unknown) || some(conditions.requires_, &Truths::unknown))
    can |= outcome(Status::unknown);
  return can;
}

class Declared {
 public:
  Declared(const Program& program, const base::SourceMap& sources, std::uint32_t policy)
      : program_(program), sources_(sources), index_(policy), analysis_(program, &program.policies[policy]) {}

  ReachedPolicy make() {
    const Policy& policy = program_.policies[index_];
    ReachedPolicy made{policy.full_name(), sources_.file(policy.span.file).path(), {}};
    for (const Criterion& criterion : policy.criteria) {
      const bool is_its_own = criterion.owner_policy() == index_;
      ReachedCriterion reached{criterion.name, line(criterion.span), 0, 0, {}};
      const Possible conditions = possible(analysis_, criterion);
      if (is_its_own) reached.can = statuses(program_, criterion, conditions);
      add(criterion.whens, conditions.whens, ConditionKind::when, reached);
      add(criterion.requires_, conditions.requires_, ConditionKind::require, reached);
      if (is_its_own || !reached.conditions.empty()) made.criteria.push_back(std::move(reached));
    }
    return made;
  }

 private:
  std::uint32_t line(base::Span span) const { return sources_.file(span.file).line_of(span.begin); }

  void add(const std::vector<Condition>& conditions, const std::vector<Truths>& possible, ConditionKind kind,
           ReachedCriterion& reached) {
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      const Condition& condition = conditions[i];
      const base::Span span = program_.expr(condition.condition).span;
      // That of a section stands once, whatever criteria begin with it.
      if (condition.policy != index_ || !seen_.insert(span.begin).second) continue;
      const Outcomes can = outcomes(possible[i]);
      if (can == 0) continue;
      reached.conditions.push_back({kind, line(span), span.begin, typed::on_one_line(sources_.text(span)), can, 0});
    }
  }

  const Program& program_;
  const base::SourceMap& sources_;
  std::uint32_t index_;
  values::Analysis analysis_;
  std::set<std::uint32_t> seen_;
};

}  // namespace

std::size_t Coverage::find(const std::string& path, const std::string& name) const {
  const auto found = std::find_if(policies_.begin(), policies_.end(),
                                  [&](const ReachedPolicy& each) { return each.path == path && each.name == name; });
  return static_cast<std::size_t>(found - policies_.begin());
}

void Coverage::begin(const Program& program, const base::SourceMap& sources) {
  std::set<std::uint32_t> wanted, tested;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    if (program.policies[i].module == program.root_module) wanted.insert(i);
  }
  for (const typed::Test& test : program.tests) {
    if (test.module == program.root_module) tested.insert(test.policy);
  }
  wanted.insert(tested.begin(), tested.end());
  for (const std::uint32_t policy : wanted) policies_.push_back(Declared(program, sources, policy).make());
  place_criteria(program, sources, tested);
}

// Criteria are found by the policy whose they are and their names, conditions by the policy whose text they are and
// their first bytes.
void Coverage::place_criteria(const Program& program, const base::SourceMap& sources,
                              const std::set<std::uint32_t>& tested) {
  std::vector<std::size_t> owners;
  for (const Policy& each : program.policies)
    owners.push_back(find(sources.file(each.span.file).path(), each.full_name()));
  std::map<std::pair<std::size_t, std::string_view>, Place> criteria;
  std::map<std::pair<std::size_t, std::uint32_t>, Place> conditions;
  for (std::size_t p = 0; p < policies_.size(); ++p) {
    for (std::size_t c = 0; c < policies_[p].criteria.size(); ++c) {
      const ReachedCriterion& criterion = policies_[p].criteria[c];
      criteria.emplace(std::pair(p, std::string_view(criterion.name)), Place{p, c, 0});
      for (std::size_t i = 0; i < criterion.conditions.size(); ++i)
        conditions.emplace(std::pair(p, criterion.conditions[i].begin), Place{p, c, i});
    }
  }
  const auto at = [](const auto& places, const auto& key) {
    const auto found = places.find(key);
    return found == places.end() ? std::nullopt : std::optional(found->second);
  };
  for (const std::uint32_t policy : tested) {
    for (const Criterion& criterion : program.policies[policy].criteria) {
      PlacedCriterion placed;
      placed.status = at(criteria, std::pair(owners[criterion.owner_policy()], std::string_view(criterion.name)));
      const auto place = [&](const std::vector<Condition>& all, std::vector<std::optional<Place>>& places) {
        for (const Condition& each : all)
          places.push_back(at(conditions, std::pair(owners[each.policy], program.expr(each.condition).span.begin)));
      };
      place(criterion.whens, placed.whens);
      place(criterion.requires_, placed.requires_);
      placed_[policy].push_back(std::move(placed));
    }
  }
}

void Coverage::add(const Program& program, std::uint32_t policy, const verdicts::SubjectResult& found,
                   const reference::Trace& trace) {
  std::unordered_map<ExprId, const reference::TraceEntry*> entries;
  for (const auto& entry : trace.entries) entries[entry.expression] = &entry;
  const std::vector<Criterion>& criteria = program.policies[policy].criteria;
  const std::vector<PlacedCriterion>& placed = placed_[policy];
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    if (!see(criteria[i].whens, placed[i].whens, entries)) see(criteria[i].requires_, placed[i].requires_, entries);
    if (const auto& at = placed[i].status)
      policies_[at->policy].criteria[at->criterion].seen |= outcome(found.criteria[i].status);
  }
}

bool Coverage::see(const std::vector<Condition>& conditions, const std::vector<std::optional<Place>>& places,
                   const std::unordered_map<ExprId, const reference::TraceEntry*>& entries) {
  bool one_is_false = false;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const auto entry = entries.find(conditions[i].condition);
    if (entry == entries.end()) continue;
    const Truth truth = entry->second->truth;
    one_is_false = one_is_false || truth == Truth::no;
    // What is unknown only because something is absent that an earlier condition asks for, says nothing.
    if (truth == Truth::unknown && entry->second->causes.empty()) continue;
    if (const auto& at = places[i])
      policies_[at->policy].criteria[at->criterion].conditions[at->condition].seen |= outcome(truth);
  }
  return one_is_false;
}

void Coverage::add(const Coverage& other) {
  for (const ReachedPolicy& more : other.policies_) {
    const std::size_t index = find(more.path, more.name);
    if (index == policies_.size()) {
      policies_.push_back(more);
      continue;
    }
    ReachedPolicy& policy = policies_[index];
    // One file gives one list of criteria, whoever imports it; only waivers depend on the module that is run.
    for (std::size_t i = 0; i < policy.criteria.size() && i < more.criteria.size(); ++i) {
      ReachedCriterion& criterion = policy.criteria[i];
      criterion.can |= more.criteria[i].can;
      criterion.seen |= more.criteria[i].seen;
      const auto& conditions = more.criteria[i].conditions;
      for (std::size_t c = 0; c < criterion.conditions.size() && c < conditions.size(); ++c)
        criterion.conditions[c].seen |= conditions[c].seen;
    }
  }
}

Tally tally(const ReachedCriterion& criterion) {
  Tally all{count(criterion.seen & criterion.can), count(criterion.can)};
  for (const ReachedCondition& condition : criterion.conditions)
    all += {count(condition.seen & condition.can), count(condition.can)};
  return all;
}

Tally tally(const ReachedPolicy& policy) {
  Tally all;
  for (const ReachedCriterion& criterion : policy.criteria) all += tally(criterion);
  return all;
}

Tally tally(const Coverage& coverage) {
  Tally all;
  for (const ReachedPolicy& policy : coverage.policies()) all += tally(policy);
  return all;
}

}  // namespace muster::suite
