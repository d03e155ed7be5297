// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>
#include <utility>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

using typed::Status;

struct Expected {
  bool met = false, unmet = false;
};

}  // namespace

// Of policies that have tests: a policy without any is a matter of its own. A test of a policy that derives speaks for
// the criteria that it inherits, too.
void untested(const Lints& lints) {
  std::map<std::pair<std::uint32_t, std::string>, Expected> expected;
  std::map<std::uint32_t, bool> has_tests;
  for (const typed::Test& test : lints.program.tests) {
    const typed::Policy& policy = lints.program.policies[test.policy];
    for (const typed::TestRun& run : test.runs) {
      for (const typed::Expectation& expectation : run.expectations) {
        if (expectation.kind != typed::Expectation::Kind::criterion) continue;
        const typed::Criterion& criterion = policy.criteria[expectation.index];
        Expected& said = expected[{criterion.owner_policy(), criterion.name}];
        said.met = said.met || expectation.status == Status::met;
        said.unmet = said.unmet || expectation.status == Status::unmet;
      }
    }
    for (const std::uint32_t each : typed::lineage(lints.program, test.policy)) has_tests[each] = true;
  }
  for (const auto& [index, tested] : has_tests) {
    for (const auto& criterion : lints.program.policies[index].criteria) {
      if (criterion.owner_policy() != index) continue;
      const Expected said = expected[{index, criterion.name}];
      if (said.met && said.unmet) continue;
      const std::string what = said.met     ? "expects `" + criterion.name + "` to be unmet"
                               : said.unmet ? "expects `" + criterion.name + "` to be met"
                                            : "says what `" + criterion.name + "` shall be";
      lints.found.report(base::Code::untested, criterion.span, "no test " + what).help =
          "`muster test --coverage` says what else no test reaches";
    }
  }
}

}  // namespace muster::lint
