// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void always_true(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::always) continue;
    const std::string where = each.by ? " here" : "";
    auto& lint = lints.found.report(base::Code::always_true, lints.span(each.expression),
                                    lints.quoted(each.expression) + " is never false" + where);
    if (each.by) lint.labels.push_back({lints.span(*each.by), "because of what stands here"});
    lint.help = "nothing that is known of a subject can make it false: leave it out, or ask for what was meant";
  }
}

}  // namespace muster::lint
