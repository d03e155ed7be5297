// SPDX-License-Identifier: Apache-2.0
// A difference of two dates is a whole number of days, so comparing it with a duration is comparing the one date with
// a day that stands so far from the other. Where that other is the same for all rows, one comparison is left.
#include <limits>
#include <optional>

#include "base/calendar.h"
#include "compiler/optimise/optimise.h"
#include "compiler/optimise/rewriting.h"

namespace muster::optimise {

using ir::Code;
using ir::Op;
using ir::Phys;
using ir::ValueId;

namespace {

std::int64_t floor_days(std::int64_t microseconds) {
  const std::int64_t days = microseconds / base::kMicrosecondsPerDay;
  return microseconds % base::kMicrosecondsPerDay < 0 ? days - 1 : days;
}

// Days that no two dates of the calendar are apart.
constexpr std::int64_t kFar = 8'000'000;

class Days {
 public:
  explicit Days(Code& code) : code_(code), copy_(code) {}

  void rewrite() {
    copy_.all([this](ValueId id) { return compared(id); });
  }

 private:
  const ir::Instruction& old(ValueId id) const { return copy_.old()[id]; }

  std::optional<std::int64_t> duration(ValueId id) const {
    if (old(id).op != Op::constant || old(id).phys != Phys::i64) return std::nullopt;
    const auto* value = std::get_if<base::Duration>(&code_.constants[old(id).index].value);
    return value != nullptr ? std::optional(value->microseconds) : std::nullopt;
  }

  // later - earlier < D, or D < later - earlier, with one of the two on the axis run.
  std::optional<ValueId> compared(ValueId id) {
    const ir::Instruction& each = old(id);
    if (each.op != Op::less) return std::nullopt;
    for (const std::size_t side : {0u, 1u}) {
      const ValueId difference = copy_.old_operand(each, side);
      const auto limit = duration(copy_.old_operand(each, 1 - side));
      if (!limit || *limit == std::numeric_limits<std::int64_t>::min() || old(difference).op != Op::days_between ||
          old(difference).axis == ir::kRun)
        continue;
      const ValueId later = copy_.old_operand(old(difference), 0), earlier = copy_.old_operand(old(difference), 1);
      // A whole number of days is less than D where it is less than D rounded up, and more where more than it down.
      const std::int64_t days = side == 0 ? -floor_days(-*limit) : floor_days(*limit);
      if (days < -kFar || days > kFar) continue;
      if (old(later).axis == ir::kRun) return less(each, earlier, moved(each, later, -days), side == 1);
      if (old(earlier).axis == ir::kRun) return less(each, later, moved(each, earlier, days), side == 0);
    }
    return std::nullopt;
  }

  // The day so many days behind that of a value on the axis run.
  ValueId moved(const ir::Instruction& origin, ValueId day, std::int64_t days) {
    ir::Instruction constant = origin;
    constant.op = Op::constant;
    constant.phys = Phys::i32;
    constant.axis = ir::kRun;
    constant.index = static_cast<std::uint32_t>(code_.constants.size());
    code_.constants.push_back({types::Scalar(base::Date{static_cast<std::int32_t>(days)}), types::kDate});
    ir::Instruction shift = constant;
    shift.op = Op::shift_day;
    shift.index = 0;
    return copy_.add(shift, {copy_.becomes(day), copy_.add(constant, {})});
  }

  ValueId less(const ir::Instruction& origin, ValueId date, ValueId limit, bool date_first) {
    const ValueId now = copy_.becomes(date);
    ir::Instruction made = origin;
    return date_first ? copy_.add(made, {now, limit}) : copy_.add(made, {limit, now});
  }

  Code& code_;
  Copy copy_;
};

}  // namespace

void compare_days(Code& code, const typed::Program&) { Days(code).rewrite(); }

}  // namespace muster::optimise
