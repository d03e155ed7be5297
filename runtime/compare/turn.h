// SPDX-License-Identifier: Apache-2.0
// What another date did to a criterion of one subject, told from its two results.
#pragma once

#include "runtime/compare/difference.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::compare {

// Sets `turn` and `turned_by`.
void tell_turn(const verdicts::CriterionResult& before, const verdicts::CriterionResult& after, Difference& difference);

}  // namespace muster::compare
