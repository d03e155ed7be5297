// SPDX-License-Identifier: Apache-2.0
// What a failed expectation says.
#include "runtime/suite/suite.h"

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::suite {
namespace {

constexpr const char* kPolicy = R"(
evidence Plan fresh for 30 days { ok: bool }
subject Service { key id: text  n: int  plan: Plan?  on: bool }
shared names: list of text
param least: int = 3
policy p for Service "p" {
  must enough "Enough" { require n >= least else "only {n} of {least}" }
  must planned "Planned" { when on else "is off" require plan is present else "no plan" require plan.ok else "bad plan" }
  should named "Named" { require "x" in names else "no x" }
  may later "Later" { require n > 9 else "small" effective 2030-01-01 }
  score all { of [enough, planned] }
  score some {
    of planned_ones
  }
  gate ready { require every must }
  gate best { require ready and passes(named) }
  levels steps { ready best }
}
)";

std::string policy() {
  std::string text = kPolicy;
  text.replace(text.find("planned_ones"), 12, "[planned]\n    empty none");
  return text;
}

// `name: message` for each failure, in order.
std::vector<std::string> failures(const std::string& tests, const std::string& filter = "") {
  const auto compilation = compiled(policy() + tests);
  Options options;
  options.now = base::end_of(*base::make_date({2026, 11, 23}));
  options.filter = filter;
  std::vector<std::string> lines;
  for (const RunResult& result : run_tests(compilation->program, options)) {
    for (const Failure& failure : result.failures) lines.push_back(result.name + ": " + failure.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Suite, says_what_is_instead_and_why) {
  EXPECT_EQ(failures(R"(test "t" for p {
    given { id: "a", n: 2, on: true }
    expect enough met
    expect enough unmet "of 4"
    expect planned met
    expect planned na
    expect named unmet
    expect later unmet
  })"),
            (Lines{"t: expected enough met, is unmet: \"only 2 of 3\"",
                   "t: expected enough unmet with a message that holds \"of 4\", is unmet: \"only 2 of 3\"",
                   "t: expected planned met, is unknown: plan is missing",
                   "t: expected planned na, is unknown: plan is missing",
                   "t: expected named unmet, is unknown: names is missing",
                   "t: expected later unmet, is na until 2030-01-01, then unmet: \"small\""}));
}

TEST(Suite, names_the_criteria_that_a_gate_fails_for) {
  EXPECT_EQ(
      failures(R"(test "t" for p {
    given { id: "a", n: 2, on: true, plan: none }
    given shared names = []
    expect gate ready pass
    expect gate best undecided
  })"),
      (Lines{
          "t: expected gate ready pass, is fail\n  enough is unmet: \"only 2 of 3\"\n  planned is unmet: \"no plan\"",
          "t: expected gate best undecided, is fail\n  enough is unmet: \"only 2 of 3\"\n"
          "  planned is unmet: \"no plan\"\n  named is unmet: \"no x\""}));
}

TEST(Suite, shows_low_and_high_and_levels) {
  EXPECT_EQ(
      failures(R"(test "t" for p {
    given { id: "a", n: 3 }
    expect score all in 60%..100%
    expect score some in 0%..100%
    expect level steps best
    case "off" {
      given { ...given, on: false }
      expect score some in 50%..100%
      expect score all in 99.5%..99.9%
      expect level steps none
    }
  })"),
      (Lines{
          "t: expected score all in 60%..100%, is 50%..100%", "t: expected score some in 0%..100%, is 0%..100% or none",
          "t: expected level steps best, is none, possibly best", "t / off: expected score some in 50%..100%, is none",
          "t / off: expected score all in 99.5%..99.9%, is 100%",
          "t / off: expected level steps none, is ready, possibly best"}));
}

TEST(Suite, ages_evidence_sets_params_and_waives) {
  EXPECT_EQ(failures(R"(test "t" for p as of 2026-12-01 {
    given { id: "a", n: 2, on: true, plan: { collected: 2026-10-01T00:00:00Z, ok: false } }
    with least = 2
    expect enough met
    expect planned unknown
    case "in time" { given { ...given, plan: { collected: 2026-11-20T00:00:00Z, ok: false } }  expect planned unmet "bad" }
    case "waived" { waive planned  expect planned waived  expect gate ready pass }
    case "expired" { given { ...given, plan: { collected: 2026-11-20T00:00:00Z, expires: 2026-11-30T00:00:00Z, ok: true } }  expect planned unknown }
    case "without a date" { given { ...given, plan: { ok: true } }  expect planned unknown }
  })"),
            Lines{});
}

TEST(Suite, runs_only_what_the_filter_names) {
  const std::string tests = R"(
test "one" for p { given { id: "a" }  expect enough met  case "inner" { expect enough met } }
test "two" for p { given { id: "a" }  expect enough met }
)";
  EXPECT_EQ(failures(tests).size(), 3u);
  EXPECT_EQ(failures(tests, "two").size(), 1u);
  EXPECT_EQ(failures(tests, "one / in").size(), 1u);
  EXPECT_EQ(failures(tests, "three").size(), 0u);
}

}  // namespace
}  // namespace muster::suite
