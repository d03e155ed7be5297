// SPDX-License-Identifier: Apache-2.0
// The pieces of a random policy that derives: its changes, and declarations whose names are taken from what it
// inherits. Some changes may be errors, because of what others do or of names; deriving.cpp takes those out.
#pragma once

#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "tests/agreement/deriving.h"

namespace muster::agreement {

// `own` is the policy's name; names of what is added begin with it.
std::vector<Generation::Made> random_changes(const typed::Program& program, const typed::Policy& parent,
                                             const std::string& own, const DerivingOptions& options, Generator& random);

// An enum, a record, params and defines.
std::string declarations_like_inherited(const std::string& own, Generator& random);
std::string fields_like_inherited(const std::string& own, Generator& random);

}  // namespace muster::agreement
