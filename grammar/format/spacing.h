// SPDX-License-Identifier: Apache-2.0
// Where tokens of one line stand close together: `f(x)`, `a.b`, `-1`, `T?`.
#pragma once

#include <vector>

#include "grammar/syntax/tree.h"

namespace muster::format {

struct Closeness {
  bool before = false;  // nothing stands between it and the token before it
  bool behind = false;
};

// Of each token of the tree.
std::vector<Closeness> closeness(const syntax::Tree& tree);

}  // namespace muster::format
