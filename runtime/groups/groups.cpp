// SPDX-License-Identifier: Apache-2.0
// Values get stages: one is made a stage later than what it doesn't read row by row. A stage's values of one axis, in
// the order of the code, are cut into groups.
#include "runtime/groups/groups.h"

#include <algorithm>
#include <tuple>

namespace muster::groups {

using ir::Axis;
using ir::AxisId;
using ir::Code;
using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::ValueId;

namespace {

// A function of more takes long to compile, of fewer it keeps less in registers. One of so many ends with its
// criterion.
constexpr std::size_t kMany = 80;
constexpr std::size_t kMost = 160;

class Grouper {
 public:
  explicit Grouper(const Code& code)
      : code_(code),
        is_fixed_(fixed_axes(code)),
        stages_(code.instructions.size(), kBefore),
        axis_stages_(code.axes.size(), kUnasked),
        is_needed_(code.instructions.size()),
        is_outside_(code.instructions.size()) {
    made_.group_of.assign(code.instructions.size(), kNoGroup);
  }

  Groups groups() {
    note_needed();
    std::vector<ValueId> values;
    for (ValueId id = 0; id < code_.instructions.size(); ++id) {
      if (is_in_batch(code_[id].op) || is_fixed_[code_[id].axis] || !is_needed_[id]) continue;
      stages_[id] = stage_of(code_[id]);
      values.push_back(id);
    }
    // What is called comes first in its stage: it reads nothing of it.
    const auto place = [this](ValueId id) {
      const Instruction& made = code_[id];
      return std::tuple(stages_[id], stands_alone(made) ? 0u : 1u + made.axis, id);
    };
    std::sort(values.begin(), values.end(), [&](ValueId a, ValueId b) { return place(a) < place(b); });
    for (const ValueId id : values) add(id);
    for (Group& group : made_.groups) finish(group);
    return std::move(made_);
  }

 private:
  static constexpr std::int64_t kBefore = -1;
  static constexpr std::int64_t kUnasked = -2;

  bool stands_alone(const Instruction& made) const { return is_called(code_, made) || is_whole(made.op); }

  std::int64_t stage_of(const Instruction& made) {
    std::int64_t stage = axis_stage(made.axis);
    if (made.op == Op::begin_of || made.op == Op::end_of) stage = std::max(stage, axis_stage(made.index));
    const auto operands = code_.operands_of(made);
    for (std::size_t at = 0; at < operands.size(); ++at) {
      const std::int64_t operand = stages_[operands[at]];
      if (operand == kBefore) continue;
      const bool stays = is_read_by_row(made, at) && code_[operands[at]].axis == made.axis && !stands_alone(made) &&
                         !stands_alone(code_[operands[at]]);
      stage = std::max(stage, stays ? operand : operand + 1);
    }
    return stage;
  }

  // When the rows of an axis are known.
  std::int64_t axis_stage(AxisId id) {
    if (axis_stages_[id] != kUnasked) return axis_stages_[id];
    std::int64_t stage = 0;
    const Axis& axis = code_.axes[id];
    if (axis.kind != Axis::Kind::run) stage = std::max(stage, axis_stage(axis.parent));
    if (axis.kind == Axis::Kind::expansion) {
      stage = std::max(stage, axis_stage(axis.source));
      for (const ValueId bound : {axis.begin, axis.end}) stage = std::max(stage, stages_[bound] + 1);
    }
    return axis_stages_[id] = stage;
  }

  void add(ValueId id) {
    const Instruction& made = code_[id];
    if (is_called(code_, made)) {
      made_.steps.push_back({Step::Kind::value, id});
      return;
    }
    if (!fits_last_group(id)) {
      made_.steps.push_back({Step::Kind::group, static_cast<std::uint32_t>(made_.groups.size())});
      made_.groups.emplace_back().axis = made.axis;
    }
    made_.groups.back().instructions.push_back(id);
    made_.group_of[id] = static_cast<std::uint32_t>(made_.groups.size() - 1);
  }

  bool fits_last_group(ValueId id) const {
    if (made_.groups.empty() || made_.steps.back().kind != Step::Kind::group) return false;
    const Group& group = made_.groups.back();
    const ValueId last = group.instructions.back();
    if (group.axis != code_[id].axis || stages_[last] != stages_[id] || is_whole(code_[last].op) ||
        is_whole(code_[id].op))
      return false;
    if (group.instructions.size() >= kMost) return false;
    return group.instructions.size() < kMany || code_[last].criterion == code_[id].criterion;
  }

