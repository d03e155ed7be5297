// SPDX-License-Identifier: Apache-2.0
// Random evidence with gaps, and ways in which the gaps may close.
#pragma once

#include <random>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"

namespace muster::agreement {

// How much is unknown: one datum in `unknown_one_in`, none at all where that is 0.
struct Gaps {
  unsigned unknown_one_in = 4;
};

// Before freshness is applied.
struct Evidence {
  evidence::Datum subject;
  std::vector<evidence::Datum> shared;
};

Evidence random_evidence(const typed::Program& program, types::RecordId subject, Gaps gaps, std::mt19937& random);

// Some of what is unknown becomes known or absent, in part or in whole; nothing else changes.
Evidence learned(const typed::Program& program, types::RecordId subject, const Evidence& before, std::mt19937& random);

}  // namespace muster::agreement
