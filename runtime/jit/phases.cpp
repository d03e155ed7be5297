// SPDX-License-Identifier: Apache-2.0
#include "runtime/jit/phases.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace muster::jit {

using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;

namespace {

bool is_logic(Op op) { return op == Op::not_ || op == Op::and_ || op == Op::or_ || op == Op::and_not; }

bool is_rows(PhaseKind kind) { return kind != PhaseKind::words && kind != PhaseKind::lists; }

PhaseKind of_bytes(std::size_t bytes) {
  if (bytes == 1) return PhaseKind::rows1;
  return bytes <= 4 ? PhaseKind::rows4 : PhaseKind::rows8;
}

class Phaser {
 public:
  Phaser(const ir::Code& code, const groups::Group& group) : code_(code), group_(group) {}

  std::vector<Phase> phases() {
    for (const ValueId id : group_.instructions) kinds_[id] = kind_of(code_[id]);
    note_masks();
    // What is computed from each other shares a loop, in vectors for the widest of it.
    for (auto id = group_.instructions.rbegin(); id != group_.instructions.rend(); ++id) widen_operands(*id);
    for (const ValueId id : group_.instructions) widen(id);
    std::map<std::pair<std::uint32_t, PhaseKind>, std::vector<ValueId>> found;
    std::map<ValueId, std::uint32_t> levels;
    for (const ValueId id : group_.instructions) {
      std::uint32_t level = 0;
      for_each_operand(id, [&](ValueId operand) {
        level = std::max(level, levels[operand] + (kinds_[operand] != kinds_[id] ? 1u : 0u));
      });
      levels[id] = level;
      found[{level, kinds_[id]}].push_back(id);
    }
    std::vector<Phase> phases;
    for (auto& [place, instructions] : found) phases.push_back({place.first, place.second, std::move(instructions)});
    return phases;
  }

 private:
  PhaseKind kind_of(const Instruction& made) const {
    if (is_logic(made.op)) return PhaseKind::words;
    const OpKind kind = ir::info(made.op).kind;
    const bool moves_text = made.phys == Phys::text;
    const bool is_bounds = made.op == Op::begin_of || made.op == Op::end_of;
    if (kind == OpKind::segment || kind == OpKind::search || moves_text || is_bounds) return PhaseKind::lists;
    std::size_t bytes = std::max<std::size_t>(ir::bytes_of(made.phys), 1);
    for (const ValueId operand : code_.operands_of(made)) bytes = std::max(bytes, ir::bytes_of(code_[operand].phys));
    return of_bytes(bytes);
  }

  // Operands that this group makes.
  template <typename Each>
  void for_each_operand(ValueId id, Each each) const {
    for (const ValueId operand : code_.operands_of(code_[id])) {
      if (kinds_.contains(operand)) each(operand);
    }
  }

  bool joins(ValueId id) const { return is_rows(kinds_.at(id)) && code_[id].op != Op::weigh; }

  // Logic on comparisons of this group that chooses between data: if it were a phase of its own, the data would have
  // to be written and read again.
  void note_masks() {
    std::map<ValueId, bool> from_rows, chooses;
    for (const ValueId id : group_.instructions) {
      for_each_operand(id, [&](ValueId operand) {
        const bool is_source = is_rows(kinds_[operand]) || (kinds_[operand] == PhaseKind::words && from_rows[operand]);
        if (is_source) from_rows[id] = true;
      });
    }
    for (auto at = group_.instructions.rbegin(); at != group_.instructions.rend(); ++at) {
      const bool passes_on = joins(*at) || (kinds_[*at] == PhaseKind::words && chooses[*at]);
      if (!passes_on) continue;
      for_each_operand(*at, [&](ValueId operand) { chooses[operand] = true; });
    }
    for (const ValueId id : group_.instructions) {
      if (kinds_[id] == PhaseKind::words && from_rows[id] && chooses[id]) kinds_[id] = PhaseKind::rows1;
    }
  }

  void widen_operands(ValueId id) {
    if (!joins(id)) return;
    for_each_operand(id, [&](ValueId operand) {
      if (joins(operand)) kinds_[operand] = std::max(kinds_[operand], kinds_[id]);
    });
  }

  void widen(ValueId id) {
    if (!joins(id)) return;
    for_each_operand(id, [&](ValueId operand) {
      if (joins(operand)) kinds_[id] = std::max(kinds_[id], kinds_[operand]);
    });
  }

  const ir::Code& code_;
  const groups::Group& group_;
  std::map<ValueId, PhaseKind> kinds_;
};

}  // namespace

std::vector<Phase> phases_of(const ir::Code& code, const groups::Group& group) { return Phaser(code, group).phases(); }

}  // namespace muster::jit
