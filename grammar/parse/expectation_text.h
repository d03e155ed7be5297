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

// What an author may have meant by the token that was found, and the text that begins with it; mostly nothing.
std::string hint(const std::vector<std::string_view>& expected, rules::TokenKind found, std::string_view rest);

}  // namespace muster::parse
