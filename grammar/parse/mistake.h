// SPDX-License-Identifier: Apache-2.0
// A token that doesn't fit, what could have stood in its place, and what stands around it. The recorder makes it for
// those who say what to write instead; it lives as long as the tree.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "grammar/syntax/tree.h"

namespace muster::parse {

// The tokens at which items begin: declarations, criteria, deltas, clauses. kNone where there is no such item.
struct Items {
  static constexpr syntax::TokenId kNone = ~syntax::TokenId{0};
  syntax::TokenId open = kNone;  // the last to begin in the innermost block: what doesn't fit is in it, or is its first
  syntax::TokenId before = kNone;  // the one before that in its block
  syntax::TokenId around = kNone;  // the one that the block belongs to
};

struct Mistake {
  const syntax::Tree& tree;
  syntax::TokenId found = 0;
  const std::vector<std::string_view>& expected;
  Items items;

  bool expects(std::string_view words) const;
  bool expects_one_of(std::initializer_list<std::string_view> words) const;

  // The token at a distance from the one that doesn't fit: -1 is the one before.
  const syntax::Token& at(int distance) const;
  syntax::TokenKind kind(int distance) const { return at(distance).kind; }
  std::string_view text(int distance) const;
  bool touches(int distance) const;    // it stands right behind the one before it
  bool continues(int distance) const;  // it stands on the line of the one before it
};

}  // namespace muster::parse
