// SPDX-License-Identifier: Apache-2.0
// The kernels of column code. Each operation that reads its operands alone has one here for each kind of data; leaves,
// texts and scores, which need the run, are the engine's. Kernels of all instruction sets give the same bits.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/kernels/call.h"
#include "runtime/kernels/loops.h"

namespace muster::kernels {

// Instruction sets, each with what stands before it.
enum class Level : std::uint8_t {
  portable,
  avx2,    // with BMI1, BMI2 and POPCNT
  avx512,  // F, BW, DQ and VL
};
Level best_level();  // of this machine
bool is_there(Level level);

// `data` is the Phys of the first operand that is no bitmap; of operations on bitmaps alone it is that of the result.
// Null: the engine makes this operation's rows.
Kernel kernel(ir::Op op, ir::Phys data, Level level);

// What `extra` is for.
//   in_set          const MemberSet
//   weigh           const ir::Weights
//   seg_at_least    const std::uint32_t, the number
//   parent_row      nothing; `lists` are those of the result's axis
//   source_row      nothing; so are `lists`, and the operand is where rows of the source begin
//   begin_of, end_of  nothing; `lists` are those of the axis whose rows begin and end

// Constants of one kind.
struct MemberSet {
  std::uint64_t u8[4] = {};            // a bit for each value
  std::vector<std::int64_t> integers;  // i32, i64; sorted
  std::vector<double> doubles;         // sorted
  std::unordered_set<std::string_view> texts;
  std::vector<Version> versions;
};

// Fills filled and last_rows, which have room for bits of all parents and all rows, and points `lists` to them.
void mark_lists(Lists& lists, std::uint64_t* filled, std::uint64_t* last_rows);

}  // namespace muster::kernels
