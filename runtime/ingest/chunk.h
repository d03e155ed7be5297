// SPDX-License-Identifier: Apache-2.0
// A piece of the subjects' file: whole records, so that each piece can be read by a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster::ingest {

// Bytes that may be read a little past their end. Recycled: what was allocated stays.
class ChunkBytes {
 public:
  // Behind the last byte stand so many zeros.
  static constexpr std::size_t kPadding = 512;

  std::string_view text() const { return {bytes_.data(), size_}; }
  std::size_t size() const { return size_; }
  char* data() { return bytes_.data(); }

  // What is new is anything.
  void resize(std::size_t size) {
    if (size + kPadding > bytes_.size()) bytes_.resize(size + size / 2 + kPadding);
    size_ = size;
  }
  void append(std::string_view text) {
    const std::size_t begin = size_;
    resize(begin + text.size());
    if (!text.empty()) std::memcpy(bytes_.data() + begin, text.data(), text.size());
  }
  // To be called when the last byte is there.
  void pad() {
    resize(size_);
    std::memset(bytes_.data() + size_, 0, kPadding);
  }

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

struct Chunk {
  enum class Kind : std::uint8_t {
    lines,    // NDJSON or rows of CSV as they stand in the file
    records,  // `records` says what there is
  };
  // A record of JSON that was cut out already, or one that can't be read.
  struct Record {
    std::size_t offset = 0;
    std::size_t size = 0;
    std::uint32_t line = 0;
    std::optional<std::string> trouble;
  };

  std::uint64_t number = 0;  // counted from 0, in the order of the file
  std::uint32_t file = 0;    // of Portfolio::file_names
  Kind kind = Kind::lines;
  std::uint32_t first_line = 1;
  ChunkBytes bytes;
  std::vector<std::size_t> line_ends;  // of NDJSON: behind each line end, in their order
  std::vector<Record> records;

  // Memory that was allocated stays.
  void clear() {
    kind = Kind::lines;
    bytes.resize(0);
    line_ends.clear();
    records.clear();
  }
};

}  // namespace muster::ingest
