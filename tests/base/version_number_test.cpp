// SPDX-License-Identifier: Apache-2.0
#include "base/version_number.h"

#include <gtest/gtest.h>

namespace muster::base {
namespace {

VersionNumber version(std::string_view text) { return parse_version(text).value(); }

TEST(VersionNumber, OrdersAsSemVerDoes) {
  // The chain of semver.org, section 11, and what stands around it.
  const char* rising[] = {"0",
                          "0.9",
                          "1.0.0-0",
                          "1.0.0-2",
                          "1.0.0-10",
                          "1.0.0-99999999999999999999998",
                          "1.0.0-99999999999999999999999",
                          "1.0.0-A",
                          "1.0.0-alpha",
                          "1.0.0-alpha.1",
                          "1.0.0-alpha.beta",
                          "1.0.0-beta",
                          "1.0.0-beta.2",
                          "1.0.0-beta.11",
                          "1.0.0-rc.1",
                          "1.0.0",
                          "1.0.0.0.0.1",
                          "1.0.1",
                          "1.2",
                          "1.20",
                          "1.100",
                          "2.0-a",
                          "2",
                          "18446744073709551615"};
  for (std::size_t i = 0; i < std::size(rising); ++i) {
    for (std::size_t j = 0; j < std::size(rising); ++j) {
      EXPECT_EQ(version(rising[i]) <=> version(rising[j]), i <=> j) << rising[i] << " and " << rising[j];
    }
  }
}

TEST(VersionNumber, SpellingsOfOneVersionAreEqual) {
  for (std::string_view same : {"1.20", "v1.20", "V1.20", "1.20.0", "v1.20.0.0.0.0", "1.20+build.5", "01.020"})
    EXPECT_EQ(version(same), version("1.20")) << same;
  EXPECT_EQ(version("1.0-rc.1+5"), version("v1-rc.1"));
  EXPECT_EQ(version("1.0-a-b"), version("1.0.0-a-b"));
}

TEST(VersionNumber, RefusesWhatIsNone) {
  for (std::string_view wrong : {"",
                                 "v",
                                 "latest",
                                 "1.x",
                                 "1..2",
                                 ".1",
                                 "1.",
                                 "1.2.3.4.5.6.7",
                                 "1.0-",
                                 "1.0-rc..1",
                                 "1.0-rc.",
                                 "1.0+",
                                 "1.0+a..b",
                                 "1.0-r_c",
                                 "1.0 ",
                                 " 1.0",
                                 "vv1",
                                 "-1",
                                 "18446744073709551616",
                                 "1.0-é",
                                 "+5"}) {
    EXPECT_FALSE(parse_version(wrong)) << wrong;
  }
}

TEST(VersionNumber, PrintsThePartsThatWereWritten) {
  EXPECT_EQ(to_text(version("1.21")), "v1.21");
  EXPECT_EQ(to_text(version("v8.0.2-rc.1")), "v8.0.2-rc.1");
  EXPECT_EQ(to_text(version("V2")), "v2");
  EXPECT_EQ(to_text(version("1.20.0+build")), "v1.20.0");
}

}  // namespace
}  // namespace muster::base
