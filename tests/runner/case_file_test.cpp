// SPDX-License-Identifier: Apache-2.0
#include "tests/golden/case_file.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace muster::golden {
namespace {

constexpr std::string_view kCase = R"(# a full case
run: eval "two words.muster" --set 'a="b"' c\ d ""
env: NO_COLOR=
env: A=b=c
terminal: err
--- main.muster
a

\--- not a heading
\\--- nor this
--- stdin (no line end)
typed
--- expect
exit: 4
absent: out.csv
--- stdout (no line end)
one
two
--- stderr
\--- main.muster
--- after main.muster
a
)";

TEST(CaseFile, ReadsEverything) {
  Case each = read_case(kCase);
  EXPECT_EQ(each.arguments, (std::vector<std::string>{"eval", "two words.muster", "--set", "a=\"b\"", "c d", ""}));
  EXPECT_EQ(each.environment.at("NO_COLOR"), "");
  EXPECT_EQ(each.environment.at("A"), "b=c");
  EXPECT_FALSE(each.out_is_terminal);
  EXPECT_TRUE(each.err_is_terminal);
  ASSERT_EQ(each.files.size(), 1u);
  EXPECT_EQ(each.files[0].first, "main.muster");
  EXPECT_EQ(each.files[0].second, "a\n\n--- not a heading\n\\--- nor this\n");
  EXPECT_EQ(each.input, "typed");
  EXPECT_EQ(each.expectation.exit, 4);
  EXPECT_EQ(each.expectation.absent, std::vector<std::string>{"out.csv"});
  EXPECT_EQ(each.expectation.out, "one\ntwo");
  EXPECT_EQ(each.expectation.err, "--- main.muster\n");
  EXPECT_EQ(each.expectation.after[0].second, "a\n");
}

TEST(CaseFile, WritesWhatItRead) {
  Case each = read_case(kCase);
  EXPECT_EQ(each.input_part + write_expectation(each.expectation), kCase);
}

TEST(CaseFile, KeepsBytesAsTheyAre) {
  for (std::string_view text :
       {"", "\n", "a", "a\n", "a\r\n", "\n\n", "--- a\n", "\\--- a\n", "\\\\--- a", "\\ a\n", "\xFF\n", "a\n\nb"}) {
    Expectation expectation;
    expectation.out = text;
    expectation.after = {{"f", std::string(text)}};
    Case back = read_case("run: x\n" + write_expectation(expectation));
    EXPECT_EQ(back.expectation, expectation) << testing::PrintToString(text);
  }
}

TEST(CaseFile, RefusesWhatIsNoCase) {
  for (std::string_view wrong :
       {"", "run: x\n", "--- expect\nexit: 0\n", "run: x\nrum: y\n--- expect\n", "run: \"x\n--- expect\nexit: 0\n",
        "run: x\n--- expect\nexist: 0\n", "run: x\n--- expect\nexit: 0\n--- stdoot\n",
        "run: x\nenv: A\n--- expect\nexit: 0\n", "run: x\n--- expect\nexit 0\n"}) {
    EXPECT_THROW(read_case(wrong), std::runtime_error) << wrong;
  }
}

}  // namespace
}  // namespace muster::golden
