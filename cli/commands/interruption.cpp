// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/interruption.h"

#include <fmt/format.h>

#include "cli/commands/exit_code.h"
#include "cli/commands/grouped.h"

namespace muster::commands {

int end_if_interrupted(const Io& io, std::string_view command, const Reached& reached) {
  const int signal = io.interrupted();
  if (signal == 0) return 0;
  // What is finished of the results stands before the message, where both go to one place.
  io.out.flush();
  io.err << fmt::format("muster {}: interrupted after {} {}", command, grouped(reached.count),
                        reached.count == 1 ? reached.one : reached.several);
  if (!reached.where.empty()) io.err << " (" << reached.where << ')';
  io.err << '\n';
  return kBySignal + signal;
}

}  // namespace muster::commands
