// SPDX-License-Identifier: Apache-2.0
// Code that means the same and takes less: a list of passes, each a function of its own file.
#pragma once

#include <vector>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"

namespace muster::optimise {

struct Pass {
  const char* name;
  void (*run)(ir::Code& code, const typed::Program& program);
};

// The passes in their order; any part of them is right, too.
const std::vector<Pass>& passes();

void optimise(ir::Code& code, const typed::Program& program);

// A text column that is only compared with constants is read as which of them it is.
void code_texts(ir::Code& code, const typed::Program& program);
// `today - x <= 90 days` compares x with a day that is the same for all.
void compare_days(ir::Code& code, const typed::Program& program);
// How many rows of a list are set is not counted where it is only held against a small number.
void compare_counts(ir::Code& code, const typed::Program& program);
// What no output needs goes, columns and tables too.
void drop_unused(ir::Code& code, const typed::Program& program);

}  // namespace muster::optimise
