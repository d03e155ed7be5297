// SPDX-License-Identifier: Apache-2.0
// How other languages say things, and how Muster does: tables, from what is written to what to write.
#pragma once

#include <span>
#include <string_view>

#include "grammar/rules/token_kind.h"

namespace muster::parse {

// `expected` is what could have stood there, by its words in expectations.def; empty: whatever.
struct Habit {
  std::string_view expected;
  std::string_view written;
  std::string_view help;
};

// Each is for one way in which a mistake shows. The first that fits is meant.
std::span<const Habit> sign_habits();     // the signs that stand there, without a blank between them, begin so
std::span<const Habit> word_habits();     // this word stands there; in small letters
std::span<const Habit> leading_habits();  // this word stands before, and was read as a name
std::span<const Habit> missing_habits();  // nothing else is known; `written` is empty

// Where an item of a policy must begin.
struct DeltaHabit {
  std::string_view written;
  rules::TokenKind delta = rules::TokenKind::end;  // the word of the delta that is meant
  std::string_view help = {};                      // where that is not a single one; NAME is what it is about
};
std::span<const DeltaHabit> delta_habits();

std::string_view shape_of(std::string_view quantifier);  // `count`: how it is written; empty for other words

}  // namespace muster::parse
