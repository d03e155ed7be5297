// SPDX-License-Identifier: Apache-2.0
// A scalar of the language from the memory that it lies in.
#pragma once

#include <cstddef>

#include "compiler/ir/code.h"
#include "compiler/types/scalar.h"
#include "compiler/types/types.h"

namespace muster::columns {

// `data` is where it lies; of any kind but bool.
types::Scalar scalar_of(const std::byte* data, ir::Phys phys, types::Kind kind);

}  // namespace muster::columns
