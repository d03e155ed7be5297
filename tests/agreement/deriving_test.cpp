// SPDX-License-Identifier: Apache-2.0
// What random policies that derive come to: a test of laws is worth what it has seen.
#include <map>

#include <gtest/gtest.h>

#include "tests/agreement/deriving.h"
#include "tests/agreement/share.h"

namespace muster::agreement {
namespace {

constexpr std::uint32_t kPrograms = share(150);

TEST(Deriving, makes_changes_of_every_kind) {
  std::map<Change, int> made;
  int wider = 0;
  for (std::uint32_t seed = 0; seed < kPrograms && !::testing::Test::HasFailure(); ++seed) {
    const DerivedProgram derived(seed);
    ASSERT_EQ(derived.program().policies.size(), 3U);
    for (const Generation& generation : derived.generations())
      for (const auto& each : generation.changes) ++made[each.change];
    const auto& policies = derived.program().policies;
    wider += policies[0].subject != policies[2].subject ? 1 : 0;
  }
  for (const Change change : all_changes()) EXPECT_GE(made[change], often(15)) << name(change);
  EXPECT_GE(wider, often(50));
}

TEST(Deriving, makes_only_what_is_asked_for) {
  DerivingOptions options;
  options.changes = {Change::tighten, Change::promote};
  options.subjects = Subjects::the_same;
  std::map<Change, int> made;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const DerivedProgram derived(seed, options);
    for (const Generation& generation : derived.generations())
      for (const auto& each : generation.changes) ++made[each.change];
    EXPECT_EQ(derived.program().policies[0].subject, derived.program().policies[1].subject);
  }
  EXPECT_EQ(made.size(), 2U);
}

}  // namespace
}  // namespace muster::agreement
