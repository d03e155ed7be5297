// SPDX-License-Identifier: Apache-2.0
#include "base/number_text.h"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace muster::base {
namespace {

TEST(NumberText, PrintsTheShortestTextThatReadsBack) {
  struct {
    double value;
    const char* text;
  } cases[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-1.0, "-1"},
      {0.1, "0.1"},
      {0.1 + 0.2, "0.30000000000000004"},
      {62.5, "62.5"},
      {1e6, "1000000"},
      {123456789.125, "123456789.125"},
      {1.0 / 3, "0.3333333333333333"},
      {2.0 / 3, "0.6666666666666666"},
      {100.0 / 3, "33.333333333333336"},
      {1e21, "1e+21"},
      {1e20, "100000000000000000000"},
      {123e18, "123000000000000000000"},
      {1.5e21, "1.5e+21"},
      {1e-6, "0.000001"},
      {1e-7, "1e-7"},
      {1.5e-7, "1.5e-7"},
      {-1.25e-6, "-0.00000125"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740993.0, "9007199254740992"},
      {4.35, "4.35"},
      {1e100, "1e+100"},
      {12.0, "12"},
      {120.0, "120"},
  };
  for (const auto& each : cases) EXPECT_EQ(to_text(each.value), each.text);
}

TEST(NumberText, EveryDoubleReadsBack) {
  std::mt19937_64 random(20261123);
  for (int i = 0; i < 20'000; ++i) {
    double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    std::optional<double> back = parse_number(to_text(value));
    ASSERT_TRUE(back) << to_text(value);
    ASSERT_EQ(*back, value) << to_text(value);
  }
}

TEST(NumberText, ReadsTheNumberFormOfJson) {
  struct {
    const char* text;
    double value;
  } cases[] = {
      {"0", 0},
      {"-0", 0},
      {"1", 1},
      {"-1.5", -1.5},
      {"1e3", 1000},
      {"1E+3", 1000},
      {"1.25e-2", 0.0125},
      {"0.0", 0},
      {"9007199254740993", 9007199254740992.0},
      {"1e308", 1e308},
      {"1e-400", 0},
      {"0.00001e-400", 0},
      {"123456789012345678901234567890", 123456789012345678901234567890.0},
      {"0e999999999999999999999", 0},
  };
  for (const auto& each : cases) {
    std::optional<double> parsed = parse_number(each.text);
    ASSERT_TRUE(parsed) << each.text;
    EXPECT_EQ(*parsed, each.value) << each.text;
  }
  for (std::string_view wrong : {"",          "-",
                                 "+1",        "01",
                                 "1.",        ".5",
                                 "1e",        "1e+",
                                 " 1",        "1 ",
                                 "1_000",     "1,5",
                                 "0x10",      "NaN",
                                 "nan",       "inf",
                                 "Infinity",  "-Infinity",
                                 "1e400",     "-1e400",
                                 "--1",       "1e999999999999999999999",
                                 "100000e305"}) {
    EXPECT_FALSE(parse_number(wrong)) << wrong;
  }
}

TEST(NumberText, ReadsIntegersExactly) {
  struct {
    const char* text;
    std::int64_t value;
  } cases[] = {
      {"0", 0},
      {"-0", 0},
      {"007", 7},
      {"+5", 5},
      {"-12", -12},
      {"5.0", 5},
      {"5e0", 5},
      {"50e-1", 5},
      {"1.5e1", 15},
      {"1.25E2", 125},
      {"-3.000", -3},
      {"0e5", 0},
      {"0.0e-9", 0},
      {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
      {"9007199254740993", 9007199254740993},
      {"9.223372036854775807e18", std::numeric_limits<std::int64_t>::max()},
      {"0e99999999999999999999999", 0},
      {"922337203685477580700e-2", std::numeric_limits<std::int64_t>::max()},
      {"1e18", 1'000'000'000'000'000'000},
  };
  for (const auto& each : cases) {
    std::optional<std::int64_t> parsed = parse_integer(each.text);
    ASSERT_TRUE(parsed) << each.text;
    EXPECT_EQ(*parsed, each.value) << each.text;
  }
  for (std::string_view wrong : {"",
                                 "+",
                                 "-",
                                 "1.5",
                                 "5e-1",
                                 "9223372036854775808",
                                 "-9223372036854775809",
                                 "1e19",
                                 "1e99999999999999999999",
                                 "1_000",
                                 "1,000",
                                 "0x10",
                                 " 1",
                                 "1 ",
                                 "5.",
                                 ".0",
                                 "+5.0",
                                 "05.0",
                                 "1e",
                                 "--1",
                                 "１"}) {
    EXPECT_FALSE(parse_integer(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace muster::base
