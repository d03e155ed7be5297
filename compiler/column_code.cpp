// SPDX-License-Identifier: Apache-2.0
#include "compiler/column_code.h"

#include <stdexcept>

#include "compiler/optimise/optimise.h"

namespace muster::compiler {

std::optional<ir::Code> column_code(const typed::Program& program, const typed::Policy& policy,
                                    const lower::Waivers& waivers) {
  auto code = lower::lower(program, policy, waivers);
  if (!code) return std::nullopt;
  optimise::optimise(*code, program);
  if (const auto wrong = ir::verify(*code); !wrong.empty()) throw std::logic_error("column code: " + wrong.front());
  return code;
}

}  // namespace muster::compiler
