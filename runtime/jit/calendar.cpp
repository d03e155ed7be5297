// SPDX-License-Identifier: Apache-2.0
// The calendar in vectors. Days become civil days and back by the Euclidean affine functions of Neri and Schneider
// ("Euclidean affine functions and their application to calendar algorithms", 2022): years begin in March, and all
// numbers are counted from 0000-03-01, so that none is negative.
#include "base/calendar.h"

#include "runtime/jit/rowwise.h"

namespace muster::jit {

using ir::Op;
using ir::Phys;

namespace {

constexpr std::int64_t kDay = base::kMicrosecondsPerDay;
// A day of microseconds is this times 2^13.
constexpr unsigned kShift = 13;
constexpr std::int64_t kOdd = kDay >> kShift;
static_assert(kOdd << kShift == kDay);
constexpr std::int32_t kFirstDay = -719'162;    // 0001-01-01
constexpr std::int32_t kLastDay = 2'932'896;    // 9999-12-31
constexpr std::uint32_t kBefore1970 = 719'468;  // days since 0000-03-01
constexpr std::uint32_t kFirstMonth = 12, kEndOfMonths = 120'000;

class Calendar {
 public:
  Calendar(Build& build, std::span<Value* const> operands)
      : b_(build),
        first_(operands[0]),
        second_(operands.size() > 1 ? operands[1] : nullptr),
        lanes_(llvm::cast<llvm::FixedVectorType>(first_->getType())->getNumElements()) {}

