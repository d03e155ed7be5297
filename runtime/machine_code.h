// SPDX-License-Identifier: Apache-2.0
// Groups of a run's code as machine code, where the JIT is there: made at once if the run asks for it, else in the
// background, once what the run has spent in the interpreter says that it pays. Workers take it up between batches.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "compiler/ir/code.h"
#include "runtime/engine.h"
#include "runtime/groups/groups.h"

namespace muster::runtime {

class MachineCode {
 public:
  // Both must outlive this.
  MachineCode(const Request& request, const ir::Code& code);
  ~MachineCode();  // what is still being compiled is given up

  // Nothing as long as there is none. Any thread may ask.
  std::shared_ptr<const groups::Compiled> compiled() const;
  // Whether somebody wants to know how long batches take.
  bool is_counting() const { return counts_; }
  void add_time(std::chrono::nanoseconds spent);
  // Why a run that asked for it goes on without; empty: it doesn't.
  const std::string& trouble() const { return trouble_; }

 private:
  void compile_in_background();

  const Request& request_;
  const ir::Code& code_;
  std::atomic<bool> counts_ = false;
  std::atomic<std::int64_t> spent_ = 0;      // nanoseconds
  std::atomic<std::int64_t> pays_from_ = 0;  // of them; at first from when it is worth while to find that out
  std::atomic<bool> is_deciding_ = false;    // one thread is, and has the next to itself
  bool is_estimated_ = false;
  std::atomic<bool> given_up_ = false;
  mutable std::mutex lock_;  // of the two below
  std::shared_ptr<const groups::Compiled> compiled_;
  std::thread compiling_;
  std::string trouble_;
};

}  // namespace muster::runtime
