// SPDX-License-Identifier: Apache-2.0
// The kernel of each instruction, and what its index stands for: constants, sets, patterns, scores. Private to the
// room.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include <re2/re2.h>

#include "compiler/ir/code.h"
#include "runtime/evidence/run.h"
#include "runtime/interpret/arena.h"
#include "runtime/interpret/constants.h"
#include "runtime/interpret/score_kernels.h"
#include "runtime/interpret/text_kernels.h"
#include "runtime/kernels/kernels.h"

namespace muster::interpret {

struct Work {
  kernels::Kernel kernel = nullptr;  // null: the value lies in the batch
  void* extra = nullptr;
};

// What kernels point to lives as long as this.
class Tasks {
 public:
  // All of them must outlive this.
  Tasks(const ir::Code& code, const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
        kernels::Level level);

  // Texts that it makes are kept in the arena.
  Work work_of(const ir::Instruction& instruction, Arena& arena);

 private:
  Laid uniform(const ir::Instruction& instruction) const;
  void* extra_of(const ir::Instruction& instruction, Arena& arena);
  ir::Phys data_of(const ir::Instruction& instruction) const;
  re2::RE2* pattern(std::uint32_t index);
  PartsScore* parts(std::uint32_t score, std::size_t operands);

  const ir::Code& code_;
  const typed::Program& program_;
  const typed::Policy& policy_;
  const evidence::Run& run_;
  kernels::Level level_;
  std::deque<Laid> uniforms_;
  std::deque<kernels::MemberSet> sets_;
  std::deque<ir::Weights> weights_;
  std::deque<std::uint32_t> numbers_;
  std::deque<TextTask> texts_;
  std::deque<MeanTask> means_;
  std::deque<PartsTask> parts_;
  std::map<std::uint32_t, std::unique_ptr<re2::RE2>> patterns_;
  std::map<std::uint32_t, PartsScore> parts_scores_;
};

}  // namespace muster::interpret
