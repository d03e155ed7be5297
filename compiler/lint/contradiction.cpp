// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void contradiction(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::contradicted) continue;
    auto& lint = lints.found.report(base::Code::contradiction, lints.span(each.expression),
                                    lints.quoted(each.expression) + " is never true where those before it are");
    if (each.by) lint.labels.push_back({lints.span(*each.by), "where this holds, it doesn't"});
    lint.help = "nobody can meet all of them: one asks for the opposite of another";
  }
}

}  // namespace muster::lint
