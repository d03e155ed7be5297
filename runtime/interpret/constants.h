// SPDX-License-Identifier: Apache-2.0
// Values of the program and the run as they lie in memory. Private to the room.
#pragma once

#include <array>
#include <cstddef>

#include "compiler/ir/code.h"
#include "compiler/types/scalar.h"
#include "runtime/kernels/kernels.h"

namespace muster::interpret {

// One value, of the widest kind.
struct alignas(16) Laid {
  std::array<std::byte, 16> bytes{};
};

// As Batch::set lays it in a column; a bool is bit 0. Texts and versions point into the scalar.
Laid laid(const types::Scalar& value, ir::Phys phys);

// The constants of a set, for operands of this kind.
kernels::MemberSet member_set(const ir::Code& code, const std::vector<std::uint32_t>& constants, ir::Phys phys);

}  // namespace muster::interpret
