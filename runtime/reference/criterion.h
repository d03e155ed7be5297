// SPDX-License-Identifier: Apache-2.0
// What a criterion may turn out to be, from what its conditions are.
#pragma once

#include "runtime/reference/waived.h"

namespace muster::reference {

// `applies` is the `and` of the whens, `holds` of the requires, `waived` whether a waiver is in force.
verdicts::PossibleSet possible_outcomes(Truth applies, Truth holds, Truth waived);

struct JudgedCriterion {
  verdicts::CriterionResult result;
  Causes causes;                          // why `possible` holds more than one
  verdicts::PossibleSet without_waivers;  // what `possible` would be if no waiver were in force
};

enum class Advice : std::uint8_t { none, given };

// What is the same for all criteria of a subject.
struct Circumstances {
  const waivers::Book& waivers;
  const evidence::Datum& key;  // the subject's
  Advice advice = Advice::none;
};

JudgedCriterion judge_criterion(Evaluator& evaluator, const typed::Policy& policy, std::uint32_t criterion,
                                ByTest waived, const Circumstances& circumstances);

}  // namespace muster::reference
