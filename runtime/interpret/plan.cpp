// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/plan.h"

#include <algorithm>
#include <map>
#include <utility>

namespace muster::interpret {

using ir::Axis;
using ir::AxisId;
using ir::Code;
using ir::Instruction;
using ir::OpKind;
using ir::ValueId;

namespace {

class Planner {
 public:
  Planner(const Code& code, const groups::Groups* groups)
      : code_(code), groups_(groups), is_planned_(code.axes.size()), last_use_(code.instructions.size(), kNever) {
    plan_.register_of.assign(code.instructions.size(), kNoRegister);
  }

  Plan plan() {
    plan_.is_fixed = groups::fixed_axes(code_);
    for (AxisId id = 0; id < code_.axes.size(); ++id) {
      const Axis::Kind kind = code_.axes[id].kind;
      if (kind == Axis::Kind::run || kind == Axis::Kind::subjects || kind == Axis::Kind::table) need(id);
    }
    for (ValueId id = 0; id < code_.instructions.size(); ++id) {
      if (groups_ == nullptr || plan_.is_fixed[code_[id].axis]) add(id);
    }
    if (groups_ != nullptr) add_groups();
    // Steps over rows count where nothing is left that lives on them, too.
    for (const ir::Steps& steps : code_.steps) need(steps.within);
    find_last_uses();
    for (const Plan::Step& step : plan_.once) {
      if (step.kind == Plan::Step::Kind::value && !groups::is_in_batch(code_[step.id].op)) {
        plan_.register_of[step.id] = add_register(code_[step.id]);
      }
    }
    for (std::uint32_t at = 0; at < plan_.each_run.size(); ++at) allocate(at);
    return std::move(plan_);
  }

 private:
  static constexpr std::uint32_t kNever = 0;
  static constexpr std::uint32_t kAlways = ~std::uint32_t{0};
  // Registers of one axis and one width.
  using Class = std::pair<AxisId, std::size_t>;

  std::vector<Plan::Step>& steps_of(AxisId axis) { return plan_.is_fixed[axis] ? plan_.once : plan_.each_run; }

  void need(AxisId id) {
    if (is_planned_[id]) return;
    is_planned_[id] = true;
    const Axis& axis = code_.axes[id];
    if (axis.kind != Axis::Kind::run) need(axis.parent);
    if (axis.kind == Axis::Kind::expansion) need(axis.source);
    steps_of(id).push_back({Plan::Step::Kind::axis, id});
  }

  void need_axes_of(ValueId id) {
    need(code_[id].axis);
    if (code_[id].op == ir::Op::begin_of || code_[id].op == ir::Op::end_of) need(code_[id].index);
  }

  void add(ValueId id) {
    need_axes_of(id);
    steps_of(code_[id].axis).push_back({Plan::Step::Kind::value, id});
  }

  void add_groups() {
    for (const groups::Step& step : groups_->steps) {
      if (step.kind == groups::Step::Kind::value) {
        add(step.id);
        continue;
      }
      for (const ValueId id : groups_->groups[step.id].instructions) need_axes_of(id);
      plan_.each_run.push_back({Plan::Step::Kind::group, step.id});
    }
  }

  // Calls each(value) for what a step reads.
  template <typename Each>
  void for_each_read(const Plan::Step& step, Each each) const {
    if (step.kind == Plan::Step::Kind::group) {
      for (const groups::Slot& slot : groups_->groups[step.id].slots) {
        const bool is_read = slot.kind == groups::Slot::Kind::value && groups_->group_of[slot.id] != step.id;
        if (is_read) each(slot.id);
      }
    } else if (step.kind == Plan::Step::Kind::value) {
      for (const ValueId operand : code_.operands_of(code_[step.id])) each(operand);
      if (code_[step.id].op == ir::Op::source_row) each(code_.axes[code_[step.id].axis].begin);
    } else if (code_.axes[step.id].kind == Axis::Kind::expansion) {
      each(code_.axes[step.id].begin);
      each(code_.axes[step.id].end);
    }
  }

  void find_last_uses() {
    for (std::uint32_t at = 0; at < plan_.each_run.size(); ++at)
      for_each_read(plan_.each_run[at], [&](ValueId value) { last_use_[value] = at; });
    for (const ValueId root : ir::roots(code_.outputs)) last_use_[root] = kAlways;
    for (const ir::Steps& steps : code_.steps) {
      for (const ValueId bound : {steps.begin, steps.end}) {
        if (bound != ir::kNoValue) last_use_[bound] = kAlways;
      }
    }
  }

  static Class class_of(const Instruction& instruction) { return {instruction.axis, ir::bytes_of(instruction.phys)}; }

  std::uint32_t add_register(const Instruction& instruction) {
    plan_.registers.push_back({instruction.axis, instruction.phys});
    return static_cast<std::uint32_t>(plan_.registers.size() - 1);
  }

  void take_register(ValueId value) {
    std::vector<std::uint32_t>& free_ones = free_[class_of(code_[value])];
    if (free_ones.empty()) {
      plan_.register_of[value] = add_register(code_[value]);
    } else {
      plan_.register_of[value] = free_ones.back();
      free_ones.pop_back();
    }
  }

  void free(ValueId value) {
    std::uint32_t& of = plan_.register_of[value];
    if (of == kNoRegister || plan_.is_fixed[code_[value].axis]) return;
    free_[class_of(code_[value])].push_back(of);
  }

  void allocate(std::uint32_t at) {
    const Plan::Step& step = plan_.each_run[at];
    // What is read for the last time; each value once.
    std::vector<ValueId> dead;
    for_each_read(step, [&](ValueId value) {
      if (last_use_[value] == at && std::find(dead.begin(), dead.end(), value) == dead.end()) dead.push_back(value);
    });
    if (step.kind == Plan::Step::Kind::axis) {
      for (const ValueId value : dead) free(value);
      return;
    }
    if (step.kind == Plan::Step::Kind::group) {
      const std::vector<ValueId>& made = groups_->groups[step.id].makes;
      for (const ValueId value : made) take_register(value);
      for (const ValueId value : dead) free(value);
      for (const ValueId value : made) {
        if (last_use_[value] == kNever) free(value);
      }
      return;
    }
    // A rowwise kernel may write over an operand of its own kind; the result takes such a register first.
    const Instruction& made = code_[step.id];
    const bool in_place = ir::info(made.op).kind == OpKind::rowwise;
    const auto goes_first = [&](ValueId value) { return in_place && code_[value].phys == made.phys; };
    for (const ValueId value : dead) {
      if (goes_first(value)) free(value);
    }
    if (!groups::is_in_batch(made.op)) take_register(step.id);
    for (const ValueId value : dead) {
      if (!goes_first(value)) free(value);
    }
    if (last_use_[step.id] == kNever) free(step.id);
  }

  const Code& code_;
  const groups::Groups* groups_;
  Plan plan_;
  std::vector<bool> is_planned_;
  // By value: the step of each_run that reads it last. No step reads what the very first one makes, so 0 is never.
  std::vector<std::uint32_t> last_use_;
  std::map<Class, std::vector<std::uint32_t>> free_;
};

}  // namespace

Plan make_plan(const Code& code, const groups::Groups* groups) { return Planner(code, groups).plan(); }

}  // namespace muster::interpret
