// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/interpreter.h"

#include <utility>

#include "runtime/interpret/machine.h"

namespace muster::interpret {

Interpreter::Interpreter(const ir::Code& code, const typed::Program& program, const typed::Policy& policy,
                         const evidence::Run& run, const columns::Batch& shared, kernels::Level level,
                         std::shared_ptr<const groups::Compiled> compiled)
    : machine_(std::make_unique<Machine>(code, program, policy, run, shared, level, std::move(compiled))) {}

Interpreter::~Interpreter() = default;

columns::Executor::Done Interpreter::run(const columns::Batch& batch, columns::Window window) {
  return machine_->run(batch, window);
}

columns::View Interpreter::value(ir::ValueId root) const { return machine_->value(root); }

}  // namespace muster::interpret
