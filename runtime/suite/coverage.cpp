// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/coverage.h"

#include <algorithm>
#include <bitset>
#include <set>
#include <unordered_map>
#include <utility>

#include "compiler/typed/one_line.h"
#include "compiler/typed/reach.h"

namespace muster::suite {

namespace {

using typed::Condition;
using typed::Criterion;
using typed::Expr;
using typed::ExprId;
using typed::Op;
using typed::Policy;
using typed::Program;
using typed::Status;
using verdicts::Truth;
using Kind = ReachedCondition::Kind;

// Which conditions can be unknown, and which can be one thing only, as they read nothing.
class Conditions {
 public:
  Conditions(const Program& program, const Policy& policy)
      : program_(program), reads_(program.exprs.size()), may_be_unknown_(program.exprs.size()) {
    key_ = program.types.record_at(policy.subject).key();
    for (const ExprId id : typed::parts_first(program, policy)) {
      if (id != typed::kNoExpr) find(id);
    }
  }

  Outcomes can_be(const Condition& condition) const {
    if (!reads_[condition.condition]) return 0;
    const Outcomes decided = outcome(Truth::yes) | outcome(Truth::no);
    return may_be_unknown_[condition.condition] ? decided | outcome(Truth::unknown) : decided;
  }

 private:
  void find(ExprId id) {
    const Expr& expr = program_.expr(id);
    const bool is_input = expr.op == Op::subject || expr.op == Op::shared || expr.op == Op::variable;
    bool reads = is_input || expr.op == Op::param || expr.op == Op::today || expr.op == Op::now;
    bool unknown = expr.op == Op::shared || expr.op == Op::variable || expr.op == Op::field;
    for (std::size_t i = 0; i < typed::part_count(expr); ++i) {
      const ExprId part = typed::part(program_, expr, i);
      if (part == typed::kNoExpr) continue;
      reads = reads || reads_[part];
      // `x assume y` is unknown where y is.
      unknown = unknown || (may_be_unknown_[part] && !(expr.op == Op::assume && i == 0));
    }
    // Without its key there is no subject.
    const bool is_key = expr.op == Op::field && key_ && expr.index == *key_ &&
                        program_.expr(program_.operand(expr, 0)).op == Op::subject;
    reads_[id] = reads;
    may_be_unknown_[id] = unknown && !is_key && expr.op != Op::is_known;
  }

  const Program& program_;
  std::optional<types::FieldIndex> key_;
  std::vector<bool> reads_, may_be_unknown_;
};

Outcomes statuses(const Program& program, const Criterion& criterion, const Conditions& conditions) {
  Outcomes can = outcome(Status::met);
  const auto may_be_false = [&](const Condition& condition) { return conditions.can_be(condition) != 0; };
  if (std::any_of(criterion.requires_.begin(), criterion.requires_.end(), may_be_false)) can |= outcome(Status::unmet);
  if (!criterion.whens.empty() || criterion.effective) can |= outcome(Status::na);
  if (!criterion.waivers.empty() || program.waiver_rows) can |= outcome(Status::waived);
  const auto may_be_unknown = [&](const Condition& condition) {
    return (conditions.can_be(condition) & outcome(Truth::unknown)) != 0;
  };
  if (std::any_of(criterion.whens.begin(), criterion.whens.end(), may_be_unknown) ||
      std::any_of(criterion.requires_.begin(), criterion.requires_.end(), may_be_unknown)) {
    can |= outcome(Status::unknown);
  }
  return can;
}

class Declared {
 public:
  Declared(const Program& program, const base::SourceMap& sources, std::uint32_t policy)
      : program_(program), sources_(sources), index_(policy), conditions_(program, program.policies[policy]) {}

  ReachedPolicy make() {
    const Policy& policy = program_.policies[index_];
    ReachedPolicy made{policy.full_name(), sources_.file(policy.span.file).path(), {}};
    for (const Criterion& criterion : policy.criteria) {
      const bool is_its_own = criterion.owner_policy() == index_;
      ReachedCriterion reached{criterion.name, line(criterion.span), 0, 0, {}};
      if (is_its_own) reached.can = statuses(program_, criterion, conditions_);
      add(criterion.whens, Kind::when, reached);
      add(criterion.requires_, Kind::require, reached);
      if (is_its_own || !reached.conditions.empty()) made.criteria.push_back(std::move(reached));
    }
    return made;
  }

