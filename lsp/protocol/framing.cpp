// SPDX-License-Identifier: Apache-2.0
#include "lsp/protocol/framing.h"

#include <algorithm>
#include <utility>

namespace muster::lsp {

namespace {

constexpr std::string_view kLength = "content-length:";
// A header that has no end within this is none.
constexpr std::size_t kLongestHeader = 8 << 10;

struct HeaderEnd {
  std::size_t at = std::string_view::npos;  // of the blank line
  std::size_t length = 0;                   // with both line ends
};

HeaderEnd find_end(std::string_view text) {
  const std::size_t strict = text.find("\r\n\r\n"), loose = text.find("\n\n");
  if (strict <= loose) return {strict, 4};
  return {loose, 2};
}

bool begins_with_length(std::string_view line) {
  return line.size() >= kLength.size() &&
         std::equal(kLength.begin(), kLength.end(), line.begin(), [](char wanted, char found) {
           return wanted == (found >= 'A' && found <= 'Z' ? found + 32 : found);
         });
}

// Of the last line that says it.
std::optional<std::size_t> length_in(std::string_view header) {
  std::optional<std::size_t> found;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find('\n'), header.size());
    std::string_view line = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    if (!begins_with_length(line)) continue;
    line.remove_prefix(kLength.size());
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    constexpr std::size_t kMostDigits = 15;
    if (line.empty() || line.size() > kMostDigits || line.find_first_not_of("0123456789") != std::string_view::npos)
      continue;
    std::size_t length = 0;
    for (const char digit : line) length = length * 10 + static_cast<std::size_t>(digit - '0');
    found = length;
  }
  return found;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  const std::size_t skipped = std::min(skip_, bytes.size());
  skip_ -= skipped;
  buffer_.append(bytes.substr(skipped));
}

std::optional<std::string> FrameReader::next() {
  while (true) {
    const HeaderEnd end = find_end(std::string_view(buffer_).substr(0, kLongestHeader));
    if (end.at == std::string_view::npos) {
      // Half of it may be the beginning of a header that goes on.
      if (buffer_.size() < kLongestHeader) return std::nullopt;
      buffer_.erase(0, kLongestHeader / 2);
      continue;
    }
    const auto length = length_in(std::string_view(buffer_).substr(0, end.at));
    const std::size_t begin = end.at + end.length;
    if (!length || *length > kLongestBody) {
      const std::size_t dropped = length ? std::min(*length, buffer_.size() - begin) : 0;
      if (length) skip_ = *length - dropped;
      buffer_.erase(0, begin + dropped);
      continue;
    }
    if (buffer_.size() - begin < *length) return std::nullopt;
    std::string body = buffer_.substr(begin, *length);
    buffer_.erase(0, begin + *length);
    return body;
  }
}

std::string framed(std::string_view body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace muster::lsp
