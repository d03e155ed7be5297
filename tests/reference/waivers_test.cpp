// SPDX-License-Identifier: Apache-2.0
// The truth table of a criterion with two waivers, whole: what it may still be, what it lacks, and what shows.
#include "runtime/reference/reference.h"

#include <gtest/gtest.h>

#include "tests/source_text.h"

namespace muster::reference {
namespace {

using evidence::Datum;
using typed::Status;
using verdicts::PossibleSet;
using verdicts::Truth;

constexpr const char* kModule = R"(
subject S { key id: text  w: bool  r: bool  v: bool  u: bool }
policy p for S "P" {
  must rule "Rule" { when w  require r }
  score points { of criterion  waived met  na unmet }
}
waive p.rule where v until 2027-01-31 by "V" because "agreed"
waive p.rule where u until 2026-12-31 by "U" because "agreed"
)";

constexpr Truth kTruths[] = {Truth::no, Truth::yes, Truth::unknown};

Datum datum(Truth truth) {
  return truth == Truth::unknown ? Datum::unknown(evidence::Reason::missing, {})
                                 : Datum::known(truth == Truth::yes, {});
}

std::vector<bool> may_become(Truth truth) {
  if (truth == Truth::unknown) return {false, true};
  return {truth == Truth::yes};
}

Status outcome(bool applies, bool holds, bool waived) {
  if (!applies) return Status::na;
  return holds ? Status::met : waived ? Status::waived : Status::unmet;
}

class Waivers : public ::testing::Test {
 protected:
  Waivers() : compilation_(compiled(kModule)) {
    run_.today = *base::make_date({2026, 11, 23});
    run_.now = base::end_of(run_.today);
  }

  verdicts::SubjectResult judge(Truth w, Truth r, Truth v, Truth u) {
    const waivers::Book book(compilation_->program, 0, run_.today);
    Engine engine(compilation_->program, compilation_->program.policies.front(), run_, book);
    Datum subject = Datum::known({}, {});
    subject.items = {Datum::known(std::string("s"), {}), datum(w), datum(r), datum(v), datum(u)};
    const std::vector<Datum> shared;
    return std::get<verdicts::SubjectResult>(engine.judge({&subject, &shared}));
  }

  template <typename Each>
  static void for_all(Each each) {
    for (const Truth w : kTruths)
      for (const Truth r : kTruths)
        for (const Truth v : kTruths)
          for (const Truth u : kTruths) each(w, r, v, u);
  }

 private:
  std::unique_ptr<compiler::Compilation> compilation_;
  evidence::Run run_;
};

TEST_F(Waivers, LeaveExactlyTheOutcomesThatTheUnknownsLeave) {
  for_all([&](Truth w, Truth r, Truth v, Truth u) {
    PossibleSet expected;
    for (const bool applies : may_become(w))
      for (const bool holds : may_become(r))
        for (const bool one : may_become(v))
          for (const bool other : may_become(u)) expected.add(outcome(applies, holds, one || other));
    const auto result = judge(w, r, v, u).criteria.front();
    EXPECT_EQ(result.possible, expected);
    EXPECT_EQ(result.status, expected.shown());
  });
}

// What decides nothing any more isn't missed: conditions of waivers where another one holds.
TEST_F(Waivers, TheirConditionsAreMissedBehindWhatTheCriterionReads) {
  for_all([&](Truth w, Truth r, Truth v, Truth u) {
    const auto result = judge(w, r, v, u).criteria.front();
    std::vector<std::string> fields, expected;
    for (const auto& cause : result.missing) fields.push_back(cause.field);
    if (result.status == Status::unknown) {
      for (const auto& [name, truth] : {std::pair{"w", w}, {"r", r}, {"v", v}, {"u", u}}) {
        if (truth == Truth::unknown) expected.push_back(name);
      }
    }
    EXPECT_EQ(fields, expected);
  });
}

TEST_F(Waivers, ShowTheOneThatEndsLastOfThoseThatSurelyHold) {
  for_all([&](Truth w, Truth r, Truth v, Truth u) {
    const auto result = judge(w, r, v, u).criteria.front();
    std::string expected;
    if (result.status == Status::waived) expected = v == Truth::yes ? "V" : "U";
    EXPECT_EQ(result.waived_by, expected);
    EXPECT_EQ(result.waiver.has_value(), !expected.empty());
    EXPECT_EQ(result.waived_until.has_value(), !expected.empty());
  });
}

// Low and high of the same table with no waiver, wherever the waivers change what is possible.
TEST_F(Waivers, ScoresWithoutThemAreThoseOfACriterionThatNobodyWaives) {
  for_all([&](Truth w, Truth r, Truth v, Truth u) {
    const auto result = judge(w, r, v, u);
    const auto unwaived = judge(w, r, Truth::no, Truth::no);
    EXPECT_EQ(result.scores_without_waivers.empty(), result.criteria[0].possible == unwaived.criteria[0].possible);
    const auto& scores = result.scores_without_waivers.empty() ? result.scores : result.scores_without_waivers;
    EXPECT_EQ(scores[0].low, unwaived.scores[0].low);
    EXPECT_EQ(scores[0].high, unwaived.scores[0].high);
  });
}

}  // namespace
}  // namespace muster::reference
