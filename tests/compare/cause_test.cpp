// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/cause.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace muster::compare {
namespace {

using Set = std::vector<std::size_t>;

// Of five differences: what any of these parts undoes, it undoes.
Cause cause_of(const std::set<Set>& undoing) {
  const Set all{0, 1, 2, 3, 4};
  return find_cause(all, [&](const Set& chosen) { return chosen == all || undoing.count(chosen) > 0; });
}

TEST(FindCause, names_the_one_that_undoes_it_alone) {
  const Cause cause = cause_of({{2}});
  EXPECT_EQ(cause.differences, Set{2});
  EXPECT_EQ(cause.others, Set{});
}

TEST(FindCause, names_the_first_of_several_and_keeps_the_others) {
  const Cause cause = cause_of({{1}, {3}, {4}});
  EXPECT_EQ(cause.differences, Set{1});
  EXPECT_EQ(cause.others, (Set{3, 4}));
}

TEST(FindCause, takes_all_where_nothing_less_undoes_it) {
  const Cause cause = cause_of({});
  EXPECT_EQ(cause.differences, (Set{0, 1, 2, 3, 4}));
  EXPECT_EQ(cause.others, Set{});
}

TEST(FindCause, leaves_out_what_is_not_needed) {
  const Cause cause = cause_of({{0, 1, 2, 3}, {0, 1, 3}, {1, 3}});
  EXPECT_EQ(cause.differences, (Set{1, 3}));
}

// One at a time nothing can be left out of the five, and yet two of them are enough.
TEST(FindCause, finds_a_part_that_is_no_step_away) {
  const Cause cause = cause_of({{0, 4}, {0, 1, 3}});
  EXPECT_EQ(cause.differences, (Set{0, 4}));
}

TEST(FindCause, of_one_candidate_is_that_one) {
  const Cause cause = find_cause({7}, [](const Set&) { return false; });
  EXPECT_EQ(cause.differences, Set{7});
}

}  // namespace
}  // namespace muster::compare
