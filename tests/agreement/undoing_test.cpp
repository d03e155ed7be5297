// SPDX-License-Identifier: Apache-2.0
// A cause is one because undoing it, and nothing else, undoes the change. Here that is tried without anything of
// what found it: the text of the policy is changed back and compiled again, the datum is put back, the date is
// written into the text, and the subject is judged anew.
#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/evidence_changes.h"
#include "tests/agreement/generator.h"
#include "tests/agreement/policy_text.h"
#include "tests/agreement/share.h"
#include "tests/agreement/two_sides.h"

namespace muster::agreement {
namespace {

using compare::Difference;
using compare::What;

// Two versions of one text, each with evidence and a day of its own.
struct Versions {
  explicit Versions(const PolicyText& text) : old_text(text), new_text(text) {}

  PolicyText old_text, new_text;
  PairOf<base::Date> day{kDay, kDay};
  bool other_layout = false;
  TwoSides sides;

  const Judged& judged(Which which) const { return *sides.judged.of(which); }

  // By changing the text and the evidence back. Nothing where no module comes of it.
  std::optional<Verdict> undone_by_hand(const Chosen& chosen) const {
    if (day.before != day.after) return undone_by_date(chosen);
    PolicyText text = new_text;
    Evidence made = sides.evidence.after;
    if (!other_layout) {
      join_unread(judged(Which::after).program(), judged(Which::after).policy(), judged(Which::before).policy(),
                  judged(Which::before).program(), made, sides.evidence.before);
    }
    std::string deciding = sides.gate.after;
    for (const std::size_t each : chosen) {
      const Difference difference = sides.difference(each);
      if (difference.what == What::data) {
        Evidence old = laid_out(judged(Which::before).program(), judged(Which::after).program(), sides.evidence.before);
        const auto at = [&](Evidence& evidence) -> evidence::Datum& {
          const Judged& now = judged(Which::after);
          return at_path(now.program(), now.policy().subject, evidence, difference.name);
        };
        at(made) = at(old);
      } else if (difference.what == What::main_gate) {
        deciding = sides.gate.before;
      } else {
        text.undo(old_text, difference);
      }
    }
    const auto compiled = Judged::of(text.module(), day.after);
    if (!compiled) return std::nullopt;
    return compiled->verdicts(made).at(deciding);
  }

