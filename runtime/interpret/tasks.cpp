// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/tasks.h"

#include <cstring>

#include "runtime/groups/groups.h"
#include "runtime/scores/scores.h"

namespace muster::interpret {

using ir::Instruction;
using ir::Op;

namespace {

// One value on the axis of the run.
void put(const kernels::Call& call) {
  const auto& laid = *static_cast<const Laid*>(call.extra);
  std::memcpy(call.result, laid.bytes.data(), laid.bytes.size());
}

bool is_uniform(Op op) {
  return op == Op::zeros || op == Op::ones || op == Op::constant || op == Op::param || op == Op::param_yes ||
         op == Op::today || op == Op::now || op == Op::empty_points;
}

}  // namespace

Tasks::Tasks(const ir::Code& code, const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
             kernels::Level level)
    : code_(code), program_(program), policy_(policy), run_(run), level_(level) {}

Work Tasks::work_of(const Instruction& instruction, Arena& arena) {
  if (groups::is_in_batch(instruction.op)) return {};
  if (is_uniform(instruction.op)) return {put, &uniforms_.emplace_back(uniform(instruction))};
  kernels::Kernel kernel = text_kernel(instruction.op);
  if (kernel == nullptr) kernel = score_kernel(instruction.op);
  if (kernel == nullptr) kernel = kernels::kernel(instruction.op, data_of(instruction), level_);
  return {kernel, extra_of(instruction, arena)};
}

Laid Tasks::uniform(const Instruction& instruction) const {
  if (instruction.op == Op::zeros) return {};
  if (instruction.op == Op::ones) return laid(true, ir::Phys::bits);
  if (instruction.op == Op::constant) return laid(code_.constants[instruction.index].value, instruction.phys);
  if (instruction.op == Op::today) return laid(run_.today, instruction.phys);
  if (instruction.op == Op::now) return laid(run_.now, instruction.phys);
  if (instruction.op == Op::empty_points) {
    const typed::Score& score = policy_.scores[instruction.index];
    return laid(scores::finished(score, scores::Rational::of(*score.empty), true), instruction.phys);
  }
  return laid(run_.params[instruction.index], instruction.phys);
}

void* Tasks::extra_of(const Instruction& instruction, Arena& arena) {
  const Op op = instruction.op;
  const std::uint32_t index = instruction.index;
  if (op == Op::in_set) return &sets_.emplace_back(member_set(code_, code_.sets[index], data_of(instruction)));
  if (op == Op::seg_at_least) return &numbers_.emplace_back(index);
  if (op == Op::weigh) return &weights_.emplace_back(code_.weights[index]);
  if (op == Op::matches) return pattern(index);
  if (op == Op::lower || op == Op::upper)
    return &texts_.emplace_back(TextTask{&arena, nullptr, types::kError, ir::Phys::text});
  if (op == Op::to_text) return &texts_.emplace_back(TextTask{&arena, &program_.types, index, data_of(instruction)});
  if (op == Op::mean) return &means_.emplace_back(policy_.scores[index], instruction.count);
  if (op == Op::parts_figure || op == Op::parts_flag) {
    return &parts_.emplace_back(
        PartsTask{parts(index / ir::kFigures, instruction.count), static_cast<ir::Figure>(index % ir::kFigures)});
  }
  return nullptr;
}

ir::Phys Tasks::data_of(const Instruction& instruction) const {
  for (const ir::ValueId operand : code_.operands_of(instruction)) {
    if (code_[operand].phys != ir::Phys::bits) return code_[operand].phys;
  }
  return instruction.phys;
}

re2::RE2* Tasks::pattern(std::uint32_t index) {
  std::unique_ptr<re2::RE2>& pattern = patterns_[index];
  if (!pattern) pattern = std::make_unique<re2::RE2>(program_.patterns[index], re2::RE2::Quiet);
  return pattern.get();
}

PartsScore* Tasks::parts(std::uint32_t score, std::size_t operands) {
  return &parts_scores_.try_emplace(score, policy_.scores[score], operands).first->second;
}

}  // namespace muster::interpret
