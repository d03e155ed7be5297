// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"

namespace muster::lint {

void contradiction(const Lints& lints) {
  lints.tell(Settled::Kind::contradicted, base::Code::contradiction,
             {"is never true where those before it are", "where this holds, it doesn't",
              "nobody can meet all of them: one asks for the opposite of another"});
}

}  // namespace muster::lint
