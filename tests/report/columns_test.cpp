// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/columns.h"

#include <gtest/gtest.h>

namespace muster::report {
namespace {

using Lines = std::vector<std::string>;

TEST(Columns, CountsWhatATerminalDraws) {
  EXPECT_EQ(columns("abc"), 3u);
  EXPECT_EQ(columns("日本"), 4u);
  EXPECT_EQ(columns("e\xCC\x81"), 1u);           // e and its accent
  EXPECT_EQ(columns("👩‍👩‍👧"), 2u);  // joined emoji
}

TEST(Columns, CutsWithDotsAndNeverInsideACharacter) {
  EXPECT_EQ(cut("short", 5), "short");
  EXPECT_EQ(cut("too long", 5), "too…");
  EXPECT_EQ(cut("日本語", 4), "日…");
  EXPECT_EQ(cut("日本語", 1), "…");
  EXPECT_EQ(cut("e\xCC\x81"
                "bc",
                2),
            "e\xCC\x81…");
  EXPECT_EQ(cut("any", 0), "");
}

TEST(Columns, PadsByWidth) {
  EXPECT_EQ(padded("日", 4), "日  ");
  EXPECT_EQ(padded("wider", 3), "wider");
}

TEST(Columns, WrapsAtBlanks) {
  EXPECT_EQ(wrapped("one two three", 7, 9), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("one two three four", 8, 2), (Lines{"one two", "three f…"}));
  EXPECT_EQ(wrapped("", 8, 2), Lines{""});
}

TEST(Columns, BreaksAWordThatIsWiderThanTheLine) {
  EXPECT_EQ(wrapped("abcdefgh", 3, 9), (Lines{"abc", "def", "gh"}));
  EXPECT_EQ(wrapped("日本語", 1, 9), (Lines{"日", "本", "語"}));
}

}  // namespace
}  // namespace muster::report
