// SPDX-License-Identifier: Apache-2.0
#include "runtime/key_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

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

// In either order, with repeated keys next to each other and, from `out_of_order` on, some from anywhere.
void check_in_order(bool shorter_first, int out_of_order) {
  std::vector<std::string> all;
  for (int i = 0; i < 40'000; ++i) all.push_back((i % 5'000 == 7 ? std::string(300, 'x') : "k") + std::to_string(i));
  std::sort(all.begin(), all.end(), [&](const std::string& one, const std::string& other) {
    if (shorter_first && one.size() != other.size()) return one.size() < other.size();
    return one < other;
  });
  std::mt19937 random(11);
  KeyCheck keys(1'000'000);
  for (int i = 0; i < 40'000; ++i) {
    ASSERT_EQ(keys.has_table(), i > out_of_order) << i;
    ASSERT_FALSE(keys.stood_before(all[i])) << i;
    if (i % 100 == 3) {
      ASSERT_TRUE(keys.stood_before(all[i])) << i;
    }
    if (i >= out_of_order) {
      ASSERT_TRUE(keys.stood_before(all[random() % i])) << i;
    }
  }
}

TEST(KeyCheck, needs_no_table_of_keys_in_an_order) {
  for (const bool shorter_first : {false, true}) {
    check_in_order(shorter_first, 40'000);
    check_in_order(shorter_first, 20'000);
    check_in_order(shorter_first, 1);
  }
}

// Of what follows neither by bytes nor by size it can't be said.
TEST(KeyCheck, takes_one_order_for_all) {
  KeyCheck keys(100);
  for (const std::string_view key : {"a", "bb", "c"}) EXPECT_FALSE(keys.stood_before(key)) << key;
  EXPECT_FALSE(keys.has_table());
  EXPECT_TRUE(keys.stood_before("bb"));
  EXPECT_TRUE(keys.has_table());
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
  EXPECT_FALSE(keys.stood_before("b"));
}

}  // namespace

}  // namespace muster::runtime
