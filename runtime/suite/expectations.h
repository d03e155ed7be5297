// SPDX-License-Identifier: Apache-2.0
// Holds what a test expects against what was found, and says the difference so that its author can act on it.
#pragma once

#include <optional>
#include <string>

#include "compiler/typed/program.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::suite {

// Nothing where it holds.
std::optional<std::string> difference(const typed::Program& program, const typed::Policy& policy,
                                      const typed::Expectation& expected, const verdicts::SubjectResult& found);

}  // namespace muster::suite
