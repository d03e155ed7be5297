// SPDX-License-Identifier: Apache-2.0
// A change of source text that mends what a diagnostic is about. Offered by the compiler, applied by `check --fix` and
// by editors.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"

namespace muster::base {

// The text of the span becomes `replacement`; an empty span is a place to insert at.
struct TextEdit {
  Span span;
  std::string replacement;
};

// Its edits belong together and don't overlap. A safe fix leaves the program's meaning as it is: every verdict over
// every evidence stays. Any other is what the author probably meant, and somebody has to look at it.
struct Fix {
  std::string title;  // what it does, as an editor's menu shows it: "leave out `set`"
  bool is_safe = false;
  std::vector<TextEdit> edits;
};

}  // namespace muster::base
