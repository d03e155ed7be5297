// SPDX-License-Identifier: Apache-2.0
// Makes the braces of a broken text match, before the grammar sees it, so that one brace too many or too few
// costs one declaration. A text whose braces match is left as it is, however it is laid out. Otherwise a
// declaration's word and name at column 1 ends every block before it, an item's word and name at the start of
// a line ends the criterion before it, and where that doesn't say which block is meant the indentation does.
#pragma once

#include "base/diagnostic.h"
#include "grammar/syntax/tree.h"

namespace muster::parse {

// Unclosed blocks get a TokenKind::missing_close and are reported. A `}` without its `{` becomes an
// orphan_close: the parser takes it where it misses the `{`.
void match_braces(syntax::Tree& tree, base::Diagnostics& diagnostics);

// The token begins a declaration at column 1: its word, and a name or title behind it.
bool starts_declaration(const syntax::Tree& tree, syntax::TokenId token);

}  // namespace muster::parse
