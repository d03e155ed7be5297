// SPDX-License-Identifier: Apache-2.0
// A count that is held against a small constant asks whether at least so many rows are set, and that is found for some
// twenty short lists at a time. Where the count is 0 outside of a condition, so it is asked within it.
#include <map>
#include <optional>
#include <utility>

#include "compiler/optimise/optimise.h"
#include "compiler/optimise/rewriting.h"

namespace muster::optimise {

using ir::Code;
using ir::kNoValue;
using ir::Op;
using ir::Phys;
using ir::ValueId;

namespace {

constexpr std::int64_t kMost = 8;

class Counts {
 public:
  explicit Counts(Code& code) : code_(code), copy_(code) {}

  void rewrite() {
    copy_.all([this](ValueId id) { return compared(id); });
  }

 private:
  // How many rows of `set` are, where `within`, if there is such; else 0.
  struct Count {
    ValueId set = kNoValue, within = kNoValue;
  };

  const ir::Instruction& old(ValueId id) const { return copy_.old()[id]; }

  std::optional<std::int64_t> number(ValueId id) const {
    if (old(id).op != Op::constant) return std::nullopt;
    const auto* value = std::get_if<std::int64_t>(&code_.constants[old(id).index].value);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }

  std::optional<Count> count(ValueId id) const {
    const ir::Instruction& each = old(id);
    if (each.op == Op::seg_count) return Count{copy_.old_operand(each, 0), kNoValue};
    if (each.op != Op::select || number(copy_.old_operand(each, 2)) != 0) return std::nullopt;
    const ValueId counted = copy_.old_operand(each, 1);
    if (old(counted).op != Op::seg_count || old(counted).axis != each.axis) return std::nullopt;
    return Count{copy_.old_operand(old(counted), 0), copy_.old_operand(each, 0)};
  }

  std::optional<ValueId> compared(ValueId id) {
    const ir::Instruction& each = old(id);
    if (each.op != Op::less && each.op != Op::less_equal && each.op != Op::equal) return std::nullopt;
    for (const std::size_t side : {0u, 1u}) {
      const auto counted = count(copy_.old_operand(each, side));
      const auto limit = number(copy_.old_operand(each, 1 - side));
      // A count of none is no question of rows.
      if (!counted || !limit || *limit < 0 || *limit >= kMost) continue;
      const std::int64_t more = *limit + 1;
      if (each.op == Op::equal) {
        const ValueId too_many = at_least(each, *counted, more);
        if (*limit == 0) return add(each, Op::not_, {too_many});
        return add(each, Op::and_not, {at_least(each, *counted, *limit), too_many});
      }
      // count < limit, count <= limit, limit < count, limit <= count
      const bool is_strict = each.op == Op::less;
      const std::int64_t least = (side == 0) == is_strict ? *limit : more;
      if (least == 0) continue;
      const ValueId found = at_least(each, *counted, least);
      return side == 0 ? add(each, Op::not_, {found}) : found;
    }
    return std::nullopt;
  }

  ValueId at_least(const ir::Instruction& origin, const Count& counted, std::int64_t number) {
    const auto [at, is_new] = found_.try_emplace({counted.set, number}, kNoValue);
    if (is_new) {
      ir::Instruction made = origin;
      made.op = number == 1 ? Op::seg_any : Op::seg_at_least;
      made.index = number == 1 ? 0 : static_cast<std::uint32_t>(number);
      at->second = copy_.add(made, {copy_.becomes(counted.set)});
    }
    return counted.within == kNoValue ? at->second : add(origin, Op::and_, {copy_.becomes(counted.within), at->second});
  }

  ValueId add(ir::Instruction made, Op op, const std::vector<ValueId>& operands) {
    made.op = op;
    made.index = 0;
    return copy_.add(made, operands);
  }

  Code& code_;
  Copy copy_;
  std::map<std::pair<ValueId, std::int64_t>, ValueId> found_;
};

}  // namespace

void compare_counts(Code& code, const typed::Program&) { Counts(code).rewrite(); }

}  // namespace muster::optimise
