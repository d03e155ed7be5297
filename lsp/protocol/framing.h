// SPDX-License-Identifier: Apache-2.0
// How messages follow each other on a stream: a header with their length, a blank line, and so many bytes. Used by
// the server, fed with whatever arrives. Survives everything: what is no header is skipped up to the next one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace muster::lsp {

class FrameReader {
 public:
  // A body that would be longer is skipped.
  static constexpr std::size_t kLongestBody = std::size_t{64} << 20;

  void feed(std::string_view bytes);
  // The body of the next message that is there as a whole.
  std::optional<std::string> next();

 private:
  std::string buffer_;
  std::size_t skip_ = 0;  // bytes of a body that is too long
};

std::string framed(std::string_view body);

}  // namespace muster::lsp
