// SPDX-License-Identifier: Apache-2.0
// A policy that derives and the one module that it is written as judge alike, also where names of two modules and
// of a wider subject meet.
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "effective/flatten/flatten.h"
#include "runtime/report/result_json.h"
#include "tests/agreement/deriving.h"
#include "tests/agreement/judged.h"
#include "tests/agreement/share.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

constexpr std::uint32_t kPrograms = share(200);
constexpr int kSubjects = 5;

// As results show it; `policy` is named by its module, which is the same for both.
std::string result_text(Judge& judge, const typed::Program& program, const Evidence& evidence) {
  report::Context context;
  context.program = &program;
  context.policy = &judge.policy();
  context.run = &judge.run();
  const std::vector<std::string> no_files;
  context.file_names = &no_files;
  std::string text;
  report::append_result(context, judge.judge(evidence), text);
  return text.substr(text.find(",\"as_of\""));
}

// The shared evidence in the order of another program that declares some of it.
Evidence for_program(const typed::Program& program, const typed::Program& other, const Evidence& evidence) {
  Evidence same;
  same.subject = evidence.subject;
  for (const typed::Shared& shared : other.shared) {
    const auto found = std::find_if(program.shared.begin(), program.shared.end(),
                                    [&](const typed::Shared& each) { return each.name == shared.name; });
    if (found == program.shared.end()) ADD_FAILURE() << shared.name;
    same.shared.push_back(evidence.shared[static_cast<std::size_t>(found - program.shared.begin())]);
  }
  return same;
}

// Each is one way in which names meet, and what is written then.
const std::map<std::string, std::string>& meetings() {
  static const std::map<std::string, std::string> all = {
      {"an enum's value and a field", "require l >= Level.mid"},
      {"a let and a field", "let twice_2 = i + i"},
      {"a let of a criterion and a field", "let is_low_2 ="},
      {"a variable and a field", "y_2 in "},
      {"a param and a field", "param most_2: int"},
      {"two params", "param most_2: int"},
      {"two defines", "define is_big_2(n: int)"},
      {"two enums", "ordered enum Level2"},
      {"two records", "record Part2"},
      {"shared evidence and a field", "shared_pool()"},
      {"today and a field", "define day_of_run(): date = today"},
      {"now and a field", "define time_of_run(): time = now"},
      {"a field and a gate or score", "let i_2 = i\n"},
      {"a gate or score and a field that came later", "// muster: allow(MU1002)"},
      {"a condition that reads otherwise", "else \"l >= mid\""},
  };
  return all;
}

TEST(Flatten, judges_as_the_policy_that_derives) {
  std::mt19937 random(7);
  std::map<std::string, int> met;
  for (std::uint32_t seed = 0; seed < kPrograms && !::testing::Test::HasFailure(); ++seed) {
    DerivingOptions options;
    options.changes.insert(options.changes.end(), {Change::waive, Change::waive});
    options.exceptions = seed % 2 == 0 ? Exceptions::allowed : Exceptions::left_out;
    const DerivedProgram derived(seed, options);
    const typed::Program& program = derived.program();
    for (std::uint32_t policy = 0; policy < program.policies.size(); ++policy) {
      const auto text = flatten::flatten(program, policy, program.policies[policy], derived.compilation().sources);
      ASSERT_TRUE(text) << "seed " << seed << ", policy " << policy << ": " << text.error() << "\n" << derived.text();
      const auto flat = compiled(*text);
      ASSERT_FALSE(flat->diagnostics.has_errors()) << *text;
      EXPECT_TRUE(flat->diagnostics.list().empty())
          << base::print_diagnostic(flat->diagnostics.list().front(), flat->sources, base::Colour::off);
      for (const auto& [meeting, mark] : meetings()) met[meeting] += text->find(mark) != std::string::npos ? 1 : 0;
      Judge original(program, policy), flattened(flat->program);
      for (int subject = 0; subject < kSubjects; ++subject) {
        const Evidence evidence = random_evidence(program, original.policy().subject, {4}, random);
        ASSERT_EQ(result_text(original, program, evidence),
                  result_text(flattened, flat->program, for_program(program, flat->program, evidence)))
            << "seed " << seed << ", policy " << policy << "\n"
            << derived.text() << "--- flat\n"
            << *text;
      }
    }
  }
  for (const auto& [meeting, mark] : meetings()) EXPECT_GE(met[meeting], often(3)) << meeting;
}

}  // namespace
}  // namespace muster::agreement
