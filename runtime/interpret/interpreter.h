// SPDX-License-Identifier: Apache-2.0
// Runs column code over a batch, kernel after kernel; where groups of operations were compiled, function after
// function. What is uniform over a run is made in the constructor; a run makes the rest. Memory is that of the largest
// window so far, and doesn't grow with the number of batches.
#pragma once

#include <memory>

#include "compiler/ir/code.h"
#include "compiler/typed/program.h"
#include "runtime/columns/batch.h"
#include "runtime/columns/executor.h"
#include "runtime/evidence/run.h"
#include "runtime/groups/groups.h"
#include "runtime/kernels/kernels.h"

namespace muster::interpret {

// Views of subjects have the batch's rows. Those of lists have rows of their own, counted for the window: indexes that
// the executor shows (`begin`, `end`) are of those. Some views are columns of the batch itself, so it must stay as it
// is for as long as they are looked at.
class Interpreter final : public columns::Executor {
 public:
  // All of them must outlive this. The code is verified; `shared` has the row of the run. Where what hangs from that
  // row is too large itself, every run is. What was compiled, if anything, was of this very code.
  Interpreter(const ir::Code& code, const typed::Program& program, const typed::Policy& policy,
              const evidence::Run& run, const columns::Batch& shared, kernels::Level level = kernels::best_level(),
              std::shared_ptr<const groups::Compiled> compiled = nullptr);
  ~Interpreter() override;

  Done run(const columns::Batch& batch, columns::Window window) override;
  columns::View value(ir::ValueId root) const override;

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace muster::interpret
