// SPDX-License-Identifier: Apache-2.0
// Which two a command line compares: two policies, two files of evidence or two dates, each ready to be run.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "cli/commands/arguments.h"
#include "cli/commands/eval_inputs.h"
#include "cli/commands/prepared.h"
#include "runtime/report/comparison.h"

namespace muster::commands {

struct DiffSides {
  report::Compares compares = report::Compares::policies;
  compare::PairOf<std::string> files;  // the modules, as they are shown
  compare::PairOf<Prepared> prepared;
  compare::PairOf<InputChoices> inputs;
};

// Nothing where a policy has errors, which are printed.
tl::expected<std::optional<DiffSides>, UsageError> find_diff_sides(const Arguments& arguments, const Io& io);

}  // namespace muster::commands
