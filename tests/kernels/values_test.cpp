// SPDX-License-Identifier: Apache-2.0
// Kernels of the calendar and of doubles at the ends of what there is, against base and the standard library.
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "base/calendar.h"
#include "runtime/kernels/kernels.h"

namespace muster::kernels {
namespace {

using ir::Op;
using ir::Phys;

template <typename T>
columns::Buffer laid(const std::vector<T>& values) {
  columns::Buffer buffer;
  buffer.grow((values.size() + 512) * sizeof(T));
  std::memcpy(buffer.data(), values.data(), values.size() * sizeof(T));
  return buffer;
}

// One b stands for all rows.
template <typename R, typename A, typename B>
std::vector<R> made(Op op, Phys data, const std::vector<A>& a, const std::vector<B>& b) {
  const columns::Buffer left = laid(a);
  const columns::Buffer right = laid(b);
  const Operand operands[] = {{left.data(), false}, {right.data(), b.size() == 1}};
  std::vector<R> result(a.size() + 64);
  columns::Buffer bits;
  bits.grow(columns::words_of(a.size()) * 8);
  const bool is_bits = ir::info(op).result == 'b';
  kernel(op, data, best_level())({a.size(), is_bits ? bits.data() : reinterpret_cast<std::byte*>(result.data()),
                                  std::span(operands).first(std::strlen(ir::info(op).operands)), nullptr, 0, nullptr});
  for (std::size_t row = 0; is_bits && row < a.size(); ++row)
    result[row] = static_cast<R>(bit(bits.as<std::uint64_t>(), row) ? 1 : 0);
  result.resize(a.size());
  return result;
}

class Calendar : public testing::Test {
 protected:
  Calendar() {
    std::mt19937_64 random(3);
    for (std::size_t i = 0; i < 20'000; ++i) {
      const auto of = [&](auto ends, std::int64_t low, std::int64_t high) {
        if (random() % 3 == 0) return ends[random() % ends.size()];
        return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
      };
      using Ends = std::vector<std::int64_t>;
      const std::int64_t day = base::kMicrosecondsPerDay;
      dates.push_back(static_cast<std::int32_t>(of(Ends{-719'162, 2'932'896, 0, -1, 11'016, 59}, -719'162, 2'932'896)));
      times.push_back(of(Ends{-719'162 * day, 2'932'897 * day - 1, 0, -1}, -719'162 * day, 2'932'897 * day - 1));
      months.push_back(static_cast<std::int32_t>(
          of(Ends{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(), 12, -1}, -120'000,
             120'000)));
      durations.push_back(of(Ends{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                                  day, -day, 1, 3'652'058 * day, -3'652'058 * day},
                             -4'000'000, 4'000'000));
      // Of whole days.
      if (random() % 2 == 0 && std::abs(durations.back() / 2) < 4'000'000) durations.back() *= day;
    }
  }

  // What base finds, and whether.
  template <typename A, typename B, typename R, typename F>
  void expect_as_base(Op op, Op ok, Phys data, const std::vector<A>& a, const std::vector<B>& b, F find) {
    const auto found = made<R>(op, data, a, b);
    const auto is_found = made<R>(ok, data, a, b);
    for (std::size_t row = 0; row < a.size(); ++row) {
      const std::optional<R> expected = find(a[row], b[row % b.size()]);
      ASSERT_EQ(is_found[row], expected ? 1 : 0) << ir::info(op).name << ' ' << a[row] << ' ' << b[row % b.size()];
      ASSERT_EQ(found[row], expected.value_or(0)) << ir::info(op).name << ' ' << a[row] << ' ' << b[row % b.size()];
    }
  }

  std::vector<std::int32_t> dates, months;
  std::vector<std::int64_t> times, durations;
};

TEST_F(Calendar, moves_as_base_does) {
  using Day = std::optional<std::int32_t>;
  using Time = std::optional<std::int64_t>;
  const auto days = [](std::optional<base::Date> date) { return date ? Day(date->days) : Day(); };
  const auto microseconds = [](std::optional<base::Instant> time) { return time ? Time(time->microseconds) : Time(); };
  expect_as_base<std::int32_t, std::int64_t, std::int32_t>(
      Op::date_plus, Op::date_plus_ok, Phys::i32, dates, durations,
      [&](auto date, auto by) { return days(base::add(base::Date{date}, base::Duration{by})); });
  expect_as_base<std::int32_t, std::int32_t, std::int32_t>(
      Op::date_months, Op::date_months_ok, Phys::i32, dates, months,
      [&](auto date, auto by) { return days(base::add(base::Date{date}, base::Period{by})); });
  expect_as_base<std::int64_t, std::int64_t, std::int64_t>(
      Op::time_plus, Op::time_plus_ok, Phys::i64, times, durations,
      [&](auto time, auto by) { return microseconds(base::add(base::Instant{time}, base::Duration{by})); });
  expect_as_base<std::int64_t, std::int32_t, std::int64_t>(
      Op::time_months, Op::time_months_ok, Phys::i64, times, months,
      [&](auto time, auto by) { return microseconds(base::add(base::Instant{time}, base::Period{by})); });
  for (const std::int32_t by : {0, 1, -1, 11, 12, -25, 48, 119'987, 119'988, -119'988, months[0], months[1]}) {
    expect_as_base<std::int32_t, std::int32_t, std::int32_t>(
        Op::date_months, Op::date_months_ok, Phys::i32, dates, {by},
        [&](auto date, auto) { return days(base::add(base::Date{date}, base::Period{by})); });
  }
  for (std::size_t i = 0; i < 12; ++i) {
    const std::int64_t by = i < 8 ? durations[i] : (static_cast<std::int64_t>(i) - 9) * 90 * base::kMicrosecondsPerDay;
    expect_as_base<std::int32_t, std::int64_t, std::int32_t>(
        Op::date_plus, Op::date_plus_ok, Phys::i32, dates, {by},
        [&](auto date, auto) { return days(base::add(base::Date{date}, base::Duration{by})); });
  }
  const auto ends = made<std::int64_t>(Op::end_of_day, Phys::i32, dates, dates);
  const auto day_of = made<std::int32_t>(Op::date_of, Phys::i64, times, times);
  for (std::size_t row = 0; row < dates.size(); ++row) {
    ASSERT_EQ(ends[row], base::end_of(base::Date{dates[row]}).microseconds);
    ASSERT_EQ(day_of[row], base::date_of(base::Instant{times[row]}).days);
  }
}

TEST(Doubles, round_as_the_standard_library_does) {
  std::vector<double> values{0.0,
                             -0.0,
                             0.5,
                             -0.5,
                             1.5,
                             2.5,
                             0.49999999999999994,
                             -2.5,
                             4503599627370495.5,
                             9007199254740993.0,
                             9223372036854775807.0,
                             9223372036854774784.0,
                             -9223372036854775808.0,
                             1e300,
                             -1e300,
                             std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::denorm_min(),
                             1.7976931348623157e308};
  const auto rounded = made<double>(Op::fround, Phys::f64, values, values);
  const auto down = made<double>(Op::ffloor, Phys::f64, values, values);
  const auto up = made<double>(Op::fceil, Phys::f64, values, values);
  const auto whole = made<std::int64_t>(Op::to_i64, Phys::f64, values, values);
  const auto fits = made<std::int64_t>(Op::to_i64_ok, Phys::f64, values, values);
  const std::vector<double> percent(values.size(), 7.0);
  const auto part = made<double>(Op::fpart, Phys::f64, values, percent);
  const auto same = [](double a, double b) { return (a != a && b != b) || std::memcmp(&a, &b, sizeof a) == 0; };
  for (std::size_t row = 0; row < values.size(); ++row) {
    SCOPED_TRACE(values[row]);
    EXPECT_TRUE(same(rounded[row], std::round(values[row])));
    EXPECT_TRUE(same(down[row], std::floor(values[row])));
    EXPECT_TRUE(same(up[row], std::ceil(values[row])));
    const bool is_in = std::fabs(values[row]) < 9223372036854775808.0 || values[row] == -9223372036854775808.0;
    EXPECT_EQ(fits[row], is_in ? 1 : 0);
    EXPECT_EQ(whole[row], is_in ? static_cast<std::int64_t>(values[row]) : 0);
    const double points = values[row] * 7.0;
    EXPECT_TRUE(same(part[row], std::isfinite(points) ? points / 100 : values[row] / 100 * 7.0));
  }
}

}  // namespace
}  // namespace muster::kernels
