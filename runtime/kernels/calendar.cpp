// SPDX-License-Identifier: Apache-2.0
// The calendar's arithmetic is base's. Days that are none, of rows that nobody sees, are not ok.
#include <algorithm>
#include <limits>
#include <optional>

#include "base/calendar.h"
#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using base::Date;
using base::Duration;
using base::Instant;
using base::Period;
using Days = std::int32_t;
using Months = std::int32_t;
using Microseconds = std::int64_t;

std::optional<Days> days_of(std::optional<Date> date) { return date ? std::optional(date->days) : std::nullopt; }

std::optional<Microseconds> microseconds_of(std::optional<Instant> instant) {
  return instant ? std::optional(instant->microseconds) : std::nullopt;
}

struct DatePlus {
  std::optional<Days> operator()(Days date, Microseconds duration) const {
    return days_of(base::add(Date{date}, Duration{duration}));
  }
};
struct DateMonths {
  std::optional<Days> operator()(Days date, Months months) const {
    if (!base::in_calendar(Date{date})) return std::nullopt;
    return days_of(base::add(Date{date}, Period{months}));
  }
};
struct TimePlus {
  std::optional<Microseconds> operator()(Microseconds time, Microseconds duration) const {
    return microseconds_of(base::add(Instant{time}, Duration{duration}));
  }
};
struct TimeMonths {
  std::optional<Microseconds> operator()(Microseconds time, Months months) const {
    if (!base::in_calendar(Instant{time})) return std::nullopt;
    return microseconds_of(base::add(Instant{time}, Period{months}));
  }
};

template <typename F>
struct OrNought {
  template <typename A, typename B>
  auto operator()(A a, B b) const {
    return F()(a, b).value_or(0);
  }
};
template <typename F>
struct IsThere {
  template <typename A, typename B>
  bool operator()(A a, B b) const {
    return F()(a, b).has_value();
  }
};

// As base::difference; wraps for what are no days.
struct DaysBetween {
  Microseconds operator()(Days later, Days earlier) const {
    const auto days = static_cast<std::uint64_t>(std::int64_t{later} - earlier);
    return static_cast<Microseconds>(days * static_cast<std::uint64_t>(base::kMicrosecondsPerDay));
  }
};
// Wraps, too.
struct ShiftDay {
  Days operator()(Days day, Days days) const {
    return static_cast<Days>(static_cast<std::uint32_t>(day) + static_cast<std::uint32_t>(days));
  }
};
struct EndOfDay {
  Microseconds operator()(Days date) const { return DaysBetween()(date, -1) - 1; }
};
struct DateOf {
  Days operator()(Microseconds time) const { return base::date_of(Instant{time}).days; }
};
struct NegateMonths {
  Months operator()(Months months) const { return static_cast<Months>(-static_cast<std::uint32_t>(months)); }
};
struct NegateMonthsOk {
  bool operator()(Months months) const { return months != std::numeric_limits<Months>::min(); }
};

// Dates plus months that are the same for all of them. Years begin in March here, as in base, so that the leap day is
// the last of its year.
class MonthsLater {
 public:
  explicit MonthsLater(Months months) : months_(months) {
    const std::int64_t first = std::max<std::int64_t>(kFirstMonth, std::int64_t{kFirstMonth} - months);
    const std::int64_t last = std::min<std::int64_t>(kLastMonth, std::int64_t{kLastMonth} - months);
    if (first > last) return;
    first_ = first_day(first);
    last_ = last == kLastMonth ? base::make_date({9999, 12, 31})->days : first_day(last + 1) - 1;
  }

  bool is_ok(Days date) const { return date >= first_ && date <= last_; }

  Days operator()(Days date) const {
    if (!is_ok(date)) return 0;
    const auto days = static_cast<std::uint32_t>(date + kFromEraToEpoch);
    const std::uint32_t era = days / 146'097, day_of_era = days % 146'097;
    const std::uint32_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::uint32_t month = (5 * day_of_year + 2) / 153;
    const std::uint32_t moved = (era * 400 + year_of_era) * 12 + month + static_cast<std::uint32_t>(months_);
    const std::uint32_t new_year = moved / 12, new_month = moved % 12;
    const std::uint32_t begin = days_before_month(new_month);
    const std::uint32_t year_begin = days_before_year(new_year);
    const std::uint32_t end =
        new_month < 11 ? days_before_month(new_month + 1) : days_before_year(new_year + 1) - year_begin;
    const std::uint32_t day = std::min(day_of_year - days_before_month(month), end - begin - 1);
    return static_cast<Days>(year_begin + begin + day) - kFromEraToEpoch;
  }

