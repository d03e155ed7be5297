// SPDX-License-Identifier: Apache-2.0
#include "base/calendar.h"

#include <limits>

#include <gtest/gtest.h>

namespace muster::base {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

Date date(std::string_view text) { return parse_date(text).value(); }
Instant instant(std::string_view text) { return parse_instant(text).value().instant; }
Duration duration(std::string_view text) { return parse_duration(text).value(); }

std::string shown(std::optional<Date> value) { return value ? to_text(*value) : "nothing"; }
std::string shown(std::optional<Instant> value) { return value ? to_text(*value) : "nothing"; }

TEST(Calendar, KnowsTheEpochAndItsEnds) {
  EXPECT_EQ(make_date({1970, 1, 1}), Date{0});
  EXPECT_EQ(make_date({2000, 3, 1}), Date{11017});
  EXPECT_EQ(make_date({1, 1, 1}), Date{-719162});
  EXPECT_EQ(make_date({9999, 12, 31}), Date{2932896});
  EXPECT_FALSE(make_date({0, 12, 31}));
  EXPECT_FALSE(make_date({10000, 1, 1}));
  EXPECT_TRUE(in_calendar(Date{-719162}));
  EXPECT_FALSE(in_calendar(Date{-719163}));
  EXPECT_TRUE(in_calendar(Date{2932896}));
  EXPECT_FALSE(in_calendar(Date{2932897}));
  EXPECT_TRUE(in_calendar(instant("0001-01-01T00:00:00Z")));
  EXPECT_FALSE(in_calendar(Instant{instant("0001-01-01T00:00:00Z").microseconds - 1}));
  EXPECT_FALSE(in_calendar(Instant{instant("9999-12-31T23:59:59.999999Z").microseconds + 1}));
}

TEST(Calendar, EveryDayFollowsTheOneBefore) {
  std::int32_t expected = -719162;
  for (int year = 1; year <= 9999; ++year) {
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= lengths[month - 1]; ++day) {
        std::optional<Date> made = make_date({year, month, day});
        ASSERT_TRUE(made);
        ASSERT_EQ(made->days, expected++);
        CivilDay back = civil(*made);
        ASSERT_TRUE(back.year == year && back.month == month && back.day == day);
      }
      ASSERT_FALSE(make_date({year, month, lengths[month - 1] + 1}));
    }
  }
}

TEST(Calendar, RefusesImpossibleDays) {
  for (CivilDay day : {CivilDay{2026, 2, 29},
                       {1900, 2, 29},
                       {2100, 2, 29},
                       {2026, 4, 31},
                       {2026, 0, 1},
                       {2026, 13, 1},
                       {2026, 1, 0},
                       {2026, 1, 32},
                       {2026, -1, 1}}) {
    EXPECT_FALSE(make_date(day)) << day.year << '-' << day.month << '-' << day.day;
  }
  EXPECT_TRUE(make_date({2000, 2, 29}));
  EXPECT_TRUE(make_date({2024, 2, 29}));
}

TEST(Calendar, DayOfAnInstantRoundsDownBefore1970) {
  EXPECT_EQ(to_text(date_of(Instant{-1})), "1969-12-31");
  EXPECT_EQ(to_text(date_of(Instant{0})), "1970-01-01");
  EXPECT_EQ(to_text(start_of(date("1969-12-31"))), "1969-12-31T00:00:00Z");
  EXPECT_EQ(to_text(end_of(date("2026-11-23"))), "2026-11-23T23:59:59.999999Z");
  EXPECT_EQ(to_text(end_of(date("9999-12-31"))), "9999-12-31T23:59:59.999999Z");
}

