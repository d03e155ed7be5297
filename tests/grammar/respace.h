// SPDX-License-Identifier: Apache-2.0
// The same tokens and comments, spaced at random. A number and its unit stay on one line, and comments where
// they end their line.
#pragma once

#include <cctype>
#include <random>
#include <string>

#include "grammar/syntax/tree.h"

namespace muster::grammar_tests {

using Random = std::mt19937;

inline std::string blanks(Random& random) {
  static const std::string kBlanks[] = {" ", "  ", "\t", "\n", "\n\n", "\r\n", " \n  ", "\n\n\n\t ", "\n        "};
  return kBlanks[random() % std::size(kBlanks)];
}

inline std::string blanks_on_line(Random& random) {
  static const std::string kBlanks[] = {" ", "  ", "\t", "    "};
  return kBlanks[random() % std::size(kBlanks)];
}

inline bool is_wordlike(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '"' || c == '`';
}

// Nothing needs to stand between these two, if both are alone on their side: `(` and a name, say.
inline bool may_touch(std::string_view before, std::string_view behind) {
  static const std::string_view kAlone = "(){}[],:";
  return (kAlone.find(before.back()) != std::string_view::npos ||
          kAlone.find(behind.front()) != std::string_view::npos) &&
         !(before.back() == ':' && behind.front() == ':') &&
         (is_wordlike(before.back()) || is_wordlike(behind.front()) || before.back() == behind.front());
}

inline std::string respaced(const syntax::Tree& tree, Random& random) {
  std::string text;
  std::size_t comment = 0;
  bool fresh = true;
  for (syntax::TokenId id = 0; id < tree.tokens.size(); ++id) {
    bool commented = false;
    for (; comment < tree.comments.size() && tree.comments[comment].before == id; ++comment) {
      const syntax::Comment& each = tree.comments[comment];
      if (each.place == syntax::Comment::Place::own_line) {
        if (!fresh) text += "\n";
        if (random() % 2 == 0) text += "   ";
      } else if (random() % 2 == 0) {
        text += blanks_on_line(random);
      }
      text += tree.text.substr(each.begin, each.end - each.begin);
      text += random() % 3 == 0 ? " \r\n" : "\n";
      if (random() % 3 == 0) text += "\n";
      fresh = true;
      commented = true;
    }
    if (tree.tokens[id].kind == syntax::TokenKind::end) break;
    if (id > 0 && !commented) {
      const std::string_view before = tree.text_of(id - 1);
      const std::string_view behind = tree.text_of(id);
      if (tree.tokens[id].kind == syntax::TokenKind::unit) {
        text += blanks_on_line(random);
      } else if (!may_touch(before, behind) || random() % 2 == 0) {
        text += blanks(random);
      }
    }
    text += tree.text_of(id);
    fresh = false;
  }
  return text;
}

}  // namespace muster::grammar_tests
