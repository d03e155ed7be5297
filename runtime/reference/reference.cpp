// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/reference.h"

#include <utility>

#include "runtime/reference/criterion.h"
#include "runtime/reference/evaluator.h"
#include "runtime/reference/expression_facts.h"
#include "runtime/reference/scores.h"

namespace muster::reference {

using typed::ExprId;
using typed::Status;
using verdicts::ScoreResult;
using verdicts::SubjectResult;

class Engine::Impl final : public PolicyValues {
 public:
  Impl(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
       const waivers::Book& waivers)
      : policy_(policy),
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

  const typed::Selection& selection(std::uint32_t selection) const override { return policy_.selections[selection]; }
  const verdicts::PossibleSet& possible(std::uint32_t criterion) const override { return counted_[criterion].possible; }
  const Causes& causes(std::uint32_t criterion) const override { return criteria_[criterion].causes; }
  Value gate(std::uint32_t gate) override;
  ScoreResult score(std::uint32_t score) override;

 private:
  void begin(const Subject& subject, Trace* trace);
  bool leave_out_waivers();
  ScoreResult found_score(const typed::Score& score);
  ScoreResult expression_score(ExprId expression);
  verdicts::LevelResult level(const typed::Levels& levels);

  const typed::Policy& policy_;
  const waivers::Book& waivers_;
  types::FieldIndex key_;  // of the subject
  ExpressionFacts facts_;
  Evaluator evaluator_;
  std::vector<bool> waived_;
  Advice advice_ = Advice::none;
  std::vector<JudgedCriterion> criteria_;
  std::vector<CountedCriterion> counted_;  // what gates and scores see of them
  std::vector<std::optional<Value>> gates_;
  std::vector<std::optional<ScoreResult>> scores_;
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
  gates_.assign(policy_.gates.size(), std::nullopt);
  scores_.assign(policy_.scores.size(), std::nullopt);
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

// An `and` of its requires.
Value Engine::Impl::gate(std::uint32_t gate) {
  if (!gates_[gate]) {
    Fold fold(Truth::no);
    for (const auto& condition : policy_.gates[gate].requires_) fold.add(evaluator_.needed_value(condition.condition));
    gates_[gate] = fold.result();
  }
  return *gates_[gate];
}

ScoreResult Engine::Impl::score(std::uint32_t score) {
  if (!scores_[score]) scores_[score] = found_score(policy_.scores[score]);
  return *scores_[score];
}

ScoreResult Engine::Impl::found_score(const typed::Score& score) {
  if (score.expression != typed::kNoExpr) return expression_score(score.expression);
  if (!score.parts.empty()) {
    std::vector<ScoreResult> parts;
    for (const auto& part : score.parts) parts.push_back(this->score(part.score));
    return score_of_parts(score, parts);
  }
  std::vector<CountedCriterion> counted;
  for (const std::uint32_t criterion : score.of.criteria) {
    counted.push_back(counted_[criterion]);
  }
  return score_of_criteria(score, counted);
}

ScoreResult Engine::Impl::expression_score(ExprId expression) {
  const Value value = evaluator_.points(expression);
  ScoreResult result;
  const auto points = [](const types::Scalar& scalar) {
    if (const auto* percent = std::get_if<types::Percent>(&scalar)) return percent->points;
    if (const auto* whole = std::get_if<std::int64_t>(&scalar)) return static_cast<double>(*whole);
    return std::get<double>(scalar);
  };
  if (value.is_known()) {
    result.has_value = true;
    result.low = result.high = points(value.scalar);
  } else if (value.is_absent()) {
    result.may_be_none = true;
  } else if (value.remaining && value.remaining->low && value.remaining->high) {
    result.has_value = true;
    result.low = points(*value.remaining->low);
    result.high = points(*value.remaining->high);
    result.may_be_none = value.remaining->or_absent;
  }
  return result;
}

// The highest whose gate and all before it pass: for sure, and where what is undecided goes well.
verdicts::LevelResult Engine::Impl::level(const typed::Levels& levels) {
  verdicts::LevelResult result;
  bool sure = true;
  for (std::uint32_t i = 0; i < levels.gates.size(); ++i) {
    const Truth truth = gate(levels.gates[i]).truth();
    if (truth == Truth::no) break;
    sure = sure && truth == Truth::yes;
    if (sure) result.sure = i;
    result.possible = i;
  }
  return result;
}

}  // namespace muster::reference
