// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace muster::runtime {

namespace {

TEST(KeyCheck, says_of_each_key_whether_it_stood_before) {
  std::mt19937 random(7);
  KeyCheck keys(1'000'000);
  std::set<std::string> stood;
  std::size_t repeated = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string key = std::to_string(random() % 150'000);
    // Now and then one that fills a block by itself, or nearly, or is empty.
    if (i % 20'000 == 0) key += std::string((std::size_t{512} << 10) + random() % 20, 'x');
    if (i % 50'000 == 1) key.clear();
    const bool is_new = stood.insert(key).second;
    if (!is_new) ++repeated;
    ASSERT_EQ(keys.stood_before(key), !is_new) << key.substr(0, 20) << " as number " << i;
  }
  EXPECT_GT(repeated, 50'000u);
}

// The hash has the same lower bits, or is the same: only their bytes tell them apart.
TEST(KeyCheck, tells_keys_apart_whose_hashes_are_equal) {
  KeyCheck keys(100);
  for (const std::string_view key : {"a", "b", "ab", ""}) EXPECT_FALSE(keys.stood_before(key, 5)) << key;
  for (const std::string_view key : {"a", "b", "ab", ""}) EXPECT_TRUE(keys.stood_before(key, 5)) << key;
  EXPECT_FALSE(keys.stood_before("a", 5 + 1024));
}

TEST(KeyCheck, remembers_as_many_as_it_was_told_to) {
  KeyCheck keys(2);
  EXPECT_FALSE(keys.stood_before("a"));
  EXPECT_TRUE(keys.stood_before("a"));
  EXPECT_FALSE(keys.stood_before("a"));
}

}  // namespace

}  // namespace muster::runtime
