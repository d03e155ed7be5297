// SPDX-License-Identifier: Apache-2.0
// What a kernel is called with. A kernel makes all rows of one value from its operands; engines over columns bring the
// memory. Columns and results may be read and written up to a multiple of 64 rows, bitmaps up to words_of(rows); what
// lies behind the last row is anything before, and 0 in bitmaps afterwards. A result may be the column of an operand
// of a rowwise operation, if both are of one Phys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "runtime/columns/batch.h"

namespace muster::kernels {

struct Operand {
  const std::byte* data = nullptr;
  // Of data: the one value at `data` stands for all rows. A uniform bitmap is a bitmap of all rows.
  bool uniform = false;
};

// How the rows of an axis lie in those of its parent: rows offsets[p] to offsets[p + 1] are of p.
struct Lists {
  const std::uint32_t* offsets = nullptr;  // parents + 1
  std::size_t parents = 0;
  std::size_t rows = 0;
  // Of lists that have rows, made where something asks for them (mark_lists): a bit for each such parent, and for
  // the last row of each. Rows in front of all lists, which are of none, are marked as if they were one.
  const std::uint64_t* filled = nullptr;
  const std::uint64_t* last_rows = nullptr;
  bool all_filled = false;
};

struct Call {
  std::size_t rows = 0;  // of the result
  std::byte* result = nullptr;
  std::span<const Operand> operands;
  const Lists* lists = nullptr;  // segment: of the operands' axis; interleave and first_of_equals: of the result's
  std::size_t source_rows = 0;   // gather: of the axis that is looked up; member and such: that of the elements
  void* extra = nullptr;         // what an operation's `index` stands for
};

using Kernel = void (*)(const Call& call);

// An operand that is one bitmap or one column, as its kernel reads it.
template <typename T>
const T* column(const Operand& operand) {
  return reinterpret_cast<const T*>(operand.data);
}
inline const std::uint64_t* bits(const Operand& operand) { return column<std::uint64_t>(operand); }
inline bool bit(const std::uint64_t* words, std::size_t row) {
  return (words[row / columns::kRowsOfWord] >> (row % columns::kRowsOfWord) & 1u) != 0;
}

}  // namespace muster::kernels
