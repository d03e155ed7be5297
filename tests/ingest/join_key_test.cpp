// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/join_key.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace muster::ingest {
namespace {

std::string key_of(const std::vector<types::Scalar>& values) {
  std::string key;
  for (const types::Scalar& value : values) append_key(key, value);
  return key;
}

// Each before the next, of one type.
void expect_ordered(const std::vector<types::Scalar>& values) {
  for (std::size_t at = 1; at < values.size(); ++at) {
    EXPECT_LT(key_of({values[at - 1]}), key_of({values[at]})) << "the value number " << at;
  }
}

TEST(JoinKey, is_ordered_as_its_values_are) {
  using Integer = std::int64_t;
  expect_ordered({Integer{std::numeric_limits<Integer>::min()}, Integer{-256}, Integer{-1}, Integer{0}, Integer{1},
                  Integer{255}, Integer{256}, Integer{std::numeric_limits<Integer>::max()}});
  expect_ordered({-std::numeric_limits<double>::max(), -1.5, -1e-300, 0.0, 1e-300, 0.5, 2.0, 1e300});
  expect_ordered({base::Date{-400}, base::Date{0}, base::Date{19'000}});
  using Text = std::string;
  expect_ordered({Text(), Text("\0", 1), Text("\0\0", 2), Text("\0\xFF", 2), Text("\1"), Text("a"), Text("a\0", 2),
                  Text("a\0b", 3), Text("a\1"), Text("ab"), Text("b"), Text("\xFF")});
}

TEST(JoinKey, is_one_for_both_zeros) { EXPECT_EQ(key_of({0.0}), key_of({-0.0})); }

// Wherever one ends and the next begins.
TEST(JoinKey, keeps_several_values_apart) {
  const std::vector<std::string> texts = {"",
                                          std::string("\0", 1),
                                          "\1",
                                          "\xFF",
                                          std::string("\0\1", 2),
                                          "a",
                                          std::string("a\0\1", 3),
                                          std::string("\0\xFF", 2)};
  std::vector<std::string> keys;
  for (const std::string& one : texts) {
    for (const std::string& other : texts) keys.push_back(key_of({one, other}));
  }
  for (std::size_t one = 0; one < keys.size(); ++one) {
    for (std::size_t other = 0; other < one; ++other) EXPECT_NE(keys[one], keys[other]) << one << " and " << other;
  }
}

}  // namespace
}  // namespace muster::ingest
