// SPDX-License-Identifier: Apache-2.0
// Which differences are undone. The differences are those of the two sides, then those of shared evidence, then
// those of the subject's evidence.
#pragma once

#include <vector>

namespace muster::compare {

using Undone = std::vector<bool>;

}  // namespace muster::compare
