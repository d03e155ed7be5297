// SPDX-License-Identifier: Apache-2.0
// Bytes of a stream, one after the other, and the line that each stands on. Reads ahead in blocks, so memory
// doesn't depend on the file.
#pragma once

#include <array>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace muster::ingest {

class ByteSet {
 public:
  explicit ByteSet(std::string_view bytes) {
    for (char byte : bytes) has_[static_cast<unsigned char>(byte)] = true;
  }
  bool has(char byte) const { return has_[static_cast<unsigned char>(byte)]; }

 private:
  std::array<bool, 256> has_{};
};

class ByteReader {
 public:
  static constexpr int kEnd = -1;

  // Reads ahead by blocks of so many bytes, 4 at least.
  ByteReader(std::istream& stream, std::size_t block_bytes);
  // Of a text that outlives the reader and stands from `line` of a file on.
  ByteReader(std::string_view text, std::uint32_t line);

  int peek() { return at_ < size_ || fill() ? static_cast<unsigned char>(block_[at_]) : kEnd; }
  int get() {
    const int byte = peek();
    if (byte == kEnd) return kEnd;
    ++at_;
    if (byte == '\n') ++line_;
    return byte;
  }
  // Whether nothing more comes because the stream is bad: what was read last may be half of something.
  bool is_cut_off() { return peek() == kEnd && stream_ != nullptr && stream_->bad(); }
  // Of the next byte, from 1.
  std::uint32_t line() const { return line_; }
  // Bytes before the next line end, or up to the end of the block: more of the line may follow. Empty only where
  // a line end or the end of the file is next.
  std::string_view take_in_line();
  // The same before the next of `stops`, which must hold '\n'.
  std::string_view take_until(const ByteSet& stops);
  void skip_byte_order_mark();
  // What comes next, as much of it as the block holds: at the beginning of a file 4 bytes, if it has so many.
  std::string_view ahead() { return peek() == kEnd ? std::string_view() : std::string_view(block_ + at_, size_ - at_); }
  // Of a text: how much of it was read.
  std::size_t position() const { return at_; }

  // At the end of the file only: the text, which stands from `line` on, is read again.
  void read_again(std::string text, std::uint32_t line);

 private:
  bool fill();

  std::istream* stream_ = nullptr;  // of a text none
  std::vector<char> buffer_;
  std::string again_;
  const char* block_ = nullptr;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace muster::ingest
