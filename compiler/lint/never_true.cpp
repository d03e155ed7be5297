// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void never_true(const Lints& lints) {
  lints.tell(Settled::Kind::never, base::Code::never_true,
             {"is never true", "because of what stands here",
              "nothing that is known of a subject can make it true: ask for what was meant"});
}

}  // namespace muster::lint
