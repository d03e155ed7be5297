// SPDX-License-Identifier: Apache-2.0
// Days, instants, durations and periods in the proleptic Gregorian calendar, years 0001 to 9999, UTC.
// The algorithms are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
// Everything that would leave the calendar gives no value; nothing wraps.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muster::base {

struct Date {
  std::int32_t days = 0;  // since 1970-01-01
  friend auto operator<=>(Date, Date) = default;
};

struct Instant {
  std::int64_t microseconds = 0;  // since 1970-01-01T00:00:00Z
  friend auto operator<=>(Instant, Instant) = default;
};

struct Duration {
  std::int64_t microseconds = 0;  // exact, signed
  friend auto operator<=>(Duration, Duration) = default;
};

struct Period {
  std::int32_t months = 0;  // signed
  friend auto operator<=>(Period, Period) = default;
};

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;
constexpr std::int64_t kMicrosecondsPerDay = 86'400 * kMicrosecondsPerSecond;

struct CivilDay {
  int year = 1970;  // 1 to 9999
  int month = 1;    // 1 to 12
  int day = 1;      // 1 to 31
};

std::optional<Date> make_date(CivilDay civil);  // nothing for an impossible day
CivilDay civil(Date date);
bool in_calendar(Date date);
bool in_calendar(Instant instant);

Date date_of(Instant instant);  // its day in UTC
Instant start_of(Date date);    // 00:00:00Z
Instant end_of(Date date);      // its last microsecond, 23:59:59.999999Z

std::optional<Date> add(Date date, Period period);  // the day is clamped to the month's end
std::optional<Instant> add(Instant instant, Period period);
std::optional<Date> add(Date date, Duration whole_days);  // nothing if it is no whole number of days
std::optional<Instant> add(Instant instant, Duration duration);
std::optional<Duration> add(Duration left, Duration right);  // nothing on overflow
std::optional<Duration> negate(Duration duration);
std::optional<Period> negate(Period period);
std::optional<Duration> multiply(Duration duration, std::int64_t factor);
Duration difference(Date later, Date earlier);
Duration difference(Instant later, Instant earlier);

// RFC 3339 and its near relatives, as evidence and literals spell them. The whole text must fit.
std::optional<Date> parse_date(std::string_view text);  // 2026-11-23
struct ParsedInstant {
  Instant instant;
  Date local_date;  // the day in the offset that was written
};
// 2026-11-23T10:00:00Z: `T`, `t` or a space, seconds optional, a fraction of up to any length (cut after
// microseconds), `Z`, `z` or an offset; without offset UTC; a bare date is 00:00Z. No leap seconds.
std::optional<ParsedInstant> parse_instant(std::string_view text);
std::optional<Duration> parse_duration(std::string_view text);  // `4 hours`, `PT4H`, `P3D`, `P1W`; not `P1M`
std::optional<Period> parse_period(std::string_view text);      // `6 months`, `1 year`, `P1Y6M`; no days

std::string to_text(Date date);          // 2026-11-23
std::string to_text(Instant instant);    // 2026-11-23T10:00:00Z, with a fraction only where there is one
std::string to_text(Duration duration);  // the largest of days, hours, minutes, seconds that divides it: `4 hours`
std::string to_text(Period period);      // `6 months`, in years where whole: `1 year`

}  // namespace muster::base
