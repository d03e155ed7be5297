// SPDX-License-Identifier: Apache-2.0
// What to write where a text doesn't fit: for those who misspelt a word of the language, or who know how another
// language says it. Only the recorder asks, once for each mistake that it reports.
#pragma once

#include <string>

#include "grammar/parse/mistake.h"

namespace muster::parse {

struct Advice {
  std::string help;           // empty if there is none to give
  std::string word;           // to be written instead, where one was misspelt: its help follows from it
  syntax::TokenId begin = 0;  // the tokens that are meant: `->` may be two, and `exists` the one before
  syntax::TokenId end = 0;
  bool is_before = false;  // they were read, as something else, before the token that doesn't fit

  Advice& about(syntax::TokenId first, syntax::TokenId behind) {
    begin = first;
    end = behind;
    return *this;
  }
};

Advice advise(const Mistake& mistake);

}  // namespace muster::parse
