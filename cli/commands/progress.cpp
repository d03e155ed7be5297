// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/progress.h"

#include <fmt/format.h>

#include <string>

namespace muster::commands {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds kFirst = 1s, kBetween = 200ms;
constexpr std::uint64_t kLookEvery = 64;  // records between two looks at the clock

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

Progress::Progress(const Io& io, std::istream* file, ResultsShow results) : io_(io), file_(file) {
  if (!io.clock || !io.err_is_terminal || (io.out_is_terminal && results == ResultsShow::while_judging)) return;
  state_ = State::blank;
  begin_ = io.clock();
  next_ = begin_ + kFirst;
  if (file_ == nullptr) return;
  // A pipe has no end to go to.
  if (file_->seekg(0, std::ios::end)) {
    length_ = file_->tellg();
    file_->seekg(0);
  }
  file_->clear();
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
  // At its end a stream has no place any more.
  const std::int64_t place = length_ > 0 && file_->good() ? std::int64_t{file_->tellg()} : 0;
  if (place > 0 && place < length_) {
    line += fmt::format(", {} left",
                        duration_text(seconds * static_cast<double>(length_ - place) / static_cast<double>(place)));
  }
  io_.err << "\r\x1b[K" << line << std::flush;
  state_ = State::drawn;
}

void Progress::wipe() {
  if (state_ == State::drawn) io_.err << "\r\x1b[K" << std::flush;
  if (state_ == State::drawn) state_ = State::blank;
}

}  // namespace muster::commands
