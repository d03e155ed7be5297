// SPDX-License-Identifier: Apache-2.0
// Every engine says the same: random policies judge random evidence with gaps, by the reference engine and by those
// over columns, in batches of every kind of size.
#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/column_judge.h"
#include "tests/agreement/generator.h"
#include "tests/agreement/share.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

constexpr int kPolicies = share(150);
constexpr int kSubjects = 70;

std::string declaration_of(const std::string& module, const std::string& said) {
  const auto colon = said.find(':');
  const std::string name = said.substr(said.find(' ') + 1, colon - said.find(' ') - 1);
  for (const std::string before : {"must ", "should ", "may ", "gate ", "score ", "levels ", "show "}) {
    const auto at = module.find(before + name + " ");
    if (at == std::string::npos) continue;
    return module.substr(at, 2000);
  }
  return name;
}

TEST(Engines, SayTheSame) {
  for (int seed = 0; seed < kPolicies && !::testing::Test::HasFailure(); ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed) + 5000);
    const std::string module = Generator(static_cast<unsigned>(seed), Exceptions::allowed).module();
    const auto compilation = compiled(module);
    if (compilation->diagnostics.has_errors()) break;
    const typed::Program& program = compilation->program;
    Judge judge(program);
    const ir::Code code = code_of(program, judge);
    std::vector<Evidence> subjects;
    for (int i = 0; i < kSubjects; ++i) {
      const unsigned gaps[] = {0, 3, 4, 6, 9};
      subjects.push_back(random_evidence(program, judge.policy().subject, {gaps[random() % 5]}, random));
      subjects.back().shared = subjects.front().shared;
      // A record without a key is no subject.
      evidence::Datum& key = subjects.back().subject.items[*program.types.record_at(judge.policy().subject).key()];
      if (key.state != evidence::State::known) key = evidence::Datum::known(types::Scalar("k" + std::to_string(i)), {});
    }
    std::vector<verdicts::SubjectResult> expected;
    for (const Evidence& each : subjects) expected.push_back(judge.judge(each));
    for (const std::size_t batch_rows : {1u, 3u, 64u, 4096u}) {
      ColumnJudge by_columns(program, judge, code, subjects.front().shared);
      const auto found = by_columns.judge(subjects, batch_rows);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t i = 0; i < subjects.size(); ++i) {
        const std::string wrong = difference(judge.policy(), expected[i], found[i]);
        ASSERT_EQ(wrong, "") << "seed " << seed << ", subject " << i << ", batches of " << batch_rows << "\n"
                             << declaration_of(module, wrong);
      }
    }
  }
}

}  // namespace
}  // namespace muster::agreement
