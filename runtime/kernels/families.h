// SPDX-License-Identifier: Apache-2.0
// Which file has which kernels. Each gives null for what is another's. Private to the room.
#pragma once

#include "runtime/kernels/kernels.h"

// Before a loop of at most 16 rounds: none is left of it.
#if defined(__clang__)
#define MUSTER_UNROLLED _Pragma("unroll")
#else
#define MUSTER_UNROLLED _Pragma("GCC unroll 16")
#endif

namespace muster::kernels {

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
