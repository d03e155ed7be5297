// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/twin_streams.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <ios>
#include <limits>
#include <streambuf>
#include <utility>

namespace muster::commands {

namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;

// The source, and the piece of it that somebody has still to read.
class Pipe {
 public:
  explicit Pipe(std::unique_ptr<std::istream> source) : source_(std::move(source)) {}

  std::size_t read(std::size_t reader, char* to, std::size_t size) {
    std::uint64_t& place = places_[reader];
    if (place == begin_ + kept_.size()) fill();
    const std::size_t at = static_cast<std::size_t>(place - begin_);
    const std::size_t count = std::min(size, kept_.size() - at);
    std::copy_n(kept_.data() + at, count, to);
    place += count;
    forget();
    return count;
  }

  void leave(std::size_t reader) {
    places_[reader] = std::numeric_limits<std::uint64_t>::max();
    forget();
  }

 private:
  void fill() {
    const std::size_t before = kept_.size();
    kept_.resize(before + kBlock);
    source_->read(kept_.data() + before, static_cast<std::streamsize>(kBlock));
    kept_.resize(before + static_cast<std::size_t>(source_->gcount()));
    // A stream takes this for a fault of its own.
    if (source_->bad()) throw std::ios_base::failure("the source can't be read");
  }

  void forget() {
    const std::uint64_t first = std::min(places_[0], places_[1]);
    const std::uint64_t read = std::min<std::uint64_t>(first - std::min(first, begin_), kept_.size());
    kept_.erase(0, static_cast<std::size_t>(read));
    begin_ += read;
  }

  std::unique_ptr<std::istream> source_;
  std::string kept_;
  std::uint64_t begin_ = 0;  // of what is kept, in the source
  std::array<std::uint64_t, 2> places_{};
};

class Twin final : public std::streambuf {
 public:
  Twin(std::shared_ptr<Pipe> pipe, std::size_t reader)
      : pipe_(std::move(pipe)), reader_(reader), block_(kBlock, '\0') {}
  ~Twin() override { pipe_->leave(reader_); }

 protected:
  int_type underflow() override {
    const std::size_t count = pipe_->read(reader_, block_.data(), block_.size());
    setg(block_.data(), block_.data(), block_.data() + count);
    return count == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
  }

 private:
  std::shared_ptr<Pipe> pipe_;
  std::size_t reader_;
  std::string block_;
};

class TwinStream final : public std::istream {
 public:
  TwinStream(std::shared_ptr<Pipe> pipe, std::size_t reader) : std::istream(nullptr), twin_(std::move(pipe), reader) {
    rdbuf(&twin_);
  }

 private:
  Twin twin_;
};

}  // namespace

void TwinStreams::add(const std::string& path, std::unique_ptr<std::istream> source) {
  const auto pipe = std::make_shared<Pipe>(std::move(source));
  waiting_[path] = {std::make_unique<TwinStream>(pipe, 0), std::make_unique<TwinStream>(pipe, 1)};
}

std::unique_ptr<std::istream> TwinStreams::take(const std::string& path) {
  Two& two = waiting_[path];
  return std::move(two.first ? two.first : two.second);
}

}  // namespace muster::commands
