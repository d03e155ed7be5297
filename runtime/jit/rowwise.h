// SPDX-License-Identifier: Apache-2.0
// Operations row by row, on vectors of some rows: bitmaps are <n x i1>.
#pragma once

#include <span>

#include "compiler/ir/code.h"
#include "runtime/jit/build.h"

namespace muster::jit {

// Of a rowwise operation that is native; `phys` is that of its first operand that is no bitmap.
Value* rowwise(Build& build, const ir::Code& code, const ir::Instruction& made, ir::Phys phys,
               std::span<Value* const> operands);

// Those of the calendar. Null: the operation is none.
Value* calendar(Build& build, ir::Op op, std::span<Value* const> operands);

// Whether values are among a set's constants, which are of a kind without texts and versions.
Value* in_set(Build& build, const ir::Code& code, const std::vector<std::uint32_t>& set, ir::Phys phys, Value* value);

// A constant as it lies in memory.
llvm::Constant* constant_of(Build& build, const types::Scalar& value, ir::Phys phys);

}  // namespace muster::jit