TEST(Calendar, PeriodsClampToTheMonthsEnd) {
  struct {
    const char* from;
    int months;
    const char* to;
  } cases[] = {
      {"2026-08-31", 6, "2027-02-28"},
      {"2023-08-31", 6, "2024-02-29"},
      {"2024-02-29", 12, "2025-02-28"},
      {"2024-02-29", 48, "2028-02-29"},
      {"2026-12-31", -10, "2026-02-28"},
      {"2026-01-31", 1, "2026-02-28"},
      {"2026-03-31", -1, "2026-02-28"},
      {"2026-11-23", 0, "2026-11-23"},
      {"2026-12-15", 1, "2027-01-15"},
      {"2026-01-15", -1, "2025-12-15"},
      {"0001-01-31", 1, "0001-02-28"},
      {"9999-11-30", 1, "9999-12-30"},
      {"9999-12-01", 1, "nothing"},
      {"0001-01-31", -1, "nothing"},
      {"0001-02-28", -1, "0001-01-28"},
      {"2026-01-01", std::numeric_limits<int>::max(), "nothing"},
      {"2026-01-01", std::numeric_limits<int>::min(), "nothing"},
  };
  for (const auto& each : cases)
    EXPECT_EQ(shown(add(date(each.from), Period{each.months})), each.to) << each.from << " + " << each.months;
  EXPECT_EQ(shown(add(instant("2026-08-31T10:00:00.5Z"), Period{6})), "2027-02-28T10:00:00.5Z");
  EXPECT_EQ(shown(add(instant("1969-08-31T23:59:59.999999Z"), Period{-6})), "1969-02-28T23:59:59.999999Z");
  EXPECT_EQ(shown(add(instant("9999-12-01T00:00:00Z"), Period{1})), "nothing");
}

TEST(Calendar, DatesTakeWholeDaysOnly) {
  EXPECT_EQ(shown(add(date("2026-02-28"), duration("1 day"))), "2026-03-01");
  EXPECT_EQ(shown(add(date("2026-03-01"), duration("-24 hours"))), "2026-02-28");
  EXPECT_EQ(shown(add(date("2026-02-28"), duration("23 hours"))), "nothing");
  EXPECT_EQ(shown(add(date("9999-12-31"), duration("1 day"))), "nothing");
  EXPECT_EQ(shown(add(date("0001-01-01"), duration("-1 day"))), "nothing");
  EXPECT_EQ(shown(add(date("2026-01-01"), Duration{kMost / kMicrosecondsPerDay * kMicrosecondsPerDay})), "nothing");
}

TEST(Calendar, InstantsTakeAnyDurationInsideTheCalendar) {
  EXPECT_EQ(shown(add(instant("2026-11-23T23:00:00Z"), duration("90 minutes"))), "2026-11-24T00:30:00Z");
  EXPECT_EQ(shown(add(instant("9999-12-31T23:59:59.999999Z"), Duration{1})), "nothing");
  EXPECT_EQ(shown(add(instant("0001-01-01T00:00:00Z"), Duration{-1})), "nothing");
  EXPECT_EQ(shown(add(instant("2026-11-23T23:00:00Z"), Duration{kMost})), "nothing");
  EXPECT_EQ(shown(add(instant("2026-11-23T23:00:00Z"), Duration{kLeast})), "nothing");
}

