// SPDX-License-Identifier: Apache-2.0
// Exact means, and scores that have parts. Private to the room.
#pragma once

#include <cstddef>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"
#include "runtime/interpret/row_cache.h"
#include "runtime/kernels/call.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::interpret {

// The `extra` of `mean`.
struct MeanTask {
  MeanTask(const typed::Score& of, std::size_t operands) : score(of), cache(operands) {}
  const typed::Score& score;
  RowCache<double> cache;
};

// What is known of one score with parts, for all of its figures.
struct PartsScore {
  PartsScore(const typed::Score& of, std::size_t operands) : score(of), cache(operands / 6 * 4) {}
  const typed::Score& score;
  RowCache<verdicts::ScoreResult> cache;
};

// The `extra` of parts_figure and parts_flag.
struct PartsTask {
  PartsScore* of = nullptr;
  ir::Figure figure = ir::Figure::low;
};

// Null of an operation that isn't made here.
kernels::Kernel score_kernel(ir::Op op);

}  // namespace muster::interpret
