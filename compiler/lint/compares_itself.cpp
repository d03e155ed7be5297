// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

void compares_itself(const Lints& lints) {
  values::Analysis analysis(lints.program, nullptr);
  for (typed::ExprId id = 0; id < lints.program.exprs.size(); ++id) {
    if (!analysis.compares_itself(id)) continue;
    lints.found
        .report(base::Code::compares_itself, lints.span(id), lints.quoted(id) + " compares something with itself")
        .help = "it is decided as soon as anything is known: compare with what was meant";
  }
}

}  // namespace muster::lint
