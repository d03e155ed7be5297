// SPDX-License-Identifier: Apache-2.0
#include "base/similar_name.h"

#include <gtest/gtest.h>

namespace muster::base {
namespace {

std::string nearest(std::string_view written, const std::vector<std::string>& candidates) {
  return similar_name(written, candidates).value_or("nothing");
}

TEST(SimilarName, FindsTheNearest) {
  EXPECT_EQ(nearest("coverge", {"launch", "coverage", "cover"}), "coverage");
  EXPECT_EQ(nearest("recieved", {"received", "relieved"}), "received");
  EXPECT_EQ(nearest("Launch", {"lunch", "launch"}), "launch");
  EXPECT_EQ(nearest("ab", {"ba"}), "ba");
  EXPECT_EQ(nearest("x", {"y"}), "nothing");  // every name of one letter is one edit away
}

TEST(SimilarName, AtMostAThirdMayDiffer) {
  EXPECT_EQ(nearest("abc", {"abx"}), "abx");
  EXPECT_EQ(nearest("abc", {"axy"}), "nothing");
  EXPECT_EQ(nearest("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(nearest("abcdef", {"abcxyz"}), "nothing");
}

TEST(SimilarName, CaseCountsHalf) {
  EXPECT_EQ(nearest("ABc", {"abc"}), "abc");
  EXPECT_EQ(nearest("ABC", {"abc"}), "nothing");
  EXPECT_EQ(nearest("ABCD", {"abcd"}), "abcd");
  EXPECT_EQ(nearest("ABcd", {"abcdx"}), "abcdx");
  EXPECT_EQ(nearest("ABcd", {"abxy", "abxd"}), "abxd");
}

TEST(SimilarName, TheFirstOfEqualsAndNeverItself) {
  EXPECT_EQ(nearest("date", {"data", "rate"}), "data");
  EXPECT_EQ(nearest("date", {"date", "rate"}), "rate");
  EXPECT_EQ(nearest("date", {"date"}), "nothing");
  EXPECT_EQ(nearest("", {"a"}), "nothing");
  EXPECT_EQ(nearest("a", {}), "nothing");
}

TEST(SimilarName, LongNamesAreNotCompared) {
  EXPECT_EQ(nearest(std::string(kLongestComparedName, 'a'), {std::string(kLongestComparedName, 'a') + "b"}),
            std::string(kLongestComparedName, 'a') + "b");
  EXPECT_EQ(nearest(std::string(kLongestComparedName + 1, 'a'), {std::string(kLongestComparedName, 'a')}), "nothing");
}

}  // namespace
}  // namespace muster::base
