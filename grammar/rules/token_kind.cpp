// SPDX-License-Identifier: Apache-2.0
#include "grammar/rules/token_kind.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace muster::rules {
namespace {

using Words = std::unordered_map<std::string_view, TokenKind>;

constexpr std::array kUnits = {"day",     "days", "hour",  "hours", "minute", "minutes", "second",
                               "seconds", "week", "weeks", "month", "months", "year",    "years"};

}  // namespace

TokenKind word_kind(std::string_view text) {
  static const Words words = {
#define MUSTER_WORD(name) {#name, TokenKind::word_##name},
#define MUSTER_RESERVED(name) {#name, TokenKind::word_##name},
#include "grammar/rules/keywords.def"
#undef MUSTER_WORD
#undef MUSTER_RESERVED
  };
  const auto found = words.find(text);
  return found == words.end() ? TokenKind::word : found->second;
}

bool is_unit(std::string_view text) {
  return std::any_of(kUnits.begin(), kUnits.end(), [text](const char* unit) { return text == unit; });
}

std::optional<Sign> sign_at(std::string_view text) {
#define MUSTER_SIGN(name, spelling) \
  if (text.starts_with(spelling)) return Sign{TokenKind::name, sizeof(spelling) - 1};
#include "grammar/rules/operators.def"
#undef MUSTER_SIGN
  return std::nullopt;
}

std::string_view describe(TokenKind kind) {
  switch (kind) {
    case TokenKind::end: return "the end of the file";
    case TokenKind::integer: return "a whole number";
    case TokenKind::decimal: return "a number";
    case TokenKind::percent: return "a percent";
    case TokenKind::date: return "a date";
    case TokenKind::instant: return "a time";
    case TokenKind::version: return "a version";
    case TokenKind::text: return "a text";
    case TokenKind::raw_text: return "a raw text";
    case TokenKind::quoted_name: return "a name";
    case TokenKind::word: return "a name";
    case TokenKind::unit: return "a unit";
#define MUSTER_RESERVED(name) MUSTER_WORD(name)
#define MUSTER_WORD(name)      \
  case TokenKind::word_##name: \
    return "`" #name "`";
#include "grammar/rules/keywords.def"
#undef MUSTER_WORD
#undef MUSTER_RESERVED
#define MUSTER_SIGN(name, spelling) \
  case TokenKind::name:             \
    return "`" spelling "`";
#include "grammar/rules/operators.def"
#undef MUSTER_SIGN
    case TokenKind::junk: return "text that is not of the language";
    case TokenKind::missing_close: return "the end of the block";
    case TokenKind::orphan_close: return "`}`";
  }
  return "";
}

}  // namespace muster::rules
