// SPDX-License-Identifier: Apache-2.0
// A policy with the params of a run: what the command line sets acts as a last deriving policy.
#pragma once

#include <vector>

#include "compiler/typed/program.h"

namespace muster::source {

// `params` are the values of Program::params in the run.
typed::Policy with_params(const typed::Program& program, const typed::Policy& policy,
                          const std::vector<types::Scalar>& params);

}  // namespace muster::source
