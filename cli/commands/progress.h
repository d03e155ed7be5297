// SPDX-License-Identifier: Apache-2.0
// How far a long run is, on one line of a terminal that is drawn again and again and wiped at the end: records,
// records a second, and the time that is left where it is known how long the files are. Says nothing in the first
// second.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "cli/commands/input_stream.h"
#include "cli/commands/run.h"

namespace muster::commands {

// Whether results appear on the terminal while the run goes on: then they are progress enough.
enum class ResultsShow : unsigned char { while_judging, afterwards };

class Progress {
 public:
  // `files` count what is read of the portfolios.
  Progress(const Io& io, std::vector<std::shared_ptr<const ReadMeter>> files, ResultsShow results);

  void reach(std::uint64_t records);  // so many were read
  void wipe();                        // before anything else is written to the terminal

 private:
  using Time = std::chrono::nanoseconds;

  void draw(Time elapsed);
  double seconds_left(double elapsed) const;  // 0: not known

  const Io& io_;
  std::vector<std::shared_ptr<const ReadMeter>> files_;
  std::uint64_t records_ = 0, looked_ = 0;
  Time begin_{0}, next_{0};
  enum class State : unsigned char { off, blank, drawn } state_ = State::off;
};

}  // namespace muster::commands
