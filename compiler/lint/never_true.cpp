// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void never_true(const Lints& lints) {
  for (const Settled& each : lints.settled) {
    if (each.kind != Settled::Kind::never) continue;
    const std::string where = each.by ? " here" : "";
    auto& lint = lints.found.report(base::Code::never_true, lints.span(each.expression),
                                    lints.quoted(each.expression) + " is never true" + where);
    if (each.by) lint.labels.push_back({lints.span(*each.by), "because of what stands here"});
    lint.help = "nothing that is known of a subject can make it true: ask for what was meant";
  }
}

}  // namespace muster::lint