TEST(Calendar, DurationsNeverWrap) {
  EXPECT_EQ(add(Duration{kMost}, Duration{0}), Duration{kMost});
  EXPECT_FALSE(add(Duration{kMost}, Duration{1}));
  EXPECT_FALSE(add(Duration{kLeast}, Duration{-1}));
  EXPECT_FALSE(negate(Duration{kLeast}));
  EXPECT_EQ(negate(Duration{kMost}), Duration{-kMost});
  EXPECT_FALSE(negate(Period{std::numeric_limits<std::int32_t>::min()}));
  EXPECT_EQ(negate(Period{6}), Period{-6});
  EXPECT_FALSE(multiply(Duration{kMost}, 2));
  EXPECT_FALSE(multiply(Duration{kLeast}, -1));
  EXPECT_EQ(multiply(duration("90 minutes"), -2), duration("-3 hours"));
  EXPECT_EQ(difference(date("2026-03-01"), date("2024-02-28")), duration("732 days"));
  EXPECT_EQ(difference(date("0001-01-01"), date("9999-12-31")), duration("-3652058 days"));
  EXPECT_EQ(difference(instant("2026-01-01T00:00:00Z"), instant("2025-12-31T23:59:59.5Z")), Duration{500'000});
}

TEST(CalendarText, ReadsDatesOfExactlyThatShape) {
  EXPECT_EQ(date("2026-11-23"), make_date({2026, 11, 23}));
  for (std::string_view wrong :
       {"", "2026-11-2", "2026-1-23", "26-11-23", "2026/11/23", "2026-11-23 ", " 2026-11-23", "2026-02-30",
        "0000-01-01", "2026-11-231", "02026-11-23", "2026-11-23T", "-026-11-23", "2026-1１-23", "20261123"}) {
    EXPECT_FALSE(parse_date(wrong)) << wrong;
  }
}

TEST(CalendarText, ReadsInstantsAndTheirLocalDay) {
  struct {
    const char* text;
    const char* instant;
    const char* local;
  } cases[] = {
      {"2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", "2026-11-23"},
      {"2026-11-23t10:00:00z", "2026-11-23T10:00:00Z", "2026-11-23"},
      {"2026-11-23 10:00", "2026-11-23T10:00:00Z", "2026-11-23"},
      {"2026-11-23", "2026-11-23T00:00:00Z", "2026-11-23"},
      {"2026-11-23T10:00+02:30", "2026-11-23T07:30:00Z", "2026-11-23"},
      {"2026-11-23T01:00:00+14:00", "2026-11-22T11:00:00Z", "2026-11-23"},
      {"2026-11-23T23:30:00-01:00", "2026-11-24T00:30:00Z", "2026-11-23"},
      {"2026-11-23T10:00:00-00:00", "2026-11-23T10:00:00Z", "2026-11-23"},
      {"2026-11-23T10:00:00.5", "2026-11-23T10:00:00.5Z", "2026-11-23"},
      {"2026-11-23T10:00:00.1234569999999999999999Z", "2026-11-23T10:00:00.123456Z", "2026-11-23"},
      {"2026-11-23T10:00:00.000000Z", "2026-11-23T10:00:00Z", "2026-11-23"},
      {"1969-12-31T23:59:59.9999999Z", "1969-12-31T23:59:59.999999Z", "1969-12-31"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01"},
      {"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z", "9999-12-31"},
  };
  for (const auto& each : cases) {
    std::optional<ParsedInstant> parsed = parse_instant(each.text);
    ASSERT_TRUE(parsed) << each.text;
    EXPECT_EQ(to_text(parsed->instant), each.instant) << each.text;
    EXPECT_EQ(to_text(parsed->local_date), each.local) << each.text;
  }
}

TEST(CalendarText, RefusesOtherInstants) {
  for (std::string_view wrong : {"2026-11-23T",
                                 "2026-11-23T10",
                                 "2026-11-23T10:0",
                                 "2026-11-23T24:00:00Z",
                                 "2026-11-23T10:60:00Z",
                                 "2026-11-23T10:00:60Z",
                                 "2026-11-23T10:00:00.Z",
                                 "2026-11-23T10:00:00,5Z",
                                 "2026-11-23T10:00:00 Z",
                                 "2026-11-23T10:00:00+2:00",
                                 "2026-11-23T10:00:00+0200",
                                 "2026-11-23T10:00:00+24:00",
                                 "2026-11-23T10:00:00+02:60",
                                 "2026-11-23T10:00:00Zz",
                                 "2026-11-23Z",
                                 "2026-02-30T10:00:00Z",
                                 "2026-11-23  10:00",
                                 "2026-11-23T10:00.5Z",
                                 "10:00:00",
                                 "0001-01-01T00:00:00+00:01",
                                 "9999-12-31T23:59:59-00:01"}) {
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
  }
}

TEST(CalendarText, ReadsDurations) {
  struct {
    const char* text;
    std::int64_t microseconds;
  } cases[] = {
      {"4 hours", 14'400'000'000},
      {"1 hour", 3'600'000'000},
      {"1 hours", 3'600'000'000},
      {"4 hour", 14'400'000'000},
      {"90  days", 90 * kMicrosecondsPerDay},
      {"2 weeks", 14 * kMicrosecondsPerDay},
      {"15 minutes", 900'000'000},
      {"30 seconds", 30'000'000},
      {"0 days", 0},
      {"-3 days", -3 * kMicrosecondsPerDay},
      {"1.5 hours", 5'400'000'000},
      {"0.000001 seconds", 1},
      {"PT4H", 14'400'000'000},
      {"P3D", 3 * kMicrosecondsPerDay},
      {"P1W", 7 * kMicrosecondsPerDay},
      {"P1DT12H", 36 * 3'600'000'000LL},
      {"PT1H30M15S", 5'415'000'000},
      {"PT1M", 60'000'000},
      {"PT0.5S", 500'000},
      {"PT0.1234567S", 123'456},
      {"PT1.5H", 5'400'000'000},
      {"-P1D", -kMicrosecondsPerDay},
      {"PT0S", 0},
      {"P1W2D", 9 * kMicrosecondsPerDay},
      {"106751991 days", 106'751'991 * kMicrosecondsPerDay},
  };
  for (const auto& each : cases) {
    std::optional<Duration> parsed = parse_duration(each.text);
    ASSERT_TRUE(parsed) << each.text;
    EXPECT_EQ(parsed->microseconds, each.microseconds) << each.text;
  }
}

TEST(CalendarText, RefusesOtherDurations) {
  for (std::string_view wrong : {"",
                                 "4",
                                 "hours",
                                 "4hours",
                                 "4 Hours",
                                 "4 h",
                                 "4 hourss",
                                 " 4 hours",
                                 "4 hours ",
                                 "4 months",
                                 "1 year",
                                 "P",
                                 "PT",
                                 "P1M",
                                 "P1Y",
                                 "P1DT",
                                 "PT1D",
                                 "P1H",
                                 "PT1S1M",
                                 "PT1H1H",
                                 "PT.5S",
                                 "PT1.S",
                                 "PT1.5H3M",
                                 "P1.5DT1H",
                                 "pt4h",
                                 "PT4H ",
                                 "1,5 hours",
                                 "--1 day",
                                 "+1 day",
                                 "106751992 days",
                                 "99999999999999999999999999999999999999999999999999 days",
                                 "P99999999999999999999999999999999D",
                                 "1e3 days",
                                 "P-1D"}) {
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
  }
}

TEST(CalendarText, ReadsPeriods) {
  struct {
    const char* text;
    int months;
  } cases[] = {
      {"6 months", 6},   {"1 month", 1},  {"1 year", 12}, {"2 years", 24},
      {"P1Y6M", 18},     {"P6M", 6},      {"P1Y", 12},    {"18 months", 18},
      {"-6 months", -6}, {"0 months", 0}, {"P0M", 0},     {"2147483647 months", 2147483647},
  };
  for (const auto& each : cases) {
    std::optional<Period> parsed = parse_period(each.text);
    ASSERT_TRUE(parsed) << each.text;
    EXPECT_EQ(parsed->months, each.months) << each.text;
  }
  for (std::string_view wrong : {"", "6", "6 days", "90 days", "P3D", "P1Y3D", "P6M1Y", "P", "PT6M", "1.5 years",
                                 "P1.5Y", "1 year 6 months", "2147483648 months", "178956971 years", "6  Months"}) {
    EXPECT_FALSE(parse_period(wrong)) << wrong;
  }
}

TEST(CalendarText, DurationsPrintInTheLargestUnitThatDividesThem) {
  struct {
    std::int64_t microseconds;
    const char* text;
  } cases[] = {
      {0, "0 days"},
      {kMicrosecondsPerDay, "1 day"},
      {14 * kMicrosecondsPerDay, "14 days"},
      {3'600'000'000, "1 hour"},
      {36 * 3'600'000'000LL, "36 hours"},
      {5'400'000'000, "90 minutes"},
      {60'000'000, "1 minute"},
      {61'000'000, "61 seconds"},
      {1'000'000, "1 second"},
      {1'500'000, "1.5 seconds"},
      {1, "0.000001 seconds"},
      {-kMicrosecondsPerDay, "-1 day"},
      {-1'500'000, "-1.5 seconds"},
      {kLeast, "-9223372036854.775808 seconds"},
      {kMost, "9223372036854.775807 seconds"},
  };
  for (const auto& each : cases) EXPECT_EQ(to_text(Duration{each.microseconds}), each.text);
  EXPECT_EQ(to_text(Period{6}), "6 months");
  EXPECT_EQ(to_text(Period{1}), "1 month");
  EXPECT_EQ(to_text(Period{12}), "1 year");
  EXPECT_EQ(to_text(Period{18}), "18 months");
  EXPECT_EQ(to_text(Period{-24}), "-2 years");
  EXPECT_EQ(to_text(Period{0}), "0 months");
  EXPECT_EQ(to_text(Period{std::numeric_limits<std::int32_t>::min()}), "-2147483648 months");
}

TEST(CalendarText, WhatIsPrintedReadsBack) {
  for (std::int64_t value : {std::int64_t{1}, std::int64_t{-1}, std::int64_t{999'999}, kMicrosecondsPerDay,
                             kMicrosecondsPerDay + 1, 7 * kMicrosecondsPerDay, kMost, -kMost}) {
    EXPECT_EQ(parse_duration(to_text(Duration{value})), Duration{value}) << value;
  }
  for (std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1}, std::int64_t{1'764'000'000'123'450}}) {
    EXPECT_EQ(instant(to_text(Instant{value})), Instant{value});
  }
}

}  // namespace
}  // namespace muster::base
