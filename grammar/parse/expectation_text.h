// SPDX-License-Identifier: Apache-2.0
// What the parser says where the text doesn't fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/rules/token_kind.h"

namespace muster::parse {

// "expected `:` and a type, found `}`"
std::string expectation_text(const std::vector<std::string_view>& expected, rules::TokenKind found,
                             std::string_view found_text);
std::string line_end_text(const std::vector<std::string_view>& expected);  // the same, found the end of the line

// Of a `}` whose `{` is not there.
std::string orphan_text();

// Of a word that was taken for a name, and is none by what follows it.
std::string before_text(std::string_view written);

}  // namespace muster::parse
