// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/input_stream.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ios>
#include <limits>
#include <utility>

namespace muster::commands {

namespace {

constexpr std::size_t kBlock = std::size_t{64} << 10;
// A signal that comes just before the wait doesn't end it: so nobody waits longer than this for anything.
constexpr int kWaitMilliseconds = 100;

constexpr int kClosed = -1;

int open_for_reading(const std::filesystem::path& path) { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }

}  // namespace

InputBuffer::InputBuffer(int descriptor, Interrupted interrupted)
    : InputBuffer(descriptor, std::move(interrupted), std::filesystem::path()) {}

InputBuffer::InputBuffer(int descriptor, Interrupted interrupted, std::filesystem::path path)
    : descriptor_(descriptor), interrupted_(std::move(interrupted)), path_(std::move(path)) {}

InputBuffer::~InputBuffer() { let_go(); }

void InputBuffer::let_go() {
  if (path_.empty() || descriptor_ == kClosed) return;
  ::close(descriptor_);
  descriptor_ = kClosed;
}

InputBuffer::int_type InputBuffer::underflow() {
  if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
  block_.resize(kBlock);
  const ssize_t size = read_into(block_.data(), block_.size());
  setg(block_.data(), block_.data(), block_.data() + size);
  return size == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

// Past the block, where that would only be filled to be copied.
std::streamsize InputBuffer::xsgetn(char* to, std::streamsize size) {
  std::streamsize done = std::min<std::streamsize>(size, egptr() - gptr());
  if (done > 0) std::copy_n(gptr(), done, to);
  gbump(static_cast<int>(done));
  while (size - done >= static_cast<std::streamsize>(kBlock)) {
    const ssize_t count = read_into(to + done, static_cast<std::size_t>(size - done));
    if (count == 0) return done;
    done += count;
  }
  return done < size ? done + std::streambuf::xsgetn(to + done, size - done) : done;
}

std::streamsize InputBuffer::showmanyc() {
  int count = 0;
  if (descriptor_ == kClosed || ::ioctl(descriptor_, FIONREAD, &count) != 0) return 0;
  // Of a long file there is more than it can say.
  return count >= 0 ? count : std::numeric_limits<int>::max();
}

ssize_t InputBuffer::read_into(char* to, std::size_t size) {
  if (descriptor_ == kClosed) descriptor_ = open_for_reading(path_);
  while (true) {
    // A stream takes what is thrown for a fault of its own.
    if (interrupted_ && interrupted_() != 0) {
      errno = EINTR;
      throw std::ios_base::failure("the run is to end");
    }
    if (interrupted_ && !is_ready()) continue;
    const ssize_t count = ::read(descriptor_, to, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::ios_base::failure("the file can't be read");
    place_ += static_cast<std::uint64_t>(count);
    if (meter_) meter_->read += static_cast<std::uint64_t>(count);
    return count;
  }
}

// Whether reading would give something, be it an error; waits for it.
bool InputBuffer::is_ready() const {
  pollfd waited{descriptor_, POLLIN, 0};
  const int count = ::poll(&waited, 1, kWaitMilliseconds);
  return count > 0 || (count < 0 && errno != EINTR);
}

InputBuffer::pos_type InputBuffer::seekoff(off_type offset, std::ios_base::seekdir from,
                                           std::ios_base::openmode which) {
  if (from != std::ios_base::beg) return pos_type(off_type(-1));
  return seekpos(offset, which);
}

// To the beginning alone: a source that is read twice.
InputBuffer::pos_type InputBuffer::seekpos(pos_type place, std::ios_base::openmode) {
  if (place != pos_type(0)) return pos_type(off_type(-1));
  if (descriptor_ != kClosed && ::lseek(descriptor_, 0, SEEK_SET) != 0) return pos_type(off_type(-1));
  setg(nullptr, nullptr, nullptr);
  if (meter_) meter_->read -= place_;
  place_ = 0;
  return place;
}

InputStream::InputStream(int descriptor, InputBuffer::Interrupted interrupted, std::filesystem::path path)
    : std::istream(nullptr), buffer_(descriptor, std::move(interrupted), std::move(path)) {
  rdbuf(&buffer_);
}

std::unique_ptr<InputStream> InputStream::open(const std::filesystem::path& path,
                                               InputBuffer::Interrupted interrupted) {
  const int descriptor = open_for_reading(path);
  if (descriptor == kClosed) return nullptr;
  return std::unique_ptr<InputStream>(new InputStream(descriptor, std::move(interrupted), path));
}

}  // namespace muster::commands
