// SPDX-License-Identifier: Apache-2.0
// What a criterion may still be, against the outcomes that its conditions would lead to once they are known.
#include "runtime/reference/criterion.h"

#include <vector>

#include <gtest/gtest.h>

namespace muster::reference {
namespace {

using typed::Status;
using verdicts::PossibleSet;

constexpr Truth kTruths[] = {Truth::no, Truth::yes, Truth::unknown};

std::vector<bool> may_become(Truth truth) {
  if (truth == Truth::unknown) return {false, true};
  return {truth == Truth::yes};
}

Status outcome(bool applies, bool holds, bool waived) {
  if (!applies) return Status::na;
  if (holds) return Status::met;
  return waived ? Status::waived : Status::unmet;
}

TEST(PossibleOutcomes, are_those_of_what_the_unknowns_may_become) {
  for (const Truth applies : kTruths) {
    for (const Truth holds : kTruths) {
      for (const Truth waived : kTruths) {
        PossibleSet expected;
        for (const bool w : may_become(applies)) {
          for (const bool r : may_become(holds)) {
            for (const bool v : may_become(waived)) expected.add(outcome(w, r, v));
          }
        }
        EXPECT_EQ(possible_outcomes(applies, holds, waived), expected);
      }
    }
  }
}

TEST(PossibleOutcomes, show_the_worst_that_is_not_sure_as_unknown) {
  const auto shown = [](std::initializer_list<Status> statuses) {
    PossibleSet set;
    for (const Status status : statuses) set.add(status);
    return set.shown();
  };
  EXPECT_EQ(shown({Status::na}), Status::na);
  EXPECT_EQ(shown({Status::unmet}), Status::unmet);
  EXPECT_EQ(shown({Status::met}), Status::met);
  EXPECT_EQ(shown({Status::waived}), Status::waived);
  EXPECT_EQ(shown({Status::met, Status::na}), Status::met);
  EXPECT_EQ(shown({Status::met, Status::waived}), Status::waived);
  EXPECT_EQ(shown({Status::na, Status::waived}), Status::waived);
  EXPECT_EQ(shown({Status::met, Status::unmet}), Status::unknown);
  EXPECT_EQ(shown({Status::na, Status::unmet}), Status::unknown);
  EXPECT_EQ(shown({Status::met, Status::unmet, Status::na, Status::waived}), Status::unknown);
}

}  // namespace
}  // namespace muster::reference