  Value* of(Op op) {
    switch (op) {
      case Op::days_between: return times_day(b_.CreateSub(wide(first_), wide(second_)));
      case Op::date_plus: return or_nought(date_plus());
      case Op::date_plus_ok: return date_plus().ok;
      case Op::shift_day: return b_.CreateAdd(first_, second_);
      case Op::date_months: return or_nought(date_months(first_));
      case Op::date_months_ok: return date_months(first_).ok;
      case Op::time_plus: return or_nought(time_plus());
      case Op::time_plus_ok: return time_plus().ok;
      case Op::time_months: return or_nought(time_months());
      case Op::time_months_ok: return time_months().ok;
      case Op::date_of: return day_of(first_);
      case Op::end_of_day: return b_.CreateSub(times_day(b_.CreateAdd(wide(first_), i64(1))), i64(1));
      case Op::negate_months: return b_.CreateNeg(first_);
      case Op::negate_months_ok: return b_.CreateICmpNE(first_, i32(0x8000'0000u));
      default: return nullptr;
    }
  }

 private:
  struct Checked {
    Value* ok = nullptr;
    Value* value = nullptr;
  };

  Value* i32(std::uint32_t value) { return llvm::ConstantInt::get(b_.lanes_of(Phys::i32, lanes_), value); }
  Value* i64(std::int64_t value) { return llvm::ConstantInt::getSigned(b_.lanes_of(Phys::i64, lanes_), value); }
  Value* wide(Value* value) { return b_.CreateSExt(value, b_.lanes_of(Phys::i64, lanes_)); }
  Value* narrow(Value* value) { return b_.CreateTrunc(value, b_.lanes_of(Phys::i32, lanes_)); }
  Value* times_day(Value* days) { return b_.CreateMul(days, i64(kDay)); }
  Value* times(Value* value, std::uint32_t factor) { return b_.CreateMul(value, i32(factor)); }
  Value* plus(Value* value, std::uint32_t more) { return b_.CreateAdd(value, i32(more)); }
  Value* over(Value* value, std::uint32_t divisor) { return b_.CreateUDiv(value, i32(divisor)); }

  Value* or_nought(Checked checked) {
    return b_.CreateSelect(checked.ok, checked.value, llvm::Constant::getNullValue(checked.value->getType()));
  }

  // Rounded down. What is left after the shift has 51 bits, which a double holds, and a quotient below a whole number
  // is further from it than a double's precision there.
  Value* day_of(Value* microseconds) {
    llvm::Type* doubles = b_.lanes_of(Phys::f64, lanes_);
    Value* shifted = b_.CreateSIToFP(b_.CreateAShr(microseconds, kShift), doubles);
    Value* days = b_.CreateFDiv(shifted, llvm::ConstantFP::get(doubles, static_cast<double>(kOdd)));
    return b_.CreateFPToSI(b_.CreateUnaryIntrinsic(llvm::Intrinsic::floor, days), b_.lanes_of(Phys::i32, lanes_));
  }

  Value* is_day(Value* day) {
    return b_.CreateICmpULE(b_.CreateSub(day, i32(static_cast<std::uint32_t>(kFirstDay))),
                            i32(static_cast<std::uint32_t>(kLastDay - kFirstDay)));
  }
  Value* is_instant(Value* time) {
    return b_.CreateICmpULT(b_.CreateSub(time, i64(kFirstDay * kDay)), i64((kLastDay - kFirstDay + 1) * kDay));
  }

  Checked date_plus() {
    Value* days = wide(day_of(second_));
    Value* is_whole = b_.CreateICmpEQ(times_day(days), second_);
    Value* day = b_.CreateAdd(wide(first_), days);
    Value* is_in = b_.CreateICmpULE(b_.CreateSub(day, i64(kFirstDay)), i64(kLastDay - kFirstDay));
    return {b_.CreateAnd(is_whole, is_in), narrow(day)};
  }

  Checked time_plus() {
    Value* sum = b_.CreateAdd(first_, second_);
    Value* wraps = b_.CreateICmpSLT(b_.CreateAnd(b_.CreateXor(first_, sum), b_.CreateXor(second_, sum)), i64(0));
    return {b_.CreateAnd(b_.CreateNot(wraps), is_instant(sum)), sum};
  }

  Checked time_months() {
    Value* is_in = is_instant(first_);
    Value* time = b_.CreateSelect(is_in, first_, i64(0));
    Value* day = day_of(time);
    const Checked moved = date_months(day);
    Value* of_day = b_.CreateSub(time, times_day(wide(day)));
    return {b_.CreateAnd(is_in, moved.ok), b_.CreateAdd(times_day(wide(moved.value)), of_day)};
  }

  struct Civil {
    Value* months = nullptr;  // since 0000-01
    Value* day = nullptr;     // 1 to 31
  };

  Civil civil(Value* date) {
    Value* n = plus(times(plus(date, kBefore1970), 4), 3);
    Value* century = over(n, 146'097);
    Value* of_century = b_.CreateOr(b_.CreateSub(n, times(century, 146'097)), i32(3));
    llvm::Type* wider = b_.lanes_of(Phys::i64, lanes_);
    Value* product = b_.CreateMul(b_.CreateZExt(of_century, wider), i64(2'939'745));
    Value* year = b_.CreateAdd(times(century, 100), narrow(b_.CreateLShr(product, 32)));
    Value* day_of_year = b_.CreateLShr(over(narrow(product), 2'939'745), 2);
    Value* m = plus(times(day_of_year, 2'141), 197'913);
    // Months 3 to 14. January and February are the next year's, and so are twelve months more.
    Value* month = b_.CreateLShr(m, 16);
    return {b_.CreateAdd(times(year, 12), b_.CreateSub(month, i32(1))), plus(over(b_.CreateAnd(m, 0xffff), 2'141), 1)};
  }

  Value* length_of(Value* year, Value* month) {
    Value* mask = b_.CreateSelect(b_.CreateICmpEQ(b_.CreateURem(year, i32(25)), i32(0)), i32(15), i32(3));
    Value* is_leap = b_.CreateICmpEQ(b_.CreateAnd(year, mask), i32(0));
    Value* february = b_.CreateSelect(is_leap, i32(29), i32(28));
    Value* other = b_.CreateOr(b_.CreateXor(month, b_.CreateLShr(month, 3)), i32(30));
    return b_.CreateSelect(b_.CreateICmpEQ(month, i32(2)), february, other);
  }

  Value* date_of(Value* year, Value* month, Value* day) {
    Value* is_early = b_.CreateICmpULE(month, i32(2));
    year = b_.CreateSub(year, b_.CreateZExt(is_early, year->getType()));
    month = b_.CreateSelect(is_early, plus(month, 12), month);
    Value* century = over(year, 100);
    Value* days = b_.CreateSub(b_.CreateLShr(times(year, 1'461), 2), century);
    days = b_.CreateAdd(days, b_.CreateLShr(century, 2));
    days = b_.CreateAdd(days, b_.CreateLShr(b_.CreateSub(times(month, 979), i32(2'919)), 5));
    return b_.CreateSub(b_.CreateAdd(days, day), i32(kBefore1970 + 1));
  }

  Checked date_months(Value* date) {
    Value* is_in = is_day(date);
    const Civil was = civil(b_.CreateSelect(is_in, date, i32(0)));
    // Periods are of 32 bits, and so is the sum: what wraps is far outside.
    Value* moved = b_.CreateAdd(was.months, second_);
    Value* is_moved = b_.CreateICmpULT(b_.CreateSub(moved, i32(kFirstMonth)), i32(kEndOfMonths - kFirstMonth));
    Value* ok = b_.CreateAnd(is_in, is_moved);
    Value* months = b_.CreateSelect(ok, moved, i32(kFirstMonth));
    Value* year = over(months, 12);
    Value* month = plus(b_.CreateSub(months, times(year, 12)), 1);
    return {ok, date_of(year, month, b_.least(was.day, length_of(year, month)))};
  }

  Build& b_;
  Value* first_;
  Value* second_;
  unsigned lanes_;
};

}  // namespace

Value* calendar(Build& build, Op op, std::span<Value* const> operands) { return Calendar(build, operands).of(op); }

}  // namespace muster::jit