 private:
  std::uint32_t line(base::Span span) const { return sources_.file(span.file).line_of(span.begin); }

  void add(const std::vector<Condition>& conditions, Kind kind, ReachedCriterion& reached) {
    for (const Condition& condition : conditions) {
      const base::Span span = program_.expr(condition.condition).span;
      // That of a section stands once, whatever criteria begin with it.
      if (condition.policy != index_ || !seen_.insert(span.begin).second) continue;
      const Outcomes can = conditions_.can_be(condition);
      if (can == 0) continue;
      reached.conditions.push_back({kind, line(span), span.begin, typed::on_one_line(sources_.text(span)), can, 0});
    }
  }

  const Program& program_;
  const base::SourceMap& sources_;
  std::uint32_t index_;
  Conditions conditions_;
  std::set<std::uint32_t> seen_;
};

// Where a policy's text is counted: its criteria by name, its conditions by their first byte.
struct Counted {
  std::unordered_map<std::string_view, ReachedCriterion*> criteria;
  std::unordered_map<std::uint32_t, ReachedCondition*> conditions;

  explicit Counted(ReachedPolicy* policy) {
    if (policy == nullptr) return;
    for (ReachedCriterion& criterion : policy->criteria) {
      criteria.emplace(criterion.name, &criterion);
      for (ReachedCondition& condition : criterion.conditions) conditions.emplace(condition.begin, &condition);
    }
  }
};

std::size_t count(Outcomes outcomes) { return std::bitset<8>(outcomes).count(); }

}  // namespace

ReachedPolicy* Coverage::find(const std::string& path, const std::string& name) {
  const auto found = std::find_if(policies_.begin(), policies_.end(),
                                  [&](const ReachedPolicy& each) { return each.path == path && each.name == name; });
  return found == policies_.end() ? nullptr : &*found;
}

void Coverage::begin(const Program& program, const base::SourceMap& sources) {
  std::set<std::uint32_t> wanted;
  for (std::uint32_t i = 0; i < program.policies.size(); ++i) {
    if (program.policies[i].module == program.root_module) wanted.insert(i);
  }
  for (const typed::Test& test : program.tests) {
    if (test.module == program.root_module) wanted.insert(test.policy);
  }
  for (const std::uint32_t policy : wanted) policies_.push_back(Declared(program, sources, policy).make());
}

void Coverage::add(const Program& program, const base::SourceMap& sources, const Policy& policy,
                   const verdicts::SubjectResult& found, const reference::Trace& trace) {
  std::unordered_map<ExprId, const reference::TraceEntry*> entries;
  for (const auto& entry : trace.entries) entries[entry.expression] = &entry;
  std::vector<Counted> owners;
  for (const Policy& each : program.policies)
    owners.emplace_back(find(sources.file(each.span.file).path(), each.full_name()));

  // Gives whether one of them is false.
  const auto see = [&](const std::vector<Condition>& conditions) {
    bool one_is_false = false;
    for (const Condition& condition : conditions) {
      const auto entry = entries.find(condition.condition);
      if (entry == entries.end()) continue;
      const Truth truth = entry->second->truth;
      one_is_false = one_is_false || truth == Truth::no;
      // What is unknown only because something is absent that an earlier condition asks for, says nothing.
      if (truth == Truth::unknown && entry->second->causes.empty()) continue;
      const auto& conditions_of_owner = owners[condition.policy].conditions;
      const auto reached = conditions_of_owner.find(program.expr(condition.condition).span.begin);
      if (reached != conditions_of_owner.end()) reached->second->seen |= outcome(truth);
    }
    return one_is_false;
  };
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    const Criterion& criterion = policy.criteria[i];
    if (!see(criterion.whens)) see(criterion.requires_);
    const auto& criteria_of_owner = owners[criterion.owner_policy()].criteria;
    const auto reached = criteria_of_owner.find(criterion.name);
    if (reached != criteria_of_owner.end()) reached->second->seen |= outcome(found.criteria[i].status);
  }
}

void Coverage::add(const Coverage& other) {
  for (const ReachedPolicy& more : other.policies_) {
    ReachedPolicy* policy = find(more.path, more.name);
    if (policy == nullptr) {
      policies_.push_back(more);
      continue;
    }
    // One file gives one list of criteria, whoever imports it; only waivers depend on the module that is run.
    for (std::size_t i = 0; i < policy->criteria.size() && i < more.criteria.size(); ++i) {
      ReachedCriterion& criterion = policy->criteria[i];
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
