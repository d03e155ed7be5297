// SPDX-License-Identifier: Apache-2.0
#include "runtime/groups/groups.h"

#include <algorithm>

namespace muster::groups {

using ir::Op;
using ir::OpKind;
using ir::Phys;

Way way_of(Op op) {
  switch (op) {
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::to_text:
    case Op::mean:
    case Op::parts_figure:
    case Op::parts_flag: return Way::called;
    case Op::equal:
    case Op::less:
    case Op::less_equal:
    case Op::in_set:
    case Op::seg_min:
    case Op::seg_max:
    case Op::seg_latest:
    case Op::first_of_equals:
    case Op::member:
    case Op::some_between: return Way::native_or_called;
    case Op::zeros:
    case Op::ones:
    case Op::constant:
    case Op::param:
    case Op::param_yes:
    case Op::today:
    case Op::now:
    case Op::known:
    case Op::absent:
    case Op::yes:
    case Op::load:
    case Op::named:
    case Op::begin_of:
    case Op::end_of:
    case Op::own_row:
    case Op::parent_row:
    case Op::source_row:
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::and_not:
    case Op::select:
    case Op::extend:
    case Op::to_f64:
    case Op::add:
    case Op::add_ok:
    case Op::subtract:
    case Op::subtract_ok:
    case Op::multiply:
    case Op::multiply_ok:
    case Op::negate:
    case Op::negate_ok:
    case Op::absolute:
    case Op::fadd:
    case Op::fsubtract:
    case Op::fmultiply:
    case Op::fdivide:
    case Op::fnegate:
    case Op::fabsolute:
    case Op::fround:
    case Op::ffloor:
    case Op::fceil:
    case Op::fpart:
    case Op::is_finite:
    case Op::to_i64:
    case Op::to_i64_ok:
    case Op::days_between:
    case Op::date_plus:
    case Op::date_plus_ok:
    case Op::shift_day:
    case Op::date_months:
    case Op::date_months_ok:
    case Op::time_plus:
    case Op::time_plus_ok:
    case Op::time_months:
    case Op::time_months_ok:
    case Op::date_of:
    case Op::end_of_day:
    case Op::negate_months:
    case Op::negate_months_ok:
    case Op::gather:
    case Op::gather_bits:
    case Op::interleave:
    case Op::interleave_bits:
    case Op::seg_any:
    case Op::seg_at_least:
    case Op::seg_count:
    case Op::seg_sum:
    case Op::seg_sum_ok:
    case Op::seg_mean:
    case Op::seg_mean_cut:
    case Op::seg_fsum:
    case Op::seg_first:
    case Op::all_between:
    case Op::weigh:
    case Op::empty_points: return Way::native;
  }
  return Way::called;
}

std::string_view words_for(Way way) {
  switch (way) {
    case Way::native: return "native";
    case Way::native_or_called: return "native; of texts and versions called";
    case Way::called: return "called";
  }
  return {};
}

bool is_called(const ir::Code& code, const ir::Instruction& instruction) {
  const auto operands = code.operands_of(instruction);
  // Where both the elements and which of them are set are uniform nobody can tell which axis they stand for.
  const bool looks_for =
      instruction.op == Op::member || instruction.op == Op::some_between || instruction.op == Op::all_between;
  if (looks_for && elements_axis(code, instruction) == ir::kRun) return true;
  switch (way_of(instruction.op)) {
    case Way::called: return true;
    case Way::native: return false;
    case Way::native_or_called: break;
  }
  return std::any_of(operands.begin(), operands.end(), [&](ir::ValueId operand) {
    return code[operand].phys == Phys::text || code[operand].phys == Phys::version;
  });
}

bool is_whole(Op op) {
  return op == Op::parent_row || op == Op::source_row || op == Op::interleave || op == Op::interleave_bits ||
         op == Op::first_of_equals;
}

bool is_in_batch(Op op) {
  return op == Op::known || op == Op::absent || op == Op::yes || op == Op::load || op == Op::named;
}

bool is_read_by_row(const ir::Instruction& instruction, std::size_t operand) {
  switch (ir::info(instruction.op).kind) {
    case OpKind::leaf: return false;
    case OpKind::rowwise: return true;
    case OpKind::gather: return operand == 1;
    case OpKind::segment: return false;
    // The last two are elements and which of them are set.
    case OpKind::search: return !is_whole(instruction.op) && operand + 2 < instruction.count;
  }
  return false;
}

}  // namespace muster::groups
