// SPDX-License-Identifier: Apache-2.0
// From a checked policy to column code: the language's three-valued logic, its sets of what is possible, its lows and
// highs, and freshness are all spelled out here, and only here. What is meant is what runtime/reference does.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"

namespace muster::lower {

// Which waivers are in force in a run: of each criterion the conditions of those that have one, and whether there are
// others that name subjects. For whom these hold comes with each batch (ir::Op::named): the bitmap of the n-th such
// criterion is Layout::named's n-th.
struct Waivers {
  struct OfCriterion {
    bool names_subjects = false;
    std::vector<typed::ExprId> conditions;
  };
  std::vector<OfCriterion> criteria;  // empty: no waivers at all
};

// Nothing: the policy would take more instructions than column code may have.
std::optional<ir::Code> lower(const typed::Program& program, const typed::Policy& policy, const Waivers& waivers);

constexpr std::size_t kMostInstructions = 4'000'000;

}  // namespace muster::lower
