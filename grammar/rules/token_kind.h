// SPDX-License-Identifier: Apache-2.0
// The kinds of tokens: names, literals, and one for each word and sign of keywords.def and operators.def.
// A kind fits a byte, so that a text of tokens is a string that PEGTL can read: the grammar's rules are
// written over kinds, not over characters.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace muster::rules {

enum class TokenKind : std::uint8_t {
  end,  // of the text

  // Literals, each in one token.
  integer,
  decimal,
  percent,
  date,
  instant,
  version,
  text,
  raw_text,

  // Names: the reserved words come last.
  quoted_name,
  word,  // that the language has no use for
  unit,  // right behind a number on its line: `days` in `90 days`
#define MUSTER_WORD(name) word_##name,
#define MUSTER_RESERVED(name)
#include "grammar/rules/keywords.def"
#undef MUSTER_WORD
#undef MUSTER_RESERVED
#define MUSTER_WORD(name)
#define MUSTER_RESERVED(name) word_##name,
#include "grammar/rules/keywords.def"
#undef MUSTER_WORD
#undef MUSTER_RESERVED

#define MUSTER_SIGN(name, spelling) name,
#include "grammar/rules/operators.def"
#undef MUSTER_SIGN

  // Of broken texts only.
  junk,           // no token of the language
  missing_close,  // stands, without text, where an unclosed block ends
  orphan_close,   // a `}` whose `{` is not there
};

constexpr bool is_word(TokenKind kind) { return kind >= TokenKind::word && kind <= TokenKind::word_unknown; }
constexpr bool is_reserved(TokenKind kind) { return kind >= TokenKind::word_and && kind <= TokenKind::word_unknown; }
constexpr bool is_any_name(TokenKind kind) { return kind >= TokenKind::quoted_name && kind <= TokenKind::word_unknown; }
constexpr bool is_name(TokenKind kind) { return is_any_name(kind) && !is_reserved(kind); }

// The first word of a declaration.
constexpr bool is_declaration_word(TokenKind kind) {
  for (const TokenKind each :
       {TokenKind::word_import, TokenKind::word_enum, TokenKind::word_ordered, TokenKind::word_record,
        TokenKind::word_evidence, TokenKind::word_subject, TokenKind::word_shared, TokenKind::word_param,
        TokenKind::word_define, TokenKind::word_policy, TokenKind::word_waive, TokenKind::word_source,
        TokenKind::word_bind, TokenKind::word_fixture, TokenKind::word_test}) {
    if (kind == each) return true;
  }
  return false;
}

// `word` for what the language has no use for.
TokenKind word_kind(std::string_view text);
bool is_unit(std::string_view text);  // day, days, month, ...

// The sign that `text` begins with, the longest.
struct Sign {
  TokenKind kind = TokenKind::junk;
  std::uint32_t length = 0;
};
std::optional<Sign> sign_at(std::string_view text);

// For messages: "`policy`", "`{`", "a date".
std::string_view describe(TokenKind kind);

}  // namespace muster::rules
