// SPDX-License-Identifier: Apache-2.0
// One row of an operation, and one list.
#pragma once

#include <vector>

#include "naive.h"

namespace muster::naive {

struct Inputs {
  const typed::Program& program;
  const typed::Policy& policy;
  const evidence::Run& run;
};

// Elements that are set.
struct List {
  std::vector<std::size_t> rows;
  std::vector<Datum> values;
};

bool less(const Datum& a, const Datum& b);
bool equal(const Datum& a, const Datum& b);
Datum read(const std::byte* data, ir::Phys phys);
Datum nought(ir::Phys phys);

Cell uniform(const ir::Code& code, const Inputs& inputs, const ir::Instruction& made);
Cell of_row(const ir::Code& code, const Inputs& inputs, const ir::Instruction& made,
            const std::vector<Datum>& operands);
Cell of_list(const ir::Instruction& made, const List& list);

}  // namespace muster::naive
