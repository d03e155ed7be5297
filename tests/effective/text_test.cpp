// SPDX-License-Identifier: Apache-2.0
// What a terminal shows of a policy: colour adds nothing to it, and lines fit where words do.
#include "effective/describe/documents.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <sstream>

#include "runtime/report/columns.h"
#include "tests/source_text.h"

namespace muster::describe {
namespace {

const char* const kModule = R"(
subject Service { key id: text  name: text  ready_for_customers: bool  steps: int }
param most_steps: int = 3 in 1..9
/// What it asks for.
policy base for Service "Ready for customers" {
  section first "First things first, and whatever else there may be" {
    when steps < 100 else "so many steps are another kind of service"
    must asked "Somebody was asked whether it is ready" {
      require ready_for_customers else "{name} is not ready, says whoever was asked about it"
      require steps <= most_steps
      owner "京都の配送サービス"
    }
    should a_name_that_is_much_longer_than_there_is_room_for_it { require steps > 0 }
  }
}
policy derived extends base "Ready for some of them" {
  set most_steps = 5 in 2..6 because "Steps are short here"
  demote asked to may because "Nobody can be asked"
  amend asked { owner "us" }
  drop a_name_that_is_much_longer_than_there_is_room_for_it because "\u{1B}[2Jwhy"
  lock asked
}
)";

Description described() {
  const auto compilation = compiled(kModule);
  return describe(compilation->program, compilation->program.policies.back(), compilation->sources);
}

TEST(Text, SaysTheSameWithoutColour) {
  const Description description = described();
  std::string text = as_text(description, Colour::on, 80);
  EXPECT_NE(text.find("\x1b[33m"), std::string::npos);
  RE2::GlobalReplace(&text, "\x1b\\[[0-9]+m", "");
  EXPECT_EQ(text, as_text(description, Colour::off, 80));
}

TEST(Text, MovesNoCursor) { EXPECT_EQ(as_text(described(), Colour::off, 80).find('\x1b'), std::string::npos); }

// Words are never broken, so one that is too long may stand out.
TEST(Text, FitsIntoItsWidth) {
  for (const std::size_t width : {1U, 40U, 60U, 80U, 110U, 1000U}) {
    const std::size_t most = std::clamp<std::size_t>(width, 40, 110);
    std::istringstream lines(as_text(described(), Colour::off, width));
    std::size_t widest = 0;
    for (std::string line; std::getline(lines, line);) {
      const bool has_room = line.find("a_name_that_is_much") == std::string::npos;
      if (has_room) widest = std::max(widest, report::columns(line));
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
    EXPECT_LE(widest, most);
    EXPECT_GE(widest, most - 8);
  }
}

TEST(Text, TellsWhatAsksForLessFirst) {
  const std::string text = as_text(described(), Colour::off, 80);
  const auto first = text.find("asks for less");
  ASSERT_NE(first, std::string::npos);
  EXPECT_LT(first, text.find("\nparams"));
  for (const char* const step : {"- param most_steps set to 5 here: Steps are short here",
                                 "- criterion asked demoted to may here: Nobody can be asked"}) {
    const auto at = text.find(step);
    ASSERT_NE(at, std::string::npos) << step;
    EXPECT_LT(at, text.find("\nparams"));
  }
}

}  // namespace
}  // namespace muster::describe
