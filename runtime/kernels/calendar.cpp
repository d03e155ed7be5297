// SPDX-License-Identifier: Apache-2.0
// The calendar's arithmetic is base's. Days that are none, of rows that nobody sees, are not ok.
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

}  // namespace

Kernel calendar_kernel(ir::Op op) {
  using ir::Op;
  if (op == Op::days_between) return of_two<Microseconds, Days, Days, DaysBetween>;
  if (op == Op::date_plus) return of_two<Days, Days, Microseconds, OrNought<DatePlus>>;
  if (op == Op::date_plus_ok) return of_two<Bit, Days, Microseconds, IsThere<DatePlus>>;
  if (op == Op::date_months) return of_two<Days, Days, Months, OrNought<DateMonths>>;
  if (op == Op::date_months_ok) return of_two<Bit, Days, Months, IsThere<DateMonths>>;
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
