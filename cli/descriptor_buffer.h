// SPDX-License-Identifier: Apache-2.0
// A stream buffer that writes to a file descriptor and remembers why it could not. A reader who closes a pipe
// early is no error: the stream goes bad, and nothing is said.
#pragma once

#include <array>
#include <cstddef>
#include <streambuf>
#include <string>

namespace muster::cli {

class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor);  // which stays the caller's
  ~DescriptorBuffer() override { sync(); }

  const std::string& error() const { return error_; }  // empty: all went well

 protected:
  int overflow(int character) override;
  int sync() override;

 private:
  enum class State : unsigned char { open, failed } state_ = State::open;
  int descriptor_;
  std::array<char, std::size_t{1} << 16> block_;
  std::string error_;
};

}  // namespace muster::cli
