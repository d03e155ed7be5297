// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/unified_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <vector>

namespace muster::commands {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What `patch` does, for texts whose lines all end.
std::string patched(const std::string& before, const std::string& diff) {
  const auto old_lines = lines_of(before);
  std::size_t next = 0;
  std::string result;
  const auto diff_lines = lines_of(diff);
  for (std::size_t i = 2; i < diff_lines.size(); ++i) {
    const std::string& line = diff_lines[i];
    if (line[0] == '@') {
      std::size_t start = 0, count = 1;
      if (std::sscanf(line.c_str(), "@@ -%zu,%zu", &start, &count) == 1) count = 1;
      const std::size_t begin = count == 0 ? start : start - 1;
      while (next < begin) result += old_lines.at(next++) + "\n";
      continue;
    }
    if (line[0] != '+') {
      EXPECT_EQ(old_lines.at(next), line.substr(1));
      ++next;
    }
    if (line[0] != '-') result += line.substr(1) + "\n";
  }
  while (next < old_lines.size()) result += old_lines.at(next++) + "\n";
  return result;
}

TEST(UnifiedDiff, OfEqualTextsIsEmpty) { EXPECT_EQ(unified_diff("a", "x\n", "x\n"), ""); }

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(unified_diff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, PartsDistantChangesAndJoinsNearOnes) {
  std::string before, after;
  for (int i = 1; i <= 30; ++i) {
    before += std::to_string(i) + "\n";
    after += (i == 2 || i == 6 || i == 25 ? "new " : "") + std::to_string(i) + "\n";
  }
  const std::string diff = unified_diff("a", before, after);
  EXPECT_NE(diff.find("@@ -1,9 +1,9 @@"), std::string::npos) << diff;
  EXPECT_NE(diff.find("@@ -22,7 +22,7 @@"), std::string::npos) << diff;
  EXPECT_EQ(patched(before, diff), after);
}

TEST(UnifiedDiff, OfAndToNothing) {
  EXPECT_EQ(unified_diff("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(unified_diff("a", "x\n", ""), "--- a\n+++ a\n@@ -1 +0,0 @@\n-x\n");
}

TEST(UnifiedDiff, SaysWhereTheLastLineDoesNotEnd) {
  EXPECT_EQ(unified_diff("a", "x", "x\n"), "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST(UnifiedDiff, MakesTheNewTextOfTheOldOne) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string before, after;
    const auto length = random() % 40;
    for (unsigned i = 0; i < length; ++i) {
      const std::string line = std::string(1, static_cast<char>('a' + random() % 5)) + "\n";
      if (random() % 6 != 0) before += line;
      if (random() % 6 != 0) after += line;
    }
    const std::string diff = unified_diff("a", before, after);
    EXPECT_EQ(patched(before, diff), after) << before << "---\n" << diff;
  }
}

TEST(UnifiedDiff, OfTextsWithNothingInCommonStaysBounded) {
  std::string before, after;
  for (int i = 0; i < 20'000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  EXPECT_EQ(patched(before, unified_diff("a", before, after)), after);
}

}  // namespace
}  // namespace muster::commands
