// SPDX-License-Identifier: Apache-2.0
// Why a verdict changed: the differences which, undone, undo the change.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace muster::compare {

struct Cause {
  // Their places, in order. Undone together they undo the change, and none of them can be left out. Never empty.
  std::vector<std::size_t> differences;
  // Where it is one difference: others that undo the change alone, too.
  std::vector<std::size_t> others;
};

// `undoes` says whether the verdict is the one before with these, and no others, of `candidates` undone. That all of
// them do is taken for granted. `candidates` are in the order in which they are to be named.
Cause find_cause(const std::vector<std::size_t>& candidates,
                 const std::function<bool(const std::vector<std::size_t>&)>& undoes);

}  // namespace muster::compare
