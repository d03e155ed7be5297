// SPDX-License-Identifier: Apache-2.0
// Counts over a whole portfolio, for the summary and the table. Its size is that of the policy.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/verdicts/exact_sum.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::verdicts {

struct Tally {
  struct ScoreTally {
    std::uint64_t subjects = 0;  // whose score isn't none
    ExactSum low, high;
  };
  // How many subjects reached each level, last how many none.
  struct LevelTally {
    std::vector<std::uint64_t> sure, possible;
  };

  explicit Tally(const typed::Policy& policy);
  void add(const Outcome& outcome);
  void add(const Tally& other);  // of other subjects, of the same policy and run

  std::uint64_t subjects = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t duplicate_keys = 0;
  std::vector<std::array<std::uint64_t, 3>> gates;     // by Verdict
  std::vector<std::array<std::uint64_t, 5>> criteria;  // by Status
  std::vector<LevelTally> levels;
  std::vector<ScoreTally> scores, scores_without_waivers;
  std::vector<bool> shown_waivers;  // of the run; what it doesn't reach is shown nowhere
};

}  // namespace muster::verdicts