  void finish(Group& group) {
    if (!knows_outside_) note_outside();
    for (const ValueId id : group.instructions) {
      if (is_outside_[id]) group.makes.push_back(id);
      add_slots(group, id);
    }
    for (const ValueId id : group.makes) add_slot(group, {Slot::Kind::value, id});
  }

  template <typename Note>
  void for_each_root(Note note) const {
    const auto if_there = [&](ValueId id) {
      if (id != ir::kNoValue) note(id);
    };
    for (const ValueId root : ir::roots(code_.outputs)) if_there(root);
    for (const Axis& axis : code_.axes) if_there(axis.begin), if_there(axis.end);
    for (const ir::Steps& steps : code_.steps) if_there(steps.begin), if_there(steps.end);
  }

  void note_needed() {
    for_each_root([this](ValueId id) { is_needed_[id] = true; });
    for (ValueId id = static_cast<ValueId>(code_.instructions.size()); id-- > 0;) {
      if (!is_needed_[id]) continue;
      for (const ValueId operand : code_.operands_of(code_[id])) is_needed_[operand] = true;
    }
  }

  // Values that somebody outside of their group reads.
  void note_outside() {
    knows_outside_ = true;
    for (ValueId id = 0; id < code_.instructions.size(); ++id) {
      if (!is_needed_[id]) continue;
      for (const ValueId operand : code_.operands_of(code_[id])) {
        if (made_.group_of[operand] != made_.group_of[id]) is_outside_[operand] = true;
      }
    }
    for_each_root([this](ValueId id) { is_outside_[id] = true; });
  }

  void add_slots(Group& group, ValueId id) {
    const Instruction& made = code_[id];
    const auto operands = code_.operands_of(made);
    for (const ValueId operand : operands) {
      if (made_.group_of[operand] == kNoGroup || made_.group_of[operand] != made_.group_of[id])
        add_slot(group, {Slot::Kind::value, operand});
    }
    if (is_whole(made.op)) {
      add_slot(group, {Slot::Kind::offsets, made.axis});
      add_slot(group, {Slot::Kind::parents, made.axis});
      if (made.op == Op::source_row) add_slot(group, {Slot::Kind::value, code_.axes[made.axis].begin});
      return;
    }
    if (made.op == Op::begin_of || made.op == Op::end_of) add_slot(group, {Slot::Kind::offsets, made.index});
    const OpKind kind = ir::info(made.op).kind;
    if (kind == OpKind::segment) {
      add_slot(group, {Slot::Kind::offsets, code_[operands.back()].axis});
      add_slot(group, {Slot::Kind::rows, code_[operands.back()].axis});
    }
    if (kind == OpKind::gather) add_slot(group, {Slot::Kind::rows, code_[operands[0]].axis});
    if (kind == OpKind::search) add_slot(group, {Slot::Kind::rows, elements_axis(code_, made)});
  }

  static void add_slot(Group& group, Slot slot) {
    if (std::find(group.slots.begin(), group.slots.end(), slot) == group.slots.end()) group.slots.push_back(slot);
  }

  const Code& code_;
  std::vector<bool> is_fixed_;
  std::vector<std::int64_t> stages_;  // by value; kBefore of those that no step of a run makes
  std::vector<std::int64_t> axis_stages_;
  std::vector<bool> is_needed_, is_outside_;
  bool knows_outside_ = false;
  Groups made_;
};

}  // namespace

AxisId elements_axis(const Code& code, const Instruction& instruction) {
  for (const ValueId of : code.operands_of(instruction).last(2)) {
    if (code[of].axis != ir::kRun) return code[of].axis;
  }
  return ir::kRun;
}

std::vector<bool> fixed_axes(const Code& code) {
  std::vector<bool> fixed;
  for (AxisId id = 0; id < code.axes.size(); ++id) {
    const Axis& axis = code.axes[id];
    switch (axis.kind) {
      case Axis::Kind::run: fixed.push_back(true); break;
      case Axis::Kind::subjects: fixed.push_back(false); break;
      case Axis::Kind::table:
      case Axis::Kind::literal: fixed.push_back(fixed[axis.parent]); break;
      case Axis::Kind::expansion: fixed.push_back(fixed[axis.parent] && axis.source < id && fixed[axis.source]); break;
    }
  }
  return fixed;
}

Groups make_groups(const Code& code) { return Grouper(code).groups(); }

}  // namespace muster::groups
