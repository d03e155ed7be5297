// SPDX-License-Identifier: Apache-2.0
// Before any evidence: in which order values are made and axes built, and which values share memory. Private to the
// room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/groups/groups.h"

namespace muster::interpret {

constexpr std::uint32_t kNoRegister = ~std::uint32_t{0};

struct Plan {
  struct Step {
    enum class Kind : std::uint8_t { axis, value, group } kind = Kind::value;
    std::uint32_t id = 0;  // AxisId, ValueId, or of Groups::groups
  };
  struct Register {
    ir::AxisId axis = 0;
    ir::Phys phys = ir::Phys::bits;  // of the first value that lies in it; all take as many bytes
  };

  // What is uniform over a run, made once: axes that are rooted at the run without subjects, and what lives there.
  std::vector<bool> is_fixed;  // by axis
  std::vector<Step> once;
  std::vector<Step> each_run;  // tables' axes come first
  std::vector<Register> registers;
  std::vector<std::uint32_t> register_of;  // by value; kNoRegister of those in the batch and inside of groups
};

// Of code that is verified. Values that are made once keep a register for themselves, and so do roots; others share
// those of their axis. With groups, which may be null, a run makes its values in their order.
Plan make_plan(const ir::Code& code, const groups::Groups* groups);

}  // namespace muster::interpret
