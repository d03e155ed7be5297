// SPDX-License-Identifier: Apache-2.0
// How far a long run is, on one line of a terminal that is drawn again and again and wiped at the end: records,
// records a second, and the time that is left where the file's length is known. Says nothing in the first second.
#pragma once

#include <chrono>
#include <cstdint>
#include <istream>

#include "cli/commands/run.h"

namespace muster::commands {

// Whether results appear on the terminal while the run goes on: then they are progress enough.
enum class ResultsShow : unsigned char { while_judging, afterwards };

class Progress {
 public:
  // `file` is the portfolio, at its beginning; nothing where its length can't be known. It must live as long as
  // `record` is called.
  Progress(const Io& io, std::istream* file, ResultsShow results);

  void reach(std::uint64_t records);  // so many were read
  void wipe();                        // before anything else is written to the terminal

 private:
  using Time = std::chrono::nanoseconds;

  void draw(Time elapsed);

  const Io& io_;
  std::istream* file_;
  std::int64_t length_ = 0;  // bytes; 0: not known
  std::uint64_t records_ = 0, looked_ = 0;
  Time begin_{0}, next_{0};
  enum class State : unsigned char { off, blank, drawn } state_ = State::off;
};

}  // namespace muster::commands
