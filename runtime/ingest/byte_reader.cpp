// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/byte_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace muster::ingest {
namespace {

// A byte-order mark must lie in one block.
constexpr std::size_t kLeastBlock = 4;

}  // namespace

ByteReader::ByteReader(std::istream& stream, std::size_t block_bytes)
    : stream_(&stream), buffer_(std::max(block_bytes, kLeastBlock)) {}

ByteReader::ByteReader(std::string_view text, std::uint32_t line)
    : block_(text.data()), size_(text.size()), line_(line) {}

std::string_view ByteReader::take_in_line() {
  if (peek() == kEnd) return {};
  const char* begin = block_ + at_;
  const auto* stop = static_cast<const char*>(std::memchr(begin, '\n', size_ - at_));
  const std::size_t size = stop != nullptr ? static_cast<std::size_t>(stop - begin) : size_ - at_;
  at_ += size;
  return {begin, size};
}

std::string_view ByteReader::take_until(const ByteSet& stops) {
  if (peek() == kEnd) return {};
  const std::size_t begin = at_;
  while (at_ < size_ && !stops.has(block_[at_])) ++at_;
  return {block_ + begin, at_ - begin};
}

void ByteReader::skip_byte_order_mark() {
  // At the beginning of a file, where a block that holds any of it holds the mark.
  if (ahead().starts_with("\xEF\xBB\xBF")) at_ += 3;
}

void ByteReader::read_again(std::string text, std::uint32_t line) {
  again_ = std::move(text);
  block_ = again_.data();
  at_ = 0;
  size_ = again_.size();
  line_ = line;
}

bool ByteReader::fill() {
  if (stream_ == nullptr || !*stream_) return false;
  stream_->read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  block_ = buffer_.data();
  at_ = 0;
  size_ = static_cast<std::size_t>(stream_->gcount());
  return size_ > 0;
}

}  // namespace muster::ingest
