// SPDX-License-Identifier: Apache-2.0
// Walking over everything in code that names a value, and putting instructions in front of others.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "compiler/ir/code.h"

namespace muster::optimise {

template <typename Each>
void for_each_shown(ir::ShownOut& shown, const Each& each) {
  for (ir::ValueId* value :
       {&shown.known, &shown.absent, &shown.data, &shown.guard, &shown.begin, &shown.end, &shown.kept})
    each(*value);
  for (ir::ShownOut& element : shown.elements) for_each_shown(element, each);
}

// `each` of every value that outputs name, kNoValue left out, may change it.
template <typename Each>
void for_each_output(ir::Outputs& outputs, const Each& each_value) {
  const auto each = [&](ir::ValueId& value) {
    if (value != ir::kNoValue) each_value(value);
  };
  for (ir::CriterionOut& out : outputs.criteria) {
    for (ir::ValueId* value : {&out.met, &out.unmet, &out.na, &out.waived, &out.upcoming}) each(*value);
    for (ir::ValueId& value : out.would_be) each(value);
  }
  for (ir::TruthOut& out : outputs.gates) {
    each(out.yes);
    each(out.no);
  }
  for (auto* scores : {&outputs.scores, &outputs.scores_without_waivers}) {
    for (ir::ScoreOut& out : *scores) {
      for (ir::ValueId* value : {&out.low, &out.high, &out.has_value, &out.may_be_none, &out.shown, &out.has_shown})
        each(*value);
    }
  }
  each(outputs.waivers_change);
  for (auto& conditions : outputs.waived_where) {
    for (ir::ValueId& value : conditions) each(value);
  }
  for (ir::ShownOut& shown : outputs.shows) for_each_shown(shown, each);
}

// Values that stand in no instruction: outputs, the bounds of axes and of steps.
template <typename Each>
void for_each_root(ir::Code& code, const Each& each) {
  for_each_output(code.outputs, each);
  for (ir::Axis& axis : code.axes) {
    if (axis.begin != ir::kNoValue) each(axis.begin);
    if (axis.end != ir::kNoValue) each(axis.end);
  }
  for (ir::Steps& steps : code.steps) {
    if (steps.begin != ir::kNoValue) each(steps.begin);
    if (steps.end != ir::kNoValue) each(steps.end);
  }
}

// Copies code instruction by instruction; in between others may be added.
class Copy {
 public:
  explicit Copy(ir::Code& code)
      : code_(code),
        old_(std::exchange(code.instructions, {})),
        old_operands_(std::exchange(code.operands, {})),
        becomes_(old_.size(), ir::kNoValue) {}

  const std::vector<ir::Instruction>& old() const { return old_; }
  ir::ValueId old_operand(const ir::Instruction& old, std::size_t at) const { return old_operands_[old.first + at]; }
  ir::ValueId becomes(ir::ValueId old) const { return becomes_[old]; }
  void set(ir::ValueId old, ir::ValueId now) { becomes_[old] = now; }

  ir::ValueId add(ir::Instruction made, const std::vector<ir::ValueId>& operands) {
    made.first = static_cast<std::uint32_t>(code_.operands.size());
    made.count = static_cast<std::uint32_t>(operands.size());
    code_.operands.insert(code_.operands.end(), operands.begin(), operands.end());
    code_.instructions.push_back(made);
    return static_cast<ir::ValueId>(code_.instructions.size() - 1);
  }
  // As it was, of what its operands have become.
  void keep(ir::ValueId id) {
    std::vector<ir::ValueId> operands;
    for (std::size_t at = 0; at < old_[id].count; ++at) operands.push_back(becomes_[old_operand(old_[id], at)]);
    becomes_[id] = add(old_[id], operands);
  }
  // All of it: each instruction is what `rewritten` makes of it, and as it was where that makes nothing.
  template <typename Rewritten>
  void all(const Rewritten& rewritten) {
    for (ir::ValueId id = 0; id < old_.size(); ++id) {
      if (const std::optional<ir::ValueId> made = rewritten(id)) {
        becomes_[id] = *made;
      } else {
        keep(id);
      }
    }
    finish();
  }
  // At last: names what the old values have become.
  void finish() {
    for_each_root(code_, [this](ir::ValueId& value) { value = becomes_[value]; });
  }

 private:
  ir::Code& code_;
  std::vector<ir::Instruction> old_;
  std::vector<ir::ValueId> old_operands_;
  std::vector<ir::ValueId> becomes_;
};

}  // namespace muster::optimise
