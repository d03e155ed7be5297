// SPDX-License-Identifier: Apache-2.0
// The law: as unknowns become known or absent, what is possible only shrinks. Random policies judge random
// evidence with gaps, and again as the gaps close step by step.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/generator.h"
#include "tests/agreement/judged.h"
#include "tests/agreement/share.h"
#include "tests/agreement/tally.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

using verdicts::SubjectResult;
using verdicts::Truth;

constexpr int kPolicies = share(600);
constexpr int kSubjects = 4;
constexpr int kSteps = 3;

const std::vector<verdicts::ScoreResult>& without_waivers(const SubjectResult& result) {
  return result.scores_without_waivers.empty() ? result.scores : result.scores_without_waivers;
}

std::string first_broken(const typed::Policy& policy, const SubjectResult& before, const SubjectResult& after) {
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    const unsigned possible = before.criteria[i].possible.bits();
    if ((after.criteria[i].possible.bits() & ~possible) != 0) return policy.criteria[i].name;
  }
  for (std::size_t i = 0; i < policy.gates.size(); ++i) {
    if (before.gates[i] != Truth::unknown && before.gates[i] != after.gates[i]) return policy.gates[i].name;
  }
  const auto narrows = [](const verdicts::ScoreResult& wide, const verdicts::ScoreResult& narrow) {
    const bool value_held = !narrow.has_value || (wide.has_value && wide.low <= narrow.low && narrow.high <= wide.high);
    return value_held && (!narrow.may_be_none || wide.may_be_none);
  };
  for (std::size_t i = 0; i < policy.scores.size(); ++i) {
    if (!narrows(before.scores[i], after.scores[i])) return policy.scores[i].name;
    if (!narrows(without_waivers(before)[i], without_waivers(after)[i])) return policy.scores[i].name;
  }
  for (std::size_t i = 0; i < policy.levels.size(); ++i) {
    const auto held = [](std::optional<std::uint32_t> level) { return level ? static_cast<int>(*level) : -1; };
    if (held(after.levels[i].sure) < held(before.levels[i].sure)) return policy.levels[i].name;
    if (held(after.levels[i].possible) > held(before.levels[i].possible)) return policy.levels[i].name;
  }
  for (std::size_t i = 0; i < policy.shows.size(); ++i) {
    const auto& shown = before.shows[i];
    if (shown.state == evidence::State::unknown) continue;
    if (after.shows[i].state != shown.state || !(after.shows[i].scalar == shown.scalar)) return policy.shows[i].name;
  }
  return "";
}

// The line of the module where it is declared, to be read in the failure.
std::string declaration_of(const std::string& module, const std::string& name) {
  for (const std::string before : {"must ", "should ", "may ", "gate ", "score ", "levels ", "show "}) {
    const auto at = module.find(before + name + " ");
    if (at == std::string::npos) continue;
    const auto end = module.find("\n    }\n", at);
    return module.substr(at, std::min<std::size_t>(end - at, 2000));
  }
  return name;
}

TEST(Law, what_is_possible_only_shrinks) {
  for (int seed = 0; seed < kPolicies && !::testing::Test::HasFailure(); ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed) + 1000);
    const std::string module = Generator(static_cast<unsigned>(seed), Exceptions::left_out).module();
    const auto compilation = compiled(module);
    if (compilation->diagnostics.has_errors()) break;
    const typed::Program& program = compilation->program;
    Judge judge(program);
    judge.waive({0, 3, 6});
    for (int subject = 0; subject < kSubjects; ++subject) {
      Evidence evidence = random_evidence(program, judge.policy().subject, {3}, random);
      SubjectResult before = judge.judge(evidence);
      for (int step = 0; step < kSteps; ++step) {
        evidence = learned(program, judge.policy().subject, evidence, random);
        SubjectResult after = judge.judge(evidence);
        const std::string broken = first_broken(judge.policy(), before, after);
        ASSERT_EQ(broken, "") << "seed " << seed << ", subject " << subject << ", step " << step << "\n"
                              << declaration_of(module, broken);
        before = std::move(after);
      }
    }
  }
}

// The same policies, with `is known` and `assume` among them: what was seen is enough to speak of laws.
TEST(Law, is_tried_on_every_operation_and_status) {
  Tally tally;
  for (int seed = 0; seed < kPolicies; ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed) + 2000);
    const auto compilation = compiled(Generator(static_cast<unsigned>(seed), Exceptions::allowed).module());
    if (compilation->diagnostics.has_errors()) break;
    const typed::Program& program = compilation->program;
    Judge judge(program);
    judge.waive({0, 3, 6});
    for (const unsigned unknown_one_in : {0u, 3u, 3u, 4u, 4u, 5u, 7u}) {
      const Evidence evidence = random_evidence(program, judge.policy().subject, {unknown_one_in}, random);
      reference::Trace trace;
      tally.add(judge.judge(evidence, &trace));
      tally.add(program, trace);
    }
  }
  EXPECT_EQ(tally.seen_too_seldom(often(100)), "");
}

}  // namespace
}  // namespace muster::agreement
