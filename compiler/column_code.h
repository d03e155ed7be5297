// SPDX-License-Identifier: Apache-2.0
// From a policy to the code that engines over columns run.
#pragma once

#include <optional>

#include "compiler/ir/code.h"
#include "compiler/lower/lower.h"
#include "compiler/typed/program.h"

namespace muster::compiler {

// Lowered, optimised and verified. Nothing: it would take more instructions than column code may have
// (lower::kMostInstructions); the reference engine judges such a policy.
std::optional<ir::Code> column_code(const typed::Program& program, const typed::Policy& policy,
                                    const lower::Waivers& waivers);

}  // namespace muster::compiler
