// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/criterion.h"

#include <algorithm>
#include <utility>

namespace muster::reference {

using typed::Condition;
using typed::Criterion;
using typed::Status;
using verdicts::CriterionResult;
using verdicts::PossibleSet;

namespace {

// Conditions joined with `and`, and each of them.
struct Conditions {
  std::vector<Truth> each;
  Value all;
};

Conditions judge(Evaluator& evaluator, const std::vector<Condition>& conditions) {
  Conditions judged;
  Fold fold(Truth::no);
  for (const Condition& condition : conditions) {
    const Value value = evaluator.needed_value(condition.condition);
    judged.each.push_back(value.truth());
    fold.add(value);
  }
  judged.all = fold.result();
  return judged;
}

bool guarded_are_present(Evaluator& evaluator, const Condition& condition) {
  return std::all_of(condition.guarded.begin(), condition.guarded.end(),
                     [&](typed::ExprId id) { return evaluator.is_there(id); });
}

std::vector<std::string> messages_of_false(Evaluator& evaluator, const std::vector<Condition>& conditions,
                                           const std::vector<Truth>& truths) {
  std::vector<std::string> messages;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (truths[i] != Truth::no || !guarded_are_present(evaluator, conditions[i])) continue;
    messages.push_back(evaluator.print(conditions[i].message));
  }
  return messages;
}

std::vector<std::string> fields_of(const std::vector<verdicts::Cause>& causes) {
  std::vector<std::string> fields;
  for (const auto& cause : causes) {
    if (std::find(fields.begin(), fields.end(), cause.field) == fields.end()) fields.push_back(cause.field);
  }
  return fields;
}

}  // namespace

PossibleSet possible_outcomes(Truth applies, Truth holds, Truth waived) {
  PossibleSet possible;
  if (applies != Truth::yes) possible.add(Status::na);
  if (applies == Truth::no) return possible;
  if (holds != Truth::no) possible.add(Status::met);
  if (holds != Truth::yes && waived != Truth::no) possible.add(Status::waived);
  if (holds != Truth::yes && waived != Truth::yes) possible.add(Status::unmet);
  return possible;
}

// Before its effective date a criterion is na; its reasons are then those of what it would be.
JudgedCriterion judge_criterion(Evaluator& evaluator, const typed::Policy& policy, std::uint32_t index,
                                ByTest waived_by_test, const Circumstances& circumstances) {
  const Criterion& criterion = policy.criteria[index];
  const waivers::Book& book = circumstances.waivers;
  JudgedCriterion judged;
  CriterionResult& result = judged.result;
  evaluator.take_assumed();
  const Conditions whens = judge(evaluator, criterion.whens);
  const Conditions requires_ = judge(evaluator, criterion.requires_);
  const Waived waived = find_waivers(evaluator, book, index, circumstances.key, waived_by_test);
  result.assumed = fields_of(evaluator.list(evaluator.take_assumed()));
  const Truth applies = whens.all.truth(), holds = requires_.all.truth();
  result.possible = possible_outcomes(applies, holds, waived.truth);
  judged.without_waivers = possible_outcomes(applies, holds, Truth::no);

  CausesBuilder causes;
  causes.add(whens.all.causes);
  causes.add(requires_.all.causes);
  // What is not applicable, or met, needs no waiver.
  if (applies != Truth::no && holds != Truth::yes) causes.add(waived.causes);
  judged.causes = causes.take();

  result.status = result.possible.shown();
  switch (result.status) {
    case Status::unmet: result.because = messages_of_false(evaluator, criterion.requires_, requires_.each); break;
    case Status::na: {
      const auto first_false = std::find(whens.each.begin(), whens.each.end(), Truth::no) - whens.each.begin();
      result.because.push_back(evaluator.print(criterion.whens[static_cast<std::size_t>(first_false)].message));
      break;
    }
    case Status::unknown: result.missing = evaluator.list(judged.causes); break;
    case Status::waived: result.waiver = waived.shown; break;
    case Status::met: break;
  }
  const bool is_open = result.status == Status::unmet || result.status == Status::unknown;
  if (circumstances.advice == Advice::given && is_open && criterion.fix) result.fix = evaluator.print(*criterion.fix);
  if (criterion.effective && book.today() < *criterion.effective) {
    result.upcoming = criterion.effective;
    result.would_be = std::exchange(result.status, Status::na);
    result.possible = judged.without_waivers = PossibleSet().add(Status::na);
    result.waiver.reset();
    judged.causes = {};
  }
  if (result.waiver) {
    const waivers::Waiver& waiver = book.all()[*result.waiver];
    result.waived_until = waiver.until;
    result.waived_by = waiver.by;
    result.waived_because = waiver.because;
  }
  return judged;
}

}  // namespace muster::reference
