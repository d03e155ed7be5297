// SPDX-License-Identifier: Apache-2.0
// A score from what each criterion, or each of its parts, may still be. Low and high are the worst and the best
// of all combinations, which are taken as independent of each other; the sums are exact and become a double
// once, after rounding and cap. Every engine that makes verdicts calculates its scores here.
#pragma once

#include <optional>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/scores/exact.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::scores {

struct CountedCriterion {
  verdicts::PossibleSet possible;
  typed::Status shown = typed::Status::unknown;
  bool upcoming = false;  // leaves every score
};

// `criteria` are those of Score::criteria, in that order.
verdicts::ScoreResult score_of_criteria(const typed::Score& score, const std::vector<CountedCriterion>& criteria);

// What a mean becomes: rounded, then capped as the score says. Not negative.
double finished(const typed::Score& score, const Rational& mean, bool all_met);

// `parts` are the results of Score::parts, in that order.
verdicts::ScoreResult score_of_parts(const typed::Score& score, const std::vector<verdicts::ScoreResult>& parts);

}  // namespace muster::scores
