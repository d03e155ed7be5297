// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.h"

#include <algorithm>
#include <limits>

namespace muster::base {

namespace {

using Wide = __int128;

constexpr std::int32_t kFirstDay = -719'162;  // 0001-01-01
constexpr std::int32_t kLastDay = 2'932'896;  // 9999-12-31
constexpr int kMonths = 12;

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// Rounds down, for days before 1970 too.
std::int64_t day_number(Instant instant) {
  std::int64_t days = instant.microseconds / kMicrosecondsPerDay;
  return instant.microseconds % kMicrosecondsPerDay < 0 ? days - 1 : days;
}

std::optional<Duration> narrow(Wide microseconds) {
  if (microseconds < std::numeric_limits<std::int64_t>::min() ||
      microseconds > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return Duration{static_cast<std::int64_t>(microseconds)};
}

}  // namespace

std::optional<Date> make_date(CivilDay day) {
  if (day.year < 1 || day.year > 9999 || day.month < 1 || day.month > kMonths) return std::nullopt;
  if (day.day < 1 || day.day > days_in_month(day.year, day.month)) return std::nullopt;
  // Years begin in March, so that the leap day is the last of its year; eras are 400 years of 146,097 days.
  int year = day.month <= 2 ? day.year - 1 : day.year;
  int era = year / 400;
  int year_of_era = year % 400;
  int day_of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * 146'097 + day_of_era - 719'468};
}

CivilDay civil(Date date) {
  int shifted = date.days + 719'468;
  int era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
  int day_of_era = shifted - era * 146'097;
  int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted_month = (5 * day_of_year + 2) / 153;
  CivilDay day;
  day.day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  day.month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  day.year = year_of_era + era * 400 + (day.month <= 2 ? 1 : 0);
  return day;
}

bool in_calendar(Date date) { return date.days >= kFirstDay && date.days <= kLastDay; }

bool in_calendar(Instant instant) {
  std::int64_t day = day_number(instant);
  return day >= kFirstDay && day <= kLastDay;
}

Date date_of(Instant instant) { return {static_cast<std::int32_t>(day_number(instant))}; }

Instant start_of(Date date) { return {date.days * kMicrosecondsPerDay}; }

Instant end_of(Date date) { return {(date.days + std::int64_t{1}) * kMicrosecondsPerDay - 1}; }

std::optional<Date> add(Date date, Period period) {
  CivilDay day = civil(date);
  std::int64_t months = std::int64_t{day.year} * kMonths + (day.month - 1) + period.months;
  if (months < kMonths || months >= std::int64_t{10'000} * kMonths) return std::nullopt;
  day.year = static_cast<int>(months / kMonths);
  day.month = static_cast<int>(months % kMonths) + 1;
  day.day = std::min(day.day, days_in_month(day.year, day.month));
  return make_date(day);
}

std::optional<Instant> add(Instant instant, Period period) {
  Date date = date_of(instant);
  std::optional<Date> moved = add(date, period);
  if (!moved) return std::nullopt;
  return Instant{start_of(*moved).microseconds + (instant.microseconds - start_of(date).microseconds)};
}

std::optional<Date> add(Date date, Duration whole_days) {
  if (whole_days.microseconds % kMicrosecondsPerDay != 0) return std::nullopt;
  std::int64_t day = date.days + whole_days.microseconds / kMicrosecondsPerDay;
  if (day < kFirstDay || day > kLastDay) return std::nullopt;
  return Date{static_cast<std::int32_t>(day)};
}

std::optional<Instant> add(Instant instant, Duration duration) {
  std::optional<Duration> sum = narrow(Wide{instant.microseconds} + duration.microseconds);
  if (!sum || !in_calendar(Instant{sum->microseconds})) return std::nullopt;
  return Instant{sum->microseconds};
}

std::optional<Duration> add(Duration left, Duration right) {
  return narrow(Wide{left.microseconds} + right.microseconds);
}

std::optional<Duration> negate(Duration duration) { return narrow(-Wide{duration.microseconds}); }

std::optional<Period> negate(Period period) {
  if (period.months == std::numeric_limits<std::int32_t>::min()) return std::nullopt;
  return Period{-period.months};
}

std::optional<Duration> multiply(Duration duration, std::int64_t factor) {
  return narrow(Wide{duration.microseconds} * factor);
}

// Two days or instants of the calendar are less than 2^59 microseconds apart.
Duration difference(Date later, Date earlier) {
  return {(std::int64_t{later.days} - earlier.days) * kMicrosecondsPerDay};
}

Duration difference(Instant later, Instant earlier) { return {later.microseconds - earlier.microseconds}; }

}  // namespace muster::base
