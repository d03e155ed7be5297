// SPDX-License-Identifier: Apache-2.0
// Which file has which kernels. Each gives null for what is another's. Private to the room.
#pragma once

#include <bit>

#include "runtime/kernels/kernels.h"

// Before a loop of at most 16 rounds: none is left of it.
#if defined(__clang__)
#define MUSTER_UNROLLED _Pragma("unroll")
#else
#define MUSTER_UNROLLED _Pragma("GCC unroll 16")
#endif

namespace muster::kernels {

// A set of u8 for machines that look up 16 bytes at once: by the low four bits of a value a byte of its half, in which
// the high four bits but the first say which bit.
struct SetColumns {
  std::uint8_t halves[2][16] = {};

  explicit SetColumns(const MemberSet& set) {
    for (unsigned word = 0; word < 4; ++word) {
      for (std::uint64_t left = set.u8[word]; left != 0; left &= left - 1) {
        const unsigned value = word * 64 + static_cast<unsigned>(std::countr_zero(left));
        halves[value >> 7][value & 15] |= static_cast<std::uint8_t>(1u << (value >> 4 & 7));
      }
    }
  }
};

Kernel bitmap_kernel(ir::Op op);
Kernel comparison_kernel(ir::Op op, ir::Phys data);
Kernel move_kernel(ir::Op op, ir::Phys data);
Kernel arithmetic_kernel(ir::Op op, ir::Phys data);
Kernel calendar_kernel(ir::Op op);
Kernel text_kernel(ir::Op op);
Kernel segment_kernel(ir::Op op, ir::Phys data);
Kernel search_kernel(ir::Op op, ir::Phys data);

// The hot ones again, for machines that have these instructions; on others nobody asks.
Kernel bmi2_kernel(ir::Op op);
Kernel avx2_kernel(ir::Op op, ir::Phys data);
Kernel avx512_kernel(ir::Op op, ir::Phys data);
Kernel avx2_weigh_kernel();
Kernel avx512_weigh_kernel();

}  // namespace muster::kernels
