// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/decisions.h"

#include <exception>
#include <utility>

#include "runtime/reference/criterion.h"
#include "runtime/reference/decider.h"
#include "runtime/reference/expression_facts.h"

namespace muster::compare {

using scores::CountedCriterion;
using verdicts::PossibleSet;
using verdicts::Status;

namespace {

// Gates or scores of two policies that name each other. Thrown where one is found again, caught by `verdict`.
struct Circle : std::exception {};

bool is_undone(std::uint32_t difference, const Undone& undone) { return difference != kNone && undone[difference]; }

// Whose text it is.
template <class Thing>
Which side_of(const Thing& thing, std::uint32_t difference, const Undone& undone) {
  if (thing.index.after == kNone) return Which::before;
  if (thing.index.before == kNone) return Which::after;
  return is_undone(difference, undone) || is_undone(thing.as_of, undone) ? Which::before : Which::after;
}

typed::Policy without_criteria(const typed::Policy& policy) {
  typed::Policy bare = policy;
  bare.criteria.clear();
  bare.shows.clear();
  return bare;
}

Reads reads_of_decisions(const Side& side) {
  std::vector<typed::ExprId> expressions;
  for (const typed::Gate& gate : side.chosen().gates) {
    for (const typed::Condition& condition : gate.requires_) expressions.push_back(condition.condition);
  }
  for (const typed::Score& score : side.chosen().scores) expressions.push_back(score.expression);
  return reads_of(*side.program, side.chosen().subject, expressions);
}

template <class Thing>
std::vector<std::uint32_t> places(const std::vector<Thing>& compared, Which which) {
  std::vector<std::uint32_t> of;
  for (std::uint32_t i = 0; i < compared.size(); ++i) {
    const std::uint32_t index = compared[i].index.of(which);
    if (index == kNone) continue;
    if (of.size() <= index) of.resize(index + 1);
    of[index] = i;
  }
  return of;
}

}  // namespace

// What one side's gates and scores see. Those whose text is the other's are asked of there.
class Decisions::OneSide final : public reference::Decider {
 public:
  OneSide(Decisions& decisions, Which which)
      : Decider(evaluator_),
        decisions_(decisions),
        which_(which),
        side_(decisions.sides_.of(which)),
        facts_(reference::facts_of(*side_.program, without_criteria(side_.chosen()))),
        evaluator_(*side_.program, decisions.evidence_.run(which), facts_),
        reads_evidence_(reads_of_decisions(side_).anything()),
        gates_(places(decisions.differences_.gates, which)),
        scores_(places(decisions.differences_.scores, which)) {
    na_.possible.add(Status::na);
  }

  void begin(const Shape& shape, const Undone& undone) {
    shape_ = &shape;
    undone_ = &undone;
    open_gates_.assign(gates_.size(), false);
    open_scores_.assign(scores_.size(), false);
    Decider::begin(shape.policies.of(which_));
    if (reads_evidence_) decisions_.evidence_.load(which_, undone);
    evaluator_.begin(decisions_.evidence_.subject(which_), side_.chosen().subject, *this, nullptr);
  }

  reference::Value gate(std::uint32_t gate) override {
    const ComparedGate& compared = decisions_.differences_.gates[gates_[gate]];
    const Which from = side_of(compared, compared.conditions, *undone_);
    if (from != which_) return decisions_.one_side_.of(from)->gate(compared.index.of(from));
    if (open_gates_[gate]) throw Circle();
    open_gates_[gate] = true;
    reference::Value value = Decider::gate(gate);
    open_gates_[gate] = false;
    return value;
  }

  verdicts::ScoreResult score(std::uint32_t score) override {
    const ComparedScore& compared = decisions_.differences_.scores[scores_[score]];
    const Which from = side_of(compared, compared.settings, *undone_);
    if (from != which_) return decisions_.one_side_.of(from)->score(compared.index.of(from));
    if (open_scores_[score]) throw Circle();
    open_scores_[score] = true;
    const verdicts::ScoreResult result = Decider::score(score);
    open_scores_[score] = false;
    return result;
  }

