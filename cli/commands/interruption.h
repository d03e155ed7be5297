// SPDX-License-Identifier: Apache-2.0
// How a run that was cut short ends: by a signal, or as nobody reads standard output any more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/commands/run.h"

namespace muster::commands {

// How far it got.
struct Reached {
  std::uint64_t count = 0;
  std::string_view one, several;  // `subject`, `subjects`
  std::string where;              // `line 12 of partners.ndjson`; empty: not known
};

// Says so, and gives the exit code; 0 where no signal came.
int end_if_interrupted(const Io& io, std::string_view command, const Reached& reached);

}  // namespace muster::commands
