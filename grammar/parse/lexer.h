// SPDX-License-Identifier: Apache-2.0
// From characters to tokens and comments. Never fails: what is no token becomes TokenKind::junk.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "grammar/syntax/tree.h"

namespace muster::parse {

// Fills the tree's tokens and comments from its text.
void read_tokens(syntax::Tree& tree, base::Diagnostics& diagnostics);

// Reports the first byte that is not UTF-8, and a NUL.
void check_encoding(const syntax::Tree& tree, base::Diagnostics& diagnostics);

}  // namespace muster::parse
