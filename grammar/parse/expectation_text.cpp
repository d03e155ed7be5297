// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/expectation_text.h"

#include <algorithm>
#include <array>

namespace muster::parse {
namespace {

using rules::TokenKind;

constexpr std::size_t kMostNamed = 6;
constexpr std::size_t kMostQuoted = 40;

struct Habit {
  std::string_view written;
  std::string_view help;
};
constexpr std::array kHabits = {
    Habit{"&&", "write `and`"},
    Habit{"||", "write `or`"},
    Habit{"!", "write `not`"},
    Habit{";", "no mark parts clauses"},
    Habit{"->", "write `=>` in `choose` and `map`, `<-` in bindings, `implies` between conditions"},
    Habit{"'", "texts stand in `\"`"},
    Habit{"#", "a comment begins with `//`"},
    Habit{"/*", "a comment begins with `//`"},
};

std::string quoted(std::string_view text) {
  std::string shown(text.substr(0, kMostQuoted));
  // Not in the middle of a character.
  while (shown.size() < text.size() && !shown.empty() &&
         (static_cast<unsigned char>(text[shown.size()]) & 0xC0U) == 0x80U)
    shown.pop_back();
  if (shown.size() < text.size()) shown += "...";
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return c == '`' || static_cast<unsigned char>(c) < 0x20; }, '\'');
  return "`" + shown + "`";
}

}  // namespace

std::string expectation_text(const std::vector<std::string_view>& expected, TokenKind found,
                             std::string_view found_text) {
  std::string message = "expected ";
  const std::size_t named = std::min(expected.size(), kMostNamed);
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) message += i + 1 == named ? " or " : ", ";
    message += expected[i];
  }
  if (named == 0) message += "something else";
  message += ", found ";
  message += found_text.empty() ? std::string(rules::describe(found)) : quoted(found_text);
  return message;
}

std::string hint(const std::vector<std::string_view>& expected, TokenKind found, std::string_view rest) {
  for (const Habit& habit : kHabits)
    if (rest.starts_with(habit.written)) return std::string(habit.help);
  // Behind a condition, which only an `else` may follow.
  if (std::find(expected.begin(), expected.end(), rules::describe(TokenKind::word_else)) == expected.end()) return {};
  if (found == TokenKind::assign) return "`==` compares";
  const bool compares = found == TokenKind::less || found == TokenKind::less_equal || found == TokenKind::greater ||
                        found == TokenKind::greater_equal || found == TokenKind::equal || found == TokenKind::not_equal;
  return compares ? "comparisons don't chain: join two with `and`" : "";
}

}  // namespace muster::parse
