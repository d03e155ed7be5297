// SPDX-License-Identifier: Apache-2.0
// `tighten` never turns a subject from fail or undecided to pass, by gates that ask for no less as more is met. Random
// policies are tightened twice and judge random evidence.
#include <random>

#include <gtest/gtest.h>

#include "compiler/typed/polarity.h"
#include "runtime/evidence/freshness.h"
#include "runtime/reference/reference.h"
#include "tests/agreement/deriving.h"
#include "tests/agreement/evidence.h"
#include "tests/agreement/share.h"

namespace muster::agreement {
namespace {

using verdicts::Truth;

constexpr std::uint32_t kPrograms = share(200);
constexpr int kSubjects = 12;

std::vector<Truth> gates_of(const typed::Program& program, std::uint32_t index, const Evidence& evidence) {
  const typed::Policy& policy = program.policies[index];
  evidence::Run run;
  run.today = *base::make_date({2026, 11, 23});
  run.now = base::end_of(run.today);
  run.params = evidence::params_of(program, policy);
  Evidence aged = evidence;
  evidence::apply_freshness_to_subject(program, policy.subject, run, aged.subject);
  for (std::size_t i = 0; i < aged.shared.size(); ++i) {
    evidence::apply_freshness(program, program.shared[i].type, program.shared[i].fresh, run, aged.shared[i]);
  }
  const waivers::Book waivers(program, index, run.today);
  reference::Engine engine(program, policy, run, waivers);
  engine.waive({0, 3, 6});
  return std::get<verdicts::SubjectResult>(engine.judge({&aged.subject, &aged.shared})).gates;
}

TEST(Tightening, turns_nobody_to_pass) {
  DerivingOptions options;
  options.changes = {Change::tighten, Change::tighten, Change::tighten_gate};
  options.subjects = Subjects::the_same;
  int monotone = 0, others = 0, turned_away = 0, turned_by_others = 0;
  for (std::uint32_t seed = 0; seed < kPrograms; ++seed) {
    const DerivedProgram derived(seed, options);
    const typed::Program& program = derived.program();
    std::mt19937 random(seed + 3000);
    for (int n = 0; n < kSubjects; ++n) {
      const Evidence evidence = random_evidence(program, program.policies[0].subject, {n % 3 == 0 ? 0u : 6u}, random);
      std::vector<Truth> before = gates_of(program, 0, evidence);
      for (std::uint32_t generation = 1; generation < program.policies.size(); ++generation) {
        const typed::Policy& parent = program.policies[generation - 1];
        const std::vector<Truth> after = gates_of(program, generation, evidence);
        for (std::uint32_t gate = 0; gate < parent.gates.size(); ++gate) {
          const bool is_monotone = typed::is_monotone(program, parent, gate, typed::Extent::gates_too);
          ++(is_monotone ? monotone : others);
          const bool passes_now = after[gate] == Truth::yes && before[gate] != Truth::yes;
          turned_away += before[gate] == Truth::yes && after[gate] != Truth::yes ? 1 : 0;
          turned_by_others += passes_now ? 1 : 0;
          ASSERT_FALSE(is_monotone && passes_now)
              << "seed " << seed << ", subject " << n << ": gate " << parent.gates[gate].name << " of "
              << program.policies[generation].name << "\n"
              << derived.text();
        }
        before = after;
      }
    }
  }
  EXPECT_GT(monotone, often(5000));
  EXPECT_GT(others, often(2000));
  EXPECT_GT(turned_away, often(300));
  EXPECT_GT(turned_by_others, often(50));  // so the mark is needed
}

}  // namespace
}  // namespace muster::agreement
