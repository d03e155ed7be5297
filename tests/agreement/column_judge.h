// SPDX-License-Identifier: Apache-2.0
// Judges subjects by an engine over columns, without files: evidence to columns, code over them, verdicts out of it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/columns/executor.h"
#include "runtime/groups/groups.h"
#include "tests/agreement/judged.h"

namespace muster::agreement {

// The code of a policy as a run of `judge` would have it.
ir::Code code_of(const typed::Program& program, const Judge& judge);

// Makes the engine that is judged. What it is given outlives what it makes.
using ExecutorFactory = std::function<std::unique_ptr<columns::Executor>(const columns::Batch& shared)>;
// By the interpreter; where groups of the code were compiled, by these.
ExecutorFactory interpreter(const typed::Program& program, const Judge& judge, const ir::Code& code,
                            std::shared_ptr<const groups::Compiled> compiled = nullptr);

class ColumnJudge {
 public:
  // All of them must outlive this. All subjects have this shared evidence.
  ColumnJudge(const typed::Program& program, const Judge& judge, const ir::Code& code,
              const std::vector<evidence::Datum>& shared, const ExecutorFactory& executor);

  // In batches of so many. Key, label, problems and reasons are left out. Empty where something is too large.
  std::vector<verdicts::SubjectResult> judge(const std::vector<Evidence>& subjects, std::size_t batch_rows);

 private:
  const typed::Program& program_;
  const Judge& judge_;
  const ir::Code& code_;
  columns::Batch shared_;
  std::unique_ptr<columns::Executor> executor_;
};

// What the one says otherwise than the other, of what engines over columns say; empty: nothing.
std::string difference(const typed::Policy& policy, const verdicts::SubjectResult& expected,
                       const verdicts::SubjectResult& found);

}  // namespace muster::agreement