  std::optional<Verdict> undone_by_date(const Chosen& chosen) const {
    PolicyText text = new_text;
    text.declare_evidence_of_then();
    for (const std::size_t each : chosen) text.judge_as_of(day.before, sides.difference(each));
    Evidence made = sides.evidence.after;
    const Evidence then = judged(Which::before).aged(sides.evidence.before);
    const types::Record& record =
        judged(Which::before).program().types.record_at(judged(Which::before).policy().subject);
    for (const char* field : {"rep", "orep", "reps"})
      made.subject.items.push_back(then.subject.items[*record.find(field)]);
    const auto compiled = Judged::of(text.module(), day.after);
    if (!compiled) return std::nullopt;
    return compiled->verdicts(made).at(sides.gate.after);
  }
};

enum class Other { policy, evidence, layout, both, date };

// How many seeds are tried, and from which on.
struct Seeds {
  unsigned first;
  unsigned count;
};

void try_subject(const Versions& versions, TwoSides& sides, Other other, std::mt19937& random, Seen& seen) {
  const bool other_policy = other == Other::policy || other == Other::both;
  const auto by_hand = [&](const Chosen& chosen) { return versions.undone_by_hand(chosen); };
  const auto& gates = versions.judged(Which::after).policy().gates;
  for (std::uint32_t gate = 0; gate < gates.size(); ++gate) {
    const bool other_gate = other_policy && random() % 32 == 0;
    const std::uint32_t deciding = other_gate ? static_cast<std::uint32_t>(random() % gates.size()) : gate;
    const bool changes = sides.verdicts.before[gates[gate].name] != sides.verdicts.after[gates[deciding].name];
    if (!changes && random() % 64 != 0) continue;
    sides.decide_by({gate, deciding});
    if (!changes || random() % 4 == 0) sides.check_mixture(by_hand, random);
    if (changes) sides.check_cause(by_hand, seen);
    if (::testing::Test::HasFailure()) {
      ADD_FAILURE() << versions.old_text.module() << "\n======== new\n" << versions.new_text.module();
      return;
    }
  }
}

void try_versions(Seeds seeds, Other other, Seen& seen) {
  const bool other_policy = other == Other::policy || other == Other::both;
  const bool other_evidence = other == Other::evidence || other == Other::layout || other == Other::both;
  for (unsigned seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Versions versions(PolicyText(Generator(seed, Exceptions::allowed).module()));
    versions.new_text.change(PolicyText(Generator(seed + 100'000, Exceptions::allowed).module()), random);
    if (!other_policy) versions.old_text = versions.new_text;
    if (random() % 2 == 0) std::swap(versions.old_text, versions.new_text);
    versions.other_layout = other == Other::layout;
    if (versions.other_layout) {
      versions.new_text.rearrange_fields();
      ASSERT_NE(versions.new_text.declarations, versions.old_text.declarations);
    }
    if (other == Other::date) {
      versions.day.before = base::Date{kDay.days + static_cast<std::int32_t>(random() % 30) - 20};
      versions.day.after = base::Date{kDay.days + static_cast<std::int32_t>(random() % 60) - 20};
    }
    TwoSides& sides = versions.sides;
    sides.judged = {Judged::of(versions.old_text.module(), versions.day.before),
                    Judged::of(versions.new_text.module(), versions.day.after)};
    if (!sides.judged.before || !sides.judged.after) continue;
    for (int subject = 0; subject < 10; ++subject) {
      const auto make = [&] {
        const Gaps gaps{static_cast<unsigned>(random() % 8)};
        return random_evidence(versions.judged(Which::before).program(),
                               versions.judged(Which::before).policy().subject, gaps, random);
      };
      const Evidence before = make();
      const Evidence after = laid_out(versions.judged(Which::before).program(), versions.judged(Which::after).program(),
                                      other_evidence ? changed(before, make(), 2 + random() % 12, random) : before);
      for (const Which which : compare::kBoth) {
        sides.evidence.of(which) = read_by(versions.judged(which).program(), versions.judged(which).policy(),
                                           which == Which::before ? before : after);
      }
      sides.judge();
      try_subject(versions, sides, other, random, seen);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(Undoing, a_change_of_the_policy) {
  Seen seen;
  try_versions({0, share(120u)}, Other::policy, seen);
  EXPECT_LT(seen.not_by_hand * 10, seen.changes);
  seen.expect(often(400u), often(30u),
              {"field fresh", "param value", "section conditions", "criterion added", "criterion dropped",
               "criterion conditions", "criterion level", "criterion section", "criterion tags", "criterion weight",
               "criterion effective", "criterion waivers", "score settings", "gate conditions", "policy main_gate"});
}

TEST(Undoing, a_change_of_the_evidence) {
  Seen seen;
  try_versions({1000, share(80u)}, Other::evidence, seen);
  EXPECT_LT(seen.not_by_hand * 10, seen.changes);
  seen.expect(often(300u), often(15u), {"field data"});
}

// Another module may lay out the same evidence in another way.
TEST(Undoing, a_change_of_the_evidence_and_its_layout) {
  Seen seen;
  try_versions({4000, share(60u)}, Other::layout, seen);
  EXPECT_EQ(seen.not_by_hand, 0);
  seen.expect(often(200u), often(10u), {"field data"});
  EXPECT_EQ(seen.kinds.size(), 1u);
}

TEST(Undoing, a_change_of_both) {
  Seen seen;
  try_versions({2000, share(50u)}, Other::both, seen);
  EXPECT_LT(seen.not_by_hand * 10, seen.changes);
  seen.expect(often(300u), often(40u), {"field data", "criterion conditions", "gate conditions"});
}

TEST(Undoing, another_date) {
  Seen seen;
  try_versions({3000, share(80u)}, Other::date, seen);
  EXPECT_LT(seen.not_by_hand * 10, seen.changes);
  seen.expect(often(80u), often(15u), {"criterion as_of", "gate as_of"});
}

}  // namespace
}  // namespace muster::agreement
