// SPDX-License-Identifier: Apache-2.0
// Operations on texts that need more than their operands: patterns, memory for new texts, names of enums. Private to
// the room.
#pragma once

#include <re2/re2.h>

#include "compiler/typed/program.h"
#include "runtime/interpret/arena.h"
#include "runtime/kernels/call.h"

namespace muster::interpret {

// The `extra` of lower, upper and to_text; that of `matches` is the re2::RE2 itself.
struct TextTask {
  Arena* arena = nullptr;
  // to_text
  const types::Table* types = nullptr;
  types::TypeId type = types::kError;
  ir::Phys phys = ir::Phys::text;
};

// Null of an operation that isn't made here.
kernels::Kernel text_kernel(ir::Op op);

}  // namespace muster::interpret
