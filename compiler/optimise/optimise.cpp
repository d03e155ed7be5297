// SPDX-License-Identifier: Apache-2.0
#include "compiler/optimise/optimise.h"

namespace muster::optimise {

const std::vector<Pass>& passes() {
  static const std::vector<Pass> all{
      {"compare_days", compare_days}, {"compare_counts", compare_counts}, {"drop_unused", drop_unused},
      {"code_texts", code_texts},     {"drop_unused", drop_unused},
  };
  return all;
}

void optimise(ir::Code& code, const typed::Program& program) {
  for (const Pass& pass : passes()) pass.run(code, program);
}

}  // namespace muster::optimise
