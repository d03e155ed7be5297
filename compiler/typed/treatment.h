// SPDX-License-Identifier: Apache-2.0
// How a score counts a criterion of a status.
#pragma once

#include "compiler/typed/program.h"

namespace muster::typed {

inline Treatment treatment(const Score& score, Status status) {
  switch (status) {
    case Status::met: return Treatment::met;
    case Status::unmet: return Treatment::unmet;
    case Status::na: return score.na;
    case Status::waived: return score.waived;
    case Status::unknown: return score.unknown;
  }
  return Treatment::between;
}

}  // namespace muster::typed
