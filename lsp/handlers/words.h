// SPDX-License-Identifier: Apache-2.0
// The words that may begin an item of a block. For completion.
#pragma once

#include <string_view>
#include <vector>

#include "grammar/rules/token_kind.h"

namespace muster::lsp {

using Words = std::vector<std::string_view>;

// By the block's leading word; `end`: of a module.
Words words_of_block(rules::TokenKind block);

}  // namespace muster::lsp
