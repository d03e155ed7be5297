// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void never_known(const Lints& lints) {
  lints.tell(Settled::Kind::never_known, base::Code::never_known,
             {"is always unknown", "because of what stands here",
              "no evidence can decide it: ask for something that can be known"});
}

}  // namespace muster::lint
