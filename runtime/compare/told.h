// SPDX-License-Identifier: Apache-2.0
// What a comparison tells of one subject.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/compare/difference.h"
#include "runtime/compare/sides.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::compare {

// Why its verdict changed; see cause.h.
struct ToldCause {
  std::vector<Difference> differences;
  std::vector<Difference> others;
};

struct ComparedSubject {
  std::uint64_t position = 0;                 // in the later file; of one that is gone, in the earlier
  PairOf<const verdicts::Outcome*> outcomes;  // nothing: it isn't there
  const ToldCause* cause = nullptr;           // where both were judged and the verdicts differ
};

}  // namespace muster::compare
