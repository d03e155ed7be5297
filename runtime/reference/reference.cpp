// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/reference.h"

#include <utility>

#include "runtime/reference/criterion.h"
#include "runtime/reference/decider.h"
#include "runtime/reference/evaluator.h"
#include "runtime/reference/expression_facts.h"

namespace muster::reference {

using verdicts::SubjectResult;

class Engine::Impl final : private Decider {
 public:
  Impl(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
       const waivers::Book& waivers)
      : Decider(evaluator_),
        policy_(policy),
        waivers_(waivers),
        key_(*program.types.record_at(policy.subject).key()),
        facts_(facts_of(program, policy)),
        evaluator_(program, run, facts_),
        waived_(policy.criteria.size()) {}

  void waive(const std::vector<std::uint32_t>& criteria) {
    for (const std::uint32_t criterion : criteria) waived_[criterion] = true;
  }

  void advise() { advice_ = Advice::given; }

  SubjectResult judge(const Subject& subject, Trace* trace);

 private:
  void begin(const Subject& subject, Trace* trace);
  bool leave_out_waivers();
  const verdicts::PossibleSet& possible(std::uint32_t criterion) const override { return counted_[criterion].possible; }
  const Causes& causes(std::uint32_t criterion) const override { return criteria_[criterion].causes; }
  scores::CountedCriterion counted(std::uint32_t criterion) const override { return counted_[criterion]; }

  const typed::Policy& policy_;
  const waivers::Book& waivers_;
  types::FieldIndex key_;  // of the subject
  ExpressionFacts facts_;
  Evaluator evaluator_;
  std::vector<bool> waived_;
  Advice advice_ = Advice::none;
  std::vector<JudgedCriterion> criteria_;
  std::vector<scores::CountedCriterion> counted_;  // what gates and scores see of them
};

Engine::Engine(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
               const waivers::Book& waivers)
    : impl_(std::make_unique<Impl>(program, policy, run, waivers)) {}

Engine::~Engine() = default;

void Engine::waive(const std::vector<std::uint32_t>& criteria) { impl_->waive(criteria); }

void Engine::advise() { impl_->advise(); }

verdicts::Outcome Engine::judge(const Subject& subject, Trace* trace) {
  try {
    return impl_->judge(subject, trace);
  } catch (PastLimit& past) {
    return verdicts::UnreadableRecord{{}, std::move(past.message)};
  }
}

// Forgets what was found of the subject before, but not its criteria.
void Engine::Impl::begin(const Subject& subject, Trace* trace) {
  Decider::begin(policy_);
  evaluator_.begin(subject, policy_.subject, *this, trace);
}

SubjectResult Engine::Impl::judge(const Subject& subject, Trace* trace) {
  criteria_.clear();
  counted_.clear();
  begin(subject, trace);
  const Circumstances circumstances{waivers_, subject.record->items[key_], advice_};
  for (std::uint32_t i = 0; i < policy_.criteria.size(); ++i) {
    criteria_.push_back(judge_criterion(evaluator_, policy_, i, waived_[i] ? ByTest::yes : ByTest::no, circumstances));
    const auto& judged = criteria_.back().result;
    counted_.push_back({judged.possible, judged.status, judged.upcoming.has_value()});
  }
  for (const std::uint32_t index : policy_.evaluation_order) gate(index);

  SubjectResult result;
  for (std::uint32_t i = 0; i < policy_.scores.size(); ++i) result.scores.push_back(score(i));
  for (std::uint32_t i = 0; i < policy_.gates.size(); ++i) result.gates.push_back(gate(i).truth());
  for (const auto& levels : policy_.levels) result.levels.push_back(level(levels));
  for (const auto& show : policy_.shows) result.shows.push_back(evaluator_.shown(show.value));
  for (JudgedCriterion& criterion : criteria_) result.criteria.push_back(std::move(criterion.result));
  if (!policy_.scores.empty() && leave_out_waivers()) {
    begin(subject, nullptr);
    for (std::uint32_t i = 0; i < policy_.scores.size(); ++i) result.scores_without_waivers.push_back(score(i));
  }
  return result;
}

// Whether that changes what gates and scores see.
bool Engine::Impl::leave_out_waivers() {
  bool changed = false;
  for (std::size_t i = 0; i < criteria_.size(); ++i) {
    changed = changed || counted_[i].possible != criteria_[i].without_waivers;
    counted_[i].possible = criteria_[i].without_waivers;
    counted_[i].shown = criteria_[i].without_waivers.shown();
  }
  return changed;
}

}  // namespace muster::reference
