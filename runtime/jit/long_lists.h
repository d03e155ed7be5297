// SPDX-License-Identifier: Apache-2.0
// What compiled code calls for lists that are long: sorting is no different when it is compiled anew. Private to the
// room.
#pragma once

#include <vector>

#include "compiler/ir/code.h"

namespace muster::jit {

// Marks in `kept` the rows begin to end that are set and equal no earlier such row. Without `set` all are.
//   void (const T* values, const uint64_t* set, uint64_t* kept, uint64_t begin, uint64_t end)
const char* first_of_equals_name(ir::Phys phys);

struct Function {
  const char* name;
  void* address;
};
// All that compiled code may call.
std::vector<Function> called_functions();

}  // namespace muster::jit
