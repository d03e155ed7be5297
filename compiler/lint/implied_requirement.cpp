// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void implied_requirement(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::implied) continue;
    auto& lint =
        lints.found.report(base::Code::implied_requirement, lints.span(each.expression),
                           lints.quoted(each.expression) + " asks for nothing more than what stands before it");
    if (each.by) lint.labels.push_back({lints.span(*each.by), "where this holds, it does"});
    lint.help = "leave it out, or ask for more";
  }
}

}  // namespace muster::lint
