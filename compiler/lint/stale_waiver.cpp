// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void stale_waiver(const Lints& lints) {
  if (!lints.today) return;
  for (const typed::Waiver& waiver : lints.program.waivers) {
    if (!(waiver.until < *lints.today)) continue;
    lints.found
        .report(base::Code::stale_waiver, waiver.span,
                "this waiver ended on " + base::to_text(waiver.until) + ", and waives nothing any more")
        .help = "leave it out, or have it granted again by a new day";
  }
}

}  // namespace muster::lint