 private:
  // Counted from January of the year 0.
  static constexpr std::int32_t kFirstMonth = 12, kLastMonth = 119'999;
  static constexpr std::int32_t kFromEraToEpoch = 719'468;

  static Days first_day(std::int64_t month) {
    return base::make_date({static_cast<int>(month / 12), static_cast<int>(month % 12) + 1, 1})->days;
  }
  static std::uint32_t days_before_month(std::uint32_t month) { return (153 * month + 2) / 5; }
  static std::uint32_t days_before_year(std::uint32_t year) { return 365 * year + year / 4 - year / 100 + year / 400; }

  Months months_;
  Days first_ = 1, last_ = 0;
};

// Dates plus a duration that is the same for all of them.
class DurationLater {
 public:
  explicit DurationLater(Microseconds duration) : days_(duration / base::kMicrosecondsPerDay) {
    if (duration % base::kMicrosecondsPerDay != 0) return;
    first_ = base::make_date({1, 1, 1})->days - days_;
    last_ = base::make_date({9999, 12, 31})->days - days_;
  }

  bool is_ok(Days date) const { return date >= first_ && date <= last_; }
  Days operator()(Days date) const { return is_ok(date) ? static_cast<Days>(date + days_) : 0; }

 private:
  std::int64_t days_;
  std::int64_t first_ = 1, last_ = 0;
};

template <typename Later, typename By, typename F>
void later(const Call& call) {
  if (!call.operands[1].uniform) return of_two<Days, Days, By, OrNought<F>>(call);
  const Later made(*column<By>(call.operands[1]));
  with_values<Days>(call.operands[0],
                    [&](auto date) { fill<Days>(call, [&](std::size_t row) { return made(date[row]); }); });
}

template <typename Later, typename By, typename F>
void later_ok(const Call& call) {
  if (!call.operands[1].uniform) return of_two<Bit, Days, By, IsThere<F>>(call);
  const Later made(*column<By>(call.operands[1]));
  with_values<Days>(call.operands[0],
                    [&](auto date) { fill<Bit>(call, [&](std::size_t row) { return made.is_ok(date[row]); }); });
}

}  // namespace

Kernel calendar_kernel(ir::Op op) {
  using ir::Op;
  if (op == Op::days_between) return of_two<Microseconds, Days, Days, DaysBetween>;
  if (op == Op::date_plus) return later<DurationLater, Microseconds, DatePlus>;
  if (op == Op::date_plus_ok) return later_ok<DurationLater, Microseconds, DatePlus>;
  if (op == Op::date_months) return later<MonthsLater, Months, DateMonths>;
  if (op == Op::date_months_ok) return later_ok<MonthsLater, Months, DateMonths>;
  if (op == Op::time_plus) return of_two<Microseconds, Microseconds, Microseconds, OrNought<TimePlus>>;
  if (op == Op::time_plus_ok) return of_two<Bit, Microseconds, Microseconds, IsThere<TimePlus>>;
  if (op == Op::time_months) return of_two<Microseconds, Microseconds, Months, OrNought<TimeMonths>>;
  if (op == Op::time_months_ok) return of_two<Bit, Microseconds, Months, IsThere<TimeMonths>>;
  if (op == Op::shift_day) return of_two<Days, Days, Days, ShiftDay>;
  if (op == Op::end_of_day) return of_one<Microseconds, Days, EndOfDay>;
  if (op == Op::date_of) return of_one<Days, Microseconds, DateOf>;
  if (op == Op::negate_months) return of_one<Months, Months, NegateMonths>;
  if (op == Op::negate_months_ok) return of_one<Bit, Months, NegateMonthsOk>;
  return nullptr;
}

}  // namespace muster::kernels
