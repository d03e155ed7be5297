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
                     [&](typed::ExprId id) { return evaluator.plain_value(id).is_known(); });
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
JudgedCriterion judge_criterion(Evaluator& evaluator, const Criterion& criterion, Truth waived, base::Date today,
                                Advice advice) {
  JudgedCriterion judged;
  CriterionResult& result = judged.result;
  evaluator.take_assumed();
  const Conditions whens = judge(evaluator, criterion.whens);
  const Conditions requires_ = judge(evaluator, criterion.requires_);
  result.assumed = fields_of(evaluator.list(evaluator.take_assumed()));
  result.possible = possible_outcomes(whens.all.truth(), requires_.all.truth(), waived);

  CausesBuilder causes;
  causes.add(whens.all.causes);
  causes.add(requires_.all.causes);
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
    case Status::met:
    case Status::waived: break;
  }
  const bool is_open = result.status == Status::unmet || result.status == Status::unknown;
  if (advice == Advice::given && is_open && criterion.fix) result.fix = evaluator.print(*criterion.fix);
  if (criterion.effective && today < *criterion.effective) {
    result.upcoming = criterion.effective;
    result.would_be = std::exchange(result.status, Status::na);
    result.possible = PossibleSet().add(Status::na);
    judged.causes = {};
  }
  return judged;
}

}  // namespace muster::reference
