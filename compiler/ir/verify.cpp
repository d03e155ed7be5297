// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "compiler/ir/code.h"

namespace muster::ir {

namespace {

class Verifier {
 public:
  explicit Verifier(const Code& code) : code_(code) {}

  std::vector<std::string> all() {
    for (AxisId id = 0; id < code_.axes.size(); ++id) axis(id);
    for (ValueId id = 0; id < code_.instructions.size(); ++id) instruction(id);
    for (const ValueId root : roots(code_.outputs)) {
      if (root >= code_.instructions.size()) wrong_.push_back(fmt::format("an output names %{}", root));
    }
    return std::move(wrong_);
  }

 private:
  void axis(AxisId id) {
    const Axis& axis = code_.axes[id];
    if (id > kSubjects && axis.parent >= id) wrong_.push_back(fmt::format("axis {} stands before its parent", id));
    if (axis.kind != Axis::Kind::expansion) return;
    for (const ValueId bound : {axis.begin, axis.end}) {
      const bool fits = bound < code_.instructions.size() && code_[bound].phys == Phys::index &&
                        (code_[bound].axis == axis.parent || code_[bound].axis == kRun);
      if (!fits) wrong_.push_back(fmt::format("axis {} is bounded by %{}", id, bound));
    }
    if (axis.source >= code_.axes.size()) wrong_.push_back(fmt::format("axis {} has no source", id));
  }

  // The last sign of the list stands for all that follow; before `*` it may also be a group.
  static char sign_at(std::string_view signs, std::size_t at) {
    if (!signs.ends_with('*')) return at < signs.size() ? signs[at] : '\0';
    signs.remove_suffix(1);
    return signs[at % signs.size()];
  }

  static bool fits(char sign, Phys phys, Phys first_data) {
    if (sign == '\0') return false;
    if (sign == 'd') return phys != Phys::bits;
    return phys == (sign == '=' ? first_data : phys_of_sign(sign));
  }

  void instruction(ValueId id) {
    const Instruction& each = code_.instructions[id];
    const OpInfo& op = info(each.op);
    const std::string_view signs = op.operands;
    const auto say = [&](std::string_view what) { wrong_.push_back(fmt::format("%{} = {}: {}", id, op.name, what)); };
    if (each.axis >= code_.axes.size()) return say("no such axis");
    if (!signs.ends_with('*') && each.count != signs.size()) return say("another number of operands");
    Phys first_data = Phys::bits;
    for (std::size_t at = 0; at < each.count; ++at) {
      const ValueId operand = code_.operands[each.first + at];
      if (operand >= id) return say("an operand that isn't there yet");
      const Phys phys = code_[operand].phys;
      if (first_data == Phys::bits) first_data = phys;
      if (!fits(sign_at(signs, at), phys, first_data)) say(fmt::format("operand {} is {}", at, name(phys)));
      if (!lives_right(each, op.kind, at)) say(fmt::format("operand {} lives on axis {}", at, code_[operand].axis));
    }
    const bool same = op.result == 'd' && op.kind != OpKind::leaf && first_data != each.phys;
    if (same || !fits(op.result, each.phys, each.phys)) say(fmt::format("gives {}", name(each.phys)));
    index(each, say);
  }

  bool lives_right(const Instruction& each, OpKind kind, std::size_t at) const {
    const AxisId axis = code_[code_.operands[each.first + at]].axis;
    const AxisId rows = code_[code_.operands[each.first + each.count - 1]].axis;
    const bool last = at + 1 == each.count;
    switch (kind) {
      case OpKind::leaf: return false;
      case OpKind::rowwise: return axis == each.axis || axis == kRun;
      case OpKind::gather: return last ? axis == each.axis || axis == kRun : true;
      case OpKind::segment:
        return code_.axes[rows].parent == each.axis && rows > kSubjects && (axis == rows || axis == kRun);
      case OpKind::search: return true;
    }
    return false;
  }

  template <typename Say>
  void index(const Instruction& each, const Say& say) const {
    const std::string_view what = info(each.op).index;
    const auto within = [&](std::size_t size) {
      if (each.index >= size) say("no such " + std::string(what));
    };
    if (what == "constant") within(code_.constants.size());
    if (what == "column") within(code_.layout.columns.size());
    if (what == "axis") within(code_.axes.size());
    if (what == "set") within(code_.sets.size());
    if (what == "weights") within(code_.weights.size());
    if (what == "input") within(code_.layout.named);
    if (what == "number" && each.index == 0) say("at least none");
    if (what == "weights" && each.index < code_.weights.size() && code_.weights[each.index].of.size() != each.count)
      say("another number of weights");
  }

  const Code& code_;
  std::vector<std::string> wrong_;
};

}  // namespace

std::vector<std::string> verify(const Code& code) { return Verifier(code).all(); }

}  // namespace muster::ir
