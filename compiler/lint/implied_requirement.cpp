// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void implied_requirement(const Lints& lints) {
  lints.tell(Settled::Kind::implied, base::Code::implied_requirement,
             {"asks for nothing more than what stands before it", "where this holds, it does",
              "leave it out, or ask for more"});
}

}  // namespace muster::lint
