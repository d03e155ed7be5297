// SPDX-License-Identifier: Apache-2.0
// The loops that one group becomes. A function goes over the rows of its axis in tiles of 512, and over each tile in
// phases, each a loop of its own:
//
//   words       bitmaps with bitmaps: 512 rows are one vector, so there is no loop at all
//   rows1/4/8   data row by row, in vectors that suit operations of so many bytes a row; comparisons end here, and
//               bitmaps that choose between data are computed here as well, as masks
//   lists       row by row, each row in a loop over other rows
//
// What another phase reads lies in the first-level cache in between; all else never leaves its registers.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"

namespace muster::jit {

enum class PhaseKind : std::uint8_t { words, rows1, rows4, rows8, lists };

struct Phase {
  std::uint32_t level = 0;
  PhaseKind kind = PhaseKind::words;
  std::vector<ir::ValueId> instructions;
};

// In the order in which they run.
std::vector<Phase> phases_of(const ir::Code& code, const groups::Group& group);

}  // namespace muster::jit
