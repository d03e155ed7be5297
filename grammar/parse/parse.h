// SPDX-License-Identifier: Apache-2.0
// From text to a tree. Never fails: what can't be read becomes error nodes and diagnostics, and the parser goes
// on at the next list element, clause or declaration. Time is linear in the text, nesting too. Texts past
// 16 MiB give one diagnostic and an empty tree.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/diagnostic.h"
#include "base/span.h"
#include "grammar/syntax/tree.h"

namespace muster::parse {

struct Result {
  syntax::Tree tree;
  base::Diagnostics diagnostics;
  std::size_t attempts = 0;  // tokens that rules asked for: the work done, counted
};

// `text` must outlive the tree.
Result parse_module(std::string_view text, base::FileId file);

// One expression that fills all of `text`, which stands in the file at `offset`: what braces in a message hold.
Result parse_expression(std::string_view text, base::FileId file, std::uint32_t offset);

}  // namespace muster::parse
