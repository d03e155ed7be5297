// SPDX-License-Identifier: Apache-2.0
// A policy is compared with the one that it derives from, over two steps. What turns a verdict is undone by taking
// the deltas that say it out of the text.
#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/agreement/deriving.h"
#include "tests/agreement/evidence_changes.h"
#include "tests/agreement/share.h"
#include "tests/agreement/two_sides.h"

namespace muster::agreement {
namespace {

using compare::Difference;
using compare::Of;
using compare::What;

// What a change of the text may make different of its target.
std::set<What> makes_different(Change change) {
  switch (change) {
    case Change::set: return {What::value};
    case Change::tighten:
    case Change::tighten_gate:
    case Change::replace_gate: return {What::conditions};
    case Change::promote:
    case Change::demote: return {What::level};
    case Change::amend: return {What::tags, What::weight, What::effective};
    case Change::replace: return {What::conditions, What::weight, What::effective, What::waivers};
    case Change::replace_score: return {What::settings};
    case Change::drop: return {What::dropped};
    case Change::add_criterion:
    case Change::add_to_section:
    case Change::add_section: return {What::added};
    case Change::waive: return {What::waivers};
    case Change::replace_levels:
    case Change::drop_gate:
    case Change::drop_score:
    case Change::drop_levels:
    case Change::lock:
    case Change::add_gate:
    case Change::add_score:
    case Change::add_show:
    case Change::add_let: return {};
  }
  return {};
}

Of thing_of(Change change) {
  if (change == Change::set) return Of::param;
  if (change == Change::tighten_gate || change == Change::replace_gate) return Of::gate;
  return change == Change::replace_score ? Of::score : Of::criterion;
}

class Derived {
 public:
  explicit Derived(std::uint32_t seed) : made_(seed) {
    // The program that the test made lives as long as this.
    const std::shared_ptr<const compiler::Compilation> shared(&made_.compilation(), [](const auto*) {});
    sides.judged = {std::make_unique<Judged>(shared, 0, kDay), std::make_unique<Judged>(shared, 2, kDay)};
  }

  TwoSides sides;

  const DerivedProgram& made() const { return made_; }

  // Without the deltas of both steps that say it. Nothing where they say more than that, or are needed by others.
  std::optional<Verdict> undone_by_hand(const Chosen& chosen) const {
    std::vector<Generation> generations = made_.generations();
    std::vector<Difference> left;
    std::set<Said> taken_out;
    for (std::size_t i = 0; i < sides.mixture->size(); ++i) {
      const Difference difference = sides.difference(i);
      if (std::find(chosen.begin(), chosen.end(), i) == chosen.end()) {
        left.push_back(difference);
      } else if (!take_out(difference, generations, taken_out)) {
        return std::nullopt;
      }
    }
    for (const Difference& difference : left) {
      if (taken_out.count({difference.of, difference.what, difference.name}) > 0) return std::nullopt;
    }
    compiler::Loader loader;
    loader.read = [&](const std::string& path) -> std::optional<std::string> {
      for (const Generation& each : generations) {
        if (path == each.module + ".muster") return each.text;
      }
      return std::nullopt;
    };
    auto compilation = std::make_shared<compiler::Compilation>(compiler::compile({"last.muster", ""}, loader));
    if (compilation->diagnostics.has_errors()) return std::nullopt;
    const Judged judged(compilation, 2, kDay);
    Evidence made = sides.evidence.after;
    join_unread(made_.program(), sides.judged.after->policy(), sides.judged.before->policy(), made_.program(), made,
                sides.evidence.before);
    const auto verdicts = judged.verdicts(made);
    const auto found = verdicts.find(sides.gate.after);
    return found == verdicts.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  using Said = std::tuple<Of, What, std::string>;

  static bool take_out(const Difference& difference, std::vector<Generation>& generations, std::set<Said>& taken_out) {
    bool found = false;
    for (Generation& generation : generations) {
      for (const Generation::Made& made : generation.changes) {
        const std::set<What> whats = makes_different(made.change);
        if (made.target != difference.name || thing_of(made.change) != difference.of ||
            whats.count(difference.what) == 0)
          continue;
        for (const What what : whats) taken_out.insert({difference.of, what, difference.name});
        const auto at = generation.text.find(made.text);
        if (at != std::string::npos) generation.text.erase(at, made.text.size());
        found = true;
      }
    }
    return found;
  }

  DerivedProgram made_;
};

TEST(UndoingDeltas, undoes_what_they_change) {
  Seen seen;
  for (std::uint32_t seed = 0; seed < share(100u) && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Derived derived(seed);
    TwoSides& sides = derived.sides;
    const typed::Program& program = derived.made().program();
    const auto& gates = sides.judged.after->policy().gates;
    for (int subject = 0; subject < 8; ++subject) {
      const Evidence evidence =
          random_evidence(program, sides.judged.after->policy().subject, {static_cast<unsigned>(random() % 8)}, random);
      // The wider subject's own fields stand behind the others.
      Evidence narrow = evidence;
      narrow.subject.items.resize(program.types.record_at(sides.judged.before->policy().subject).fields.size());
      sides.evidence = {read_by(program, sides.judged.before->policy(), narrow),
                        read_by(program, sides.judged.after->policy(), evidence)};
      sides.judge();
      for (std::uint32_t gate = 0; gate < gates.size(); ++gate) {
        const auto& before = sides.judged.before->policy().gates;
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&](const typed::Gate& each) { return each.name == gates[gate].name; });
        if (same == before.end()) continue;
        const bool changes = sides.verdicts.before[same->name] != sides.verdicts.after[same->name];
        if (!changes && random() % 64 != 0) continue;
        sides.decide_by({static_cast<std::uint32_t>(same - before.begin()), gate});
        const auto by_hand = [&](const Chosen& chosen) { return derived.undone_by_hand(chosen); };
        sides.check_mixture(by_hand, random);
        if (changes) sides.check_cause(by_hand, seen);
        if (::testing::Test::HasFailure()) {
          ADD_FAILURE() << derived.made().text();
          return;
        }
      }
    }
  }
  EXPECT_LT(seen.not_by_hand * 5, seen.changes);
  seen.expect(often(300), often(20),
              {"param value", "criterion added", "criterion dropped", "criterion conditions", "criterion level",
               "score settings", "gate conditions"});
}

}  // namespace
}  // namespace muster::agreement
