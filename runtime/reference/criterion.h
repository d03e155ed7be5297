// SPDX-License-Identifier: Apache-2.0
// What a criterion may turn out to be, from what its conditions are.
#pragma once

#include "runtime/reference/evaluator.h"

namespace muster::reference {

// `applies` is the `and` of the whens, `holds` of the requires, `waived` whether a waiver is in force.
verdicts::PossibleSet possible_outcomes(Truth applies, Truth holds, Truth waived);

struct JudgedCriterion {
  verdicts::CriterionResult result;
  Causes causes;  // why `possible` holds more than one
};

enum class Advice : std::uint8_t { none, given };

JudgedCriterion judge_criterion(Evaluator& evaluator, const typed::Criterion& criterion, Truth waived, base::Date today,
                                Advice advice);

}  // namespace muster::reference
