// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/expectation_text.h"

#include <algorithm>

namespace muster::parse {
namespace {

using rules::TokenKind;

constexpr std::size_t kMostNamed = 8;
constexpr std::size_t kMostQuoted = 40;

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

std::string message_of(const std::vector<std::string_view>& expected, const std::string& found) {
  std::string message = "expected ";
  const std::size_t named = std::min(expected.size(), kMostNamed);
  for (std::size_t i = 0; i < named; ++i) {
    std::string words(expected[i]);
    const std::size_t choice = words.rfind(" or ");
    const bool last = i + 1 == named;
    // "`not`, `known` or `absent`": of several choices the last has the one `or`.
    if (choice != std::string::npos && !last) words.replace(choice, 4, ", ");
    if (i > 0) message += last && choice == std::string::npos ? " or " : ", ";
    message += words;
  }
  if (named == 0) message += "something else";
  return message + ", found " + found;
}

}  // namespace

std::string orphan_text() { return "this `}` closes nothing"; }

std::string before_text(std::string_view written) { return quoted(written) + " can't be read here"; }

std::string expectation_text(const std::vector<std::string_view>& expected, TokenKind found,
                             std::string_view found_text) {
  return message_of(expected, found_text.empty() ? std::string(rules::describe(found)) : quoted(found_text));
}

std::string line_end_text(const std::vector<std::string_view>& expected) {
  return message_of(expected, "the end of the line");
}

}  // namespace muster::parse
