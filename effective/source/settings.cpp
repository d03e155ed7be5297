// SPDX-License-Identifier: Apache-2.0
#include "effective/source/settings.h"

#include "compiler/typed/polarity.h"

namespace muster::source {

typed::Policy with_params(const typed::Program& program, const typed::Policy& policy,
                          const std::vector<types::Scalar>& params) {
  typed::Policy made = policy;
  for (typed::PolicyParam& param : made.params) {
    const types::Scalar& value = params[param.param];
    if (types::equal(value, param.value)) continue;
    const typed::Param& declared = program.params[param.param];
    typed::Origin origin;
    origin.kind = typed::Origin::Kind::set;
    origin.policy = typed::kCommandLine;
    origin.what = types::to_text(program.types, declared.type, value);
    origin.weakens =
        typed::may_ask_for_less(param.polarity, typed::move_of(program, declared.type, param.value, value));
    param.value = value;
    param.origins.push_back(std::move(origin));
  }
  return made;
}

}  // namespace muster::source
