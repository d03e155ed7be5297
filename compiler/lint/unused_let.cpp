// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <utility>

#include "compiler/lint/lints.h"

namespace muster::lint {

// A `let` is where it is written, also in policies that inherit its text.
void unused_let(const Lints& lints) {
  using Place = std::pair<base::FileId, std::uint32_t>;
  const auto place = [](const typed::Let& let) { return Place{let.span.file, let.span.begin}; };
  std::set<Place> read, told;
  for (const typed::Expr& expr : lints.program.exprs) {
    if (expr.op == typed::Op::let) read.insert(place(lints.program.lets[expr.index]));
  }
  for (const typed::Let& let : lints.program.lets) {
    if (read.count(place(let)) > 0 || !told.insert(place(let)).second) continue;
    lints.found.report(base::Code::unused_let, let.span, "nothing reads `" + let.name + "`").help =
        "leave it out, or read it where it was meant to count";
  }
}

}  // namespace muster::lint
