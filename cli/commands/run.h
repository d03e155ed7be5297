// SPDX-License-Identifier: Apache-2.0
// The whole command line as a function: what main() runs, and what tests run in their own process. It reads and
// writes only what it is given here and the files that the arguments name, relative to `working_directory`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/calendar.h"

namespace muster::commands {

struct Io {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::uint32_t width = 100;      // columns of the terminal
  std::string working_directory;  // absolute
  std::function<std::optional<std::string>(const char*)> environment;
  base::Instant now;
  // Time since some fixed moment, for showing how a run goes; without it nothing is shown.
  std::function<std::chrono::nanoseconds()> clock = {};
  // The signal that asked the run to end, or 0. Who asks has to go on asking, and to end soon once there is one.
  std::function<int()> interrupted = [] { return 0; };
  unsigned cores = 1;  // threads that the machine runs at once
  // The file of the plug-in with the JIT; empty: it isn't there.
  std::function<std::string()> jit_file = [] { return std::string(); };
};

// `arguments` without the program's name. Returns the exit code.
int run(const std::vector<std::string>& arguments, const Io& io);

}  // namespace muster::commands
