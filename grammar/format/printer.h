// SPDX-License-Identifier: Apache-2.0
// From a tree to a text with places to break: what stands on a line of its own, what is indented, where an
// expression may break. Knows nothing of how its author broke the lines, but for the lines of comments.
#pragma once

#include "grammar/format/layout.h"
#include "grammar/syntax/tree.h"

namespace muster::format {

// The pieces view the tree's text.
Pieces print(const syntax::Tree& tree);

}  // namespace muster::format
