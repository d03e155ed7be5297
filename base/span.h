// SPDX-License-Identifier: Apache-2.0
// Where something stands: bytes [begin, end) of a file of a SourceMap. Offsets are bytes of the UTF-8 text,
// a byte-order mark included.
#pragma once

#include <cstdint>

namespace muster::base {

using FileId = std::uint32_t;

struct Span {
  FileId file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// From the beginning of `first` to the end of `last`, which stand in one file.
inline Span join(Span first, Span last) { return {first.file, first.begin, last.end}; }

}  // namespace muster::base
