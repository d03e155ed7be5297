// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/two_sides.h"

#include <gtest/gtest.h>

#include "runtime/evidence/freshness.h"
#include "tests/agreement/share.h"

namespace muster::agreement {

const base::Date kDay = *base::make_date({2026, 11, 23});

Judged::Judged(std::shared_ptr<const compiler::Compilation> compilation, std::uint32_t policy, base::Date day)
    : compilation_(std::move(compilation)), policy_(policy) {
  run_.today = day;
  run_.now = base::end_of(day);
  run_.params = evidence::params_of(program(), this->policy());
  waivers_ = std::make_unique<waivers::Book>(program(), policy, day);
  engine_ = std::make_unique<reference::Engine>(program(), this->policy(), run_, *waivers_);
}

std::unique_ptr<Judged> Judged::of(const std::string& text, base::Date day) {
  compiler::Loader loader;
  loader.read = [&](const std::string& path) { return path == "main.muster" ? std::optional(text) : std::nullopt; };
  auto compilation = std::make_shared<compiler::Compilation>(compiler::compile({"main.muster", ""}, loader));
  if (compilation->diagnostics.has_errors()) return nullptr;
  return std::make_unique<Judged>(std::move(compilation), 0, day);
}

Evidence Judged::aged(Evidence evidence) const {
  evidence::apply_freshness_to_subject(program(), policy().subject, run_, evidence.subject);
  for (std::size_t i = 0; i < evidence.shared.size(); ++i) {
    evidence::apply_freshness(program(), program().shared[i].type, program().shared[i].fresh, run_, evidence.shared[i]);
  }
  return evidence;
}

std::map<std::string, Verdict> Judged::verdicts(const Evidence& evidence) const {
  const Evidence now = aged(evidence);
  const auto outcome = engine_->judge({&now.subject, &now.shared});
  std::map<std::string, Verdict> found;
  for (std::size_t i = 0; i < policy().gates.size(); ++i)
    found[policy().gates[i].name] = verdicts::verdict(std::get<verdicts::SubjectResult>(outcome).gates[i]);
  return found;
}

void Seen::expect(int least_alone, int least_together, const std::vector<std::string>& least_kinds) const {
  EXPECT_GE(alone, least_alone);
  EXPECT_GE(together, least_together);
  // A share of the programs doesn't have them all.
  if (share(8) < 8) return;
  for (const std::string& kind : least_kinds) EXPECT_GT(kinds.count(kind), 0u) << kind << " never was a cause";
}

void TwoSides::judge() {
  for (const Which which : compare::kBoth) verdicts.of(which) = judged.of(which)->verdicts(evidence.of(which));
}

void TwoSides::decide_by(const PairOf<std::uint32_t>& gates) {
  for (const Which which : compare::kBoth) {
    gate.of(which) = judged.of(which)->policy().gates[gates.of(which)].name;
    sides.of(which) = judged.of(which)->side(gates.of(which));
  }
  mixture = std::make_unique<compare::Mixture>(
      sides, compare::SharedEvidence{&evidence.before.shared, &evidence.after.shared});
  mixture->begin({&evidence.before.subject, &evidence.after.subject});
}

Chosen TwoSides::all() const {
  Chosen indexes(mixture->size());
  for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
  return indexes;
}

std::optional<Verdict> TwoSides::mixed(const Chosen& chosen) const {
  compare::Undone undone(mixture->size());
  for (const std::size_t each : chosen) undone[each] = true;
  return mixture->verdict(undone);
}

std::string TwoSides::names(const Chosen& chosen) const {
  std::string text;
  for (const std::size_t each : chosen) {
    const compare::Difference told = difference(each);
    text += std::string(" ") + name(told.of) + ":" + name(told.what) + ":" + told.name;
  }
  return text;
}

void TwoSides::check_cause(const ByHand& by_hand, Seen& seen) const {
  const Verdict old = verdict(Which::before);
  const compare::Cause cause =
      compare::find_cause(mixture->candidates(), [&](const Chosen& chosen) { return mixed(chosen) == old; });
  ASSERT_FALSE(cause.differences.empty());
  ++seen.changes;
  ++(cause.differences.size() == 1 ? seen.alone : seen.together);
  for (const std::size_t each : cause.differences) {
    const compare::Difference told = difference(each);
    ++seen.kinds[std::string(name(told.of)) + " " + name(told.what)];
  }
  const auto holds = [&](const Chosen& chosen, bool undoes) {
    const auto found = by_hand(chosen);
    if (!found) ++seen.not_by_hand;
    return !found || (*found == old) == undoes;
  };
  EXPECT_TRUE(holds(cause.differences, true)) << "undoing" << names(cause.differences);
  for (const std::size_t each : cause.others) EXPECT_TRUE(holds({each}, true)) << "undoing" << names({each});
  if (cause.differences.size() == 1) return;
  for (std::size_t left_out = 0; left_out < cause.differences.size(); ++left_out) {
    Chosen fewer = cause.differences;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left_out));
    EXPECT_TRUE(holds(fewer, false)) << "undoing" << names(fewer) << " of" << names(cause.differences);
  }
}

void TwoSides::check_mixture(const ByHand& by_hand, std::mt19937& random) const {
  EXPECT_EQ(mixed({}), verdict(Which::after));
  EXPECT_EQ(mixed(all()), verdict(Which::before));
  Chosen chosen;
  const unsigned rate = 1 + static_cast<unsigned>(random() % 4);
  for (const std::size_t each : all()) {
    if (random() % rate == 0) chosen.push_back(each);
  }
  const auto made = by_hand(chosen);
  EXPECT_TRUE(!made || mixed(chosen) == made) << "undoing" << names(chosen);
}

}  // namespace muster::agreement