 private:
  const CountedCriterion& at(std::uint32_t criterion) const {
    const std::uint32_t compared = decisions_.shapes_.compared(which_)[criterion];
    return shape_->criteria[compared].is_there ? decisions_.criteria_[compared] : na_;
  }
  const PossibleSet& possible(std::uint32_t criterion) const override { return at(criterion).possible; }
  const reference::Causes& causes(std::uint32_t) const override { return no_causes_; }
  CountedCriterion counted(std::uint32_t criterion) const override { return at(criterion); }

  Decisions& decisions_;
  Which which_;
  const Side& side_;
  reference::ExpressionFacts facts_;
  reference::Evaluator evaluator_;
  bool reads_evidence_;
  std::vector<std::uint32_t> gates_, scores_;  // of Differences, by the side's own
  const Shape* shape_ = nullptr;
  const Undone* undone_ = nullptr;
  std::vector<bool> open_gates_, open_scores_;  // that are being found
  CountedCriterion na_;                         // what isn't there
  reference::Causes no_causes_;
};

Decisions::Decisions(const Sides& sides, const Differences& differences, MixedEvidence& evidence)
    : sides_(sides),
      differences_(differences),
      evidence_(evidence),
      shapes_(sides, differences),
      conditions_(sides, evidence) {
  for (const Which which : kBoth) {
    one_side_.of(which) = std::make_unique<OneSide>(*this, which);
    deciding_gate_.of(which) = places(differences.gates, which)[sides.of(which).gate];
  }
}

Decisions::~Decisions() = default;

std::optional<verdicts::Verdict> Decisions::verdict(const Undone& undone) {
  try {
    return verdicts::verdict(deciding_gate(undone).truth());
  } catch (const Circle&) {
    return std::nullopt;
  } catch (const reference::PastLimit&) {
    return std::nullopt;
  }
}

reference::Value Decisions::deciding_gate(const Undone& undone) {
  const Shape& shape = shapes_.of(undone);
  criteria_.assign(differences_.criteria.size(), {});
  for (std::uint32_t i = 0; i < criteria_.size(); ++i) {
    if (shape.criteria[i].is_there) criteria_[i] = criterion(i, undone);
  }
  for (const Which which : kBoth) one_side_.of(which)->begin(shape, undone);
  const Which named_by = is_undone(differences_.main_gate, undone) ? Which::before : Which::after;
  const ComparedGate& gate = differences_.gates[deciding_gate_.of(named_by)];
  const Which from = side_of(gate, gate.conditions, undone);
  return one_side_.of(from)->gate(gate.index.of(from));
}

CountedCriterion Decisions::criterion(std::uint32_t index, const Undone& undone) {
  const ComparedCriterion& compared = differences_.criteria[index];
  const Shape::Criterion shape = shapes_.of(undone).criteria[index];
  const bool as_of_before = is_undone(compared.as_of, undone);
  const Which from = side_of(compared, compared.conditions, undone);
  const Asked own = conditions_.criterion(from, compared.index.of(from), undone);
  Truth applies = own.applies;
  if (shape.section != kNone) applies = both(section_applies(shape.section, as_of_before, undone), applies);

  const bool waivers_of_before = compared.index.after == kNone || as_of_before || is_undone(compared.waivers, undone);
  const Which waived_by = waivers_of_before && compared.index.before != kNone ? Which::before : Which::after;
  const Truth waived = conditions_.waived(waived_by, compared.index.of(waived_by), undone);

  CountedCriterion counted;
  counted.possible = reference::possible_outcomes(applies, own.holds, waived);
  const base::Date today = sides_.of(as_of_before ? Which::before : Which::after).run->today;
  counted.upcoming = shape.effective && today < *shape.effective;
  if (counted.upcoming) counted.possible = PossibleSet().add(Status::na);
  counted.shown = counted.possible.shown();
  return counted;
}

Truth Decisions::section_applies(std::uint32_t section, bool as_of_before, const Undone& undone) {
  const ComparedSection& compared = differences_.sections[section];
  Which from = as_of_before || is_undone(compared.conditions, undone) ? Which::before : Which::after;
  if (compared.index.of(from) == kNone) from = other(from);
  return conditions_.section(from, compared.index.of(from), undone).applies;
}

}  // namespace muster::compare
