// SPDX-License-Identifier: Apache-2.0
#include "runtime/evidence/run.h"

namespace muster::evidence {

std::vector<types::Scalar> params_of(const typed::Program& program, const typed::Policy& policy) {
  std::vector<types::Scalar> values;
  for (const typed::Param& param : program.params) values.push_back(param.value);
  for (const typed::PolicyParam& param : policy.params) values[param.param] = param.value;
  return values;
}

}  // namespace muster::evidence
