// SPDX-License-Identifier: Apache-2.0
#include "runtime/scores/exact.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace muster::scores {
namespace {

Rational fraction(std::uint64_t numerator, std::uint64_t denominator) {
  return Rational(Natural(numerator), Natural(denominator));
}

typed::Decimal decimal(std::int64_t units, std::uint8_t scale) { return {units, scale}; }

TEST(Natural, divides_and_multiplies_back) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 2000; ++i) {
    Natural dividend(random());
    for (unsigned n = random() % 5; n > 0; --n)
      dividend = dividend * Natural(random() >> (random() % 40)) + Natural(random());
    const Natural divisor = Natural(random() | 1).shifted_left(random() % 70);
    const Division division = divide(dividend, divisor);
    EXPECT_LT(division.remainder, divisor);
    EXPECT_EQ(division.quotient * divisor + division.remainder, dividend);
  }
}

TEST(Natural, shifts_there_and_back) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 2000; ++i) {
    const Natural value = Natural(random()) * Natural(random());
    const unsigned bits = random() % 130;
    EXPECT_EQ(value.shifted_left(bits).shifted_right(bits), value);
    EXPECT_EQ(value.is_zero() ? 0 : value.bits() + bits, value.shifted_left(bits).bits());
  }
}

TEST(Rational, is_the_double_that_it_was_made_of) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 5000; ++i) {
    const double value = std::ldexp(static_cast<double>(random()) - 9e18, static_cast<int>(random() % 400) - 250);
    EXPECT_EQ(Rational::of(value).nearest(), value);
  }
  EXPECT_EQ(Rational::of(0).nearest(), 0);
}

// A long double has 64 bits, so that a quotient of small numbers in it is near enough to check against.
TEST(Rational, is_the_nearest_double) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 5000; ++i) {
    const std::uint64_t a = random() >> 1;
    const std::uint64_t b = (random() >> 1) | 1;
    const double nearest = fraction(a, b).nearest();
    const Rational exact = fraction(a, b);
    const auto distance = [&](double value) {
      const Rational gap = Rational::of(value) + -exact;
      return gap.is_negative() ? -gap : gap;
    };
    EXPECT_LE(distance(nearest), distance(std::nextafter(nearest, 1e300)));
    EXPECT_LE(distance(nearest), distance(std::nextafter(nearest, 0)));
  }
}

TEST(Rational, orders_and_calculates) {
  EXPECT_LT(fraction(1, 3), fraction(1, 2));
  EXPECT_LT(-fraction(1, 2), -fraction(1, 3));
  EXPECT_LT(-fraction(1, 2), fraction(1, 3));
  EXPECT_EQ(fraction(1, 3) + fraction(1, 6), fraction(1, 2));
  EXPECT_EQ(fraction(1, 3) + -fraction(1, 2), -fraction(1, 6));
  EXPECT_EQ(fraction(2, 3) * -fraction(3, 4), -fraction(1, 2));
  EXPECT_EQ(fraction(2, 3) / fraction(4, 3), fraction(1, 2));
}

TEST(Rational, rounds_to_a_step) {
  const typed::Decimal one = decimal(1, 0);
  EXPECT_EQ(fraction(199, 2).rounded(typed::Rounding::half_up, one).nearest(), 100);
  EXPECT_EQ(fraction(199, 2).rounded(typed::Rounding::down, one).nearest(), 99);
  EXPECT_EQ(fraction(200, 3).rounded(typed::Rounding::half_up, decimal(1, 1)).nearest(), 66.7);
  EXPECT_EQ(fraction(200, 3).rounded(typed::Rounding::down, decimal(1, 1)).nearest(), 66.6);
  EXPECT_EQ(fraction(1, 2).rounded(typed::Rounding::half_up, one).nearest(), 1);
  EXPECT_EQ((-fraction(1, 2)).rounded(typed::Rounding::half_up, one).nearest(), 0);
  EXPECT_EQ((-fraction(1, 2)).rounded(typed::Rounding::down, one).nearest(), -1);
  EXPECT_EQ(fraction(7, 1).rounded(typed::Rounding::half_up, decimal(5, 0)).nearest(), 5);
  EXPECT_EQ(fraction(1, 3).rounded(typed::Rounding::none, one), fraction(1, 3));
  // 0.15 points lie exactly between two steps of 0.1; the nearest double of 0.15 doesn't.
  EXPECT_EQ(fraction(15, 100).rounded(typed::Rounding::half_up, decimal(1, 1)).nearest(), 0.2);
}

}  // namespace
}  // namespace muster::scores
