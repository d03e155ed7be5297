// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void never_known(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::never_known) continue;
    auto& lint = lints.found.report(base::Code::never_known, lints.span(each.expression),
                                    lints.quoted(each.expression) + " is always unknown");
    if (each.by) lint.labels.push_back({lints.span(*each.by), "because of what stands here"});
    lint.help = "no evidence can decide it: ask for something that can be known";
  }
}

}  // namespace muster::lint
