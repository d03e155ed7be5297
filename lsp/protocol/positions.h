// SPDX-License-Identifier: Apache-2.0
// Between bytes of a text and positions of the protocol. Places that a text doesn't have are moved to the nearest that
// it has: behind a line's end, behind the last line, in the middle of a character.
#pragma once

#include <cstdint>

#include "base/source_file.h"
#include "lsp/protocol/messages.h"

namespace muster::lsp {

enum class Encoding : std::uint8_t { utf16, utf8 };

// Of a file, which must outlive this. Offsets that rise are found in linear time, all of them together.
class Positions {
 public:
  Positions(const base::SourceFile& file, Encoding encoding) : file_(file), encoding_(encoding) {}

  std::uint32_t offset(Position position) const;
  Position position(std::uint32_t offset) const;
  Range range(base::Span span) const { return range(span.begin, span.end); }
  Range range(std::uint32_t begin, std::uint32_t end) const {
    const Position start = position(begin);
    return {start, position(end)};
  }

 private:
  const base::SourceFile& file_;
  Encoding encoding_;
  // Where the last answer was: a byte, and how many units stand before it on its line.
  mutable std::uint32_t known_line_ = 0, known_offset_ = 0, known_units_ = 0;
};

// How many units a character has that begins with this byte.
std::uint32_t units_of(char first_byte, Encoding encoding);

}  // namespace muster::lsp
