// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/progress.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "cli/commands/grouped.h"

namespace muster::commands {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kFirst = 1s, kBetween = 200ms;
constexpr std::uint64_t kLookEvery = 64;  // records between two looks at the clock

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

Progress::Progress(const Io& io, std::vector<std::shared_ptr<const ReadMeter>> files, ResultsShow results)
    : io_(io), files_(std::move(files)) {
  if (!io.clock || !io.err_is_terminal || (io.out_is_terminal && results == ResultsShow::while_judging)) return;
  state_ = State::blank;
  begin_ = io.clock();
  next_ = begin_ + kFirst;
}

void Progress::reach(std::uint64_t records) {
  records_ = records;
  if (state_ == State::off || records_ - looked_ < kLookEvery) return;
  looked_ = records_;
  const Time now = io_.clock();
  if (now < next_) return;
  next_ = now + kBetween;
  draw(now - begin_);
}

void Progress::draw(Time elapsed) {
  const double seconds = std::chrono::duration<double>(elapsed).count();
  std::string line = fmt::format("{} records, {} a second", grouped(records_),
                                 grouped(static_cast<std::uint64_t>(static_cast<double>(records_) / seconds)));
  if (const double left = seconds_left(seconds); left > 0) line += fmt::format(", {} left", duration_text(left));
  io_.err << "\r\x1b[K" << line << std::flush;
  state_ = State::drawn;
}

// As the bytes that are read are to those that are not.
double Progress::seconds_left(double elapsed) const {
  double read = 0, total = 0;
  for (const auto& each : files_) {
    if (!each->is_known) return 0;
    read += static_cast<double>(each->read.load());
    total += static_cast<double>(each->total);
  }
  return read > 0 && read < total ? elapsed * (total - read) / read : 0;
}

void Progress::wipe() {
  if (state_ == State::drawn) io_.err << "\r\x1b[K" << std::flush;
  if (state_ == State::drawn) state_ = State::blank;
}

}  // namespace muster::commands
