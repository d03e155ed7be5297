// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/mistake.h"

#include <algorithm>

namespace muster::parse {

bool Mistake::expects(std::string_view words) const {
  return std::find(expected.begin(), expected.end(), words) != expected.end();
}

bool Mistake::expects_one_of(std::initializer_list<std::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](std::string_view each) { return expects(each); });
}

const syntax::Token& Mistake::at(int distance) const {
  const auto last = static_cast<long long>(tree.tokens.size()) - 1;
  return tree
      .tokens[static_cast<std::size_t>(std::clamp<long long>(static_cast<long long>(found) + distance, 0, last))];
}

std::string_view Mistake::text(int distance) const {
  return tree.text.substr(at(distance).begin, at(distance).end - at(distance).begin);
}

bool Mistake::touches(int distance) const {
  return static_cast<long long>(found) + distance > 0 && at(distance - 1).end == at(distance).begin &&
         kind(distance) != syntax::TokenKind::end;
}

bool Mistake::continues(int distance) const {
  return static_cast<long long>(found) + distance > 0 && !at(distance).first_on_line;
}

}  // namespace muster::parse
