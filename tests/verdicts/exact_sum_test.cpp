// SPDX-License-Identifier: Apache-2.0
#include "runtime/verdicts/exact_sum.h"

#include <gtest/gtest.h>

#include <limits>

namespace muster::verdicts {
namespace {

double mean(const std::vector<double>& values) {
  ExactSum sum;
  for (const double value : values) sum.add(value);
  return sum.divided_by(values.size());
}

TEST(ExactSum, IsTheSameInAnyOrder) {
  const std::vector<double> up{1e100, 1, -1e100, 3};
  const std::vector<double> down{3, -1e100, 1, 1e100};
  EXPECT_EQ(mean(up), 1);
  EXPECT_EQ(mean(down), 1);
}

TEST(ExactSum, RoundsOnce) {
  // Ten times 0.1 is less than 1 when each addition rounds.
  ExactSum sum;
  for (int i = 0; i < 10; ++i) sum.add(0.1);
  EXPECT_EQ(sum.divided_by(1), 1.0);
  EXPECT_EQ(sum.divided_by(10), 0.1);
  EXPECT_EQ(mean({1, 0, 0}), 1.0 / 3);
  EXPECT_EQ(mean({2, 0, 0}), 2.0 / 3);
}

TEST(ExactSum, GoesToTheEvenNeighbourOfATie) {
  const double one_up = 1 + 0x1p-52, two_up = 1 + 0x1p-51;
  EXPECT_EQ(mean({1, one_up}), 1);
  EXPECT_EQ(mean({one_up, two_up}), two_up);
}

TEST(ExactSum, KeepsSignsAndZero) {
  EXPECT_EQ(mean({-2.5, -3.5}), -3);
  EXPECT_EQ(mean({-1, 1}), 0);
  EXPECT_EQ(mean({0, -0.0}), 0);
}

TEST(ExactSum, ReachesBothEndsOfDoubles) {
  const double smallest = std::numeric_limits<double>::denorm_min(), largest = std::numeric_limits<double>::max();
  EXPECT_EQ(mean({smallest, smallest}), smallest);
  EXPECT_EQ(mean({smallest, 0}), 0);
  EXPECT_EQ(mean({smallest, smallest, 0, smallest}), smallest);
  EXPECT_EQ(mean({largest, largest, largest}), largest);
  EXPECT_EQ(mean({largest, smallest, -largest}), 0);
}

}  // namespace
}  // namespace muster::verdicts
