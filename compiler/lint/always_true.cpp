// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void always_true(const Lints& lints) {
  lints.tell(Settled::Kind::always, base::Code::always_true,
             {"is never false", "because of what stands here",
              "nothing that is known of a subject can make it false: leave it out, or ask for what was meant"});
}

}  // namespace muster::lint
