// SPDX-License-Identifier: Apache-2.0
// Files and descriptors as streams: what every command reads. Waiting for a pipe ends when the run is interrupted,
// and how far a file was read can be counted for whoever shows it.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <memory>
#include <streambuf>
#include <vector>

#include <sys/types.h>

namespace muster::commands {

// Bytes of several files together, those of packed ones as they lie in the file.
struct ReadMeter {
  std::atomic<std::uint64_t> read{0};
  std::uint64_t total = 0;
  bool is_known = true;  // the total: a pipe has no end to go to
};

// The stream goes bad where reading fails, errno says why then, and where `interrupted` gives a signal.
class InputBuffer final : public std::streambuf {
 public:
  using Interrupted = std::function<int()>;

  InputBuffer(int descriptor, Interrupted interrupted);                              // which stays the caller's
  InputBuffer(int descriptor, Interrupted interrupted, std::filesystem::path path);  // which it closes
  ~InputBuffer() override;

  void count_into(std::shared_ptr<ReadMeter> meter) { meter_ = std::move(meter); }
  // Closes the file until it is read. Of a regular file, at its beginning.
  void let_go();

 protected:
  int_type underflow() override;
  std::streamsize xsgetn(char* to, std::streamsize size) override;
  std::streamsize showmanyc() override;  // what can be read without waiting
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override;
  pos_type seekpos(pos_type place, std::ios_base::openmode which) override;

 private:
  ssize_t read_into(char* to, std::size_t size);
  bool is_ready() const;

  int descriptor_;
  Interrupted interrupted_;
  std::filesystem::path path_;  // empty: the descriptor is somebody else's
  std::shared_ptr<ReadMeter> meter_;
  std::uint64_t place_ = 0;
  std::vector<char> block_;
};

class InputStream final : public std::istream {
 public:
  // Nothing where it can't be opened; errno says why.
  static std::unique_ptr<InputStream> open(const std::filesystem::path& path, InputBuffer::Interrupted interrupted);

  void count_into(std::shared_ptr<ReadMeter> meter) { buffer_.count_into(std::move(meter)); }
  void let_go() { buffer_.let_go(); }

 private:
  InputStream(int descriptor, InputBuffer::Interrupted interrupted, std::filesystem::path path);

  InputBuffer buffer_;
};

}  // namespace muster::commands
