// SPDX-License-Identifier: Apache-2.0
// Every engine says the same: random policies judge random evidence with gaps, by the reference engine and by those
// over columns, in batches of every kind of size.
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "tests/agreement/column_judge.h"
#include "tests/agreement/generator.h"
#include "tests/agreement/share.h"
#include "tests/jit/opened.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

constexpr unsigned kPolicies = share(150u);
// Compiling them takes time.
constexpr unsigned kCompiledPolicies = share(16u);
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

// A policy with evidence, and what the reference engine says of it.
struct Portfolio {
  explicit Portfolio(unsigned seed) : random(seed + 5000), module(Generator(seed, Exceptions::allowed).module()) {
    compilation = compiled(module);
    if (compilation->diagnostics.has_errors()) return;
    const typed::Program& program = compilation->program;
    judge = std::make_unique<Judge>(program);
    code = code_of(program, *judge);
    for (int i = 0; i < kSubjects; ++i) {
      const unsigned gaps[] = {0, 3, 4, 6, 9};
      subjects.push_back(random_evidence(program, judge->policy().subject, {gaps[random() % 5]}, random));
      subjects.back().shared = subjects.front().shared;
      // A record without a key is no subject.
      evidence::Datum& key = subjects.back().subject.items[*program.types.record_at(judge->policy().subject).key()];
      if (key.state != evidence::State::known) key = evidence::Datum::known(types::Scalar("k" + std::to_string(i)), {});
    }
    for (const Evidence& each : subjects) expected.push_back(judge->judge(each));
  }

  void expect_same(const ExecutorFactory& executor, std::size_t batch_rows) const {
    ColumnJudge by_columns(compilation->program, *judge, code, subjects.front().shared, executor);
    const auto found = by_columns.judge(subjects, batch_rows);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      const std::string wrong = difference(judge->policy(), expected[i], found[i]);
      ASSERT_EQ(wrong, "") << "subject " << i << ", batches of " << batch_rows << "\n" << declaration_of(module, wrong);
    }
  }

  std::mt19937 random;
  std::string module;
  std::unique_ptr<compiler::Compilation> compilation;
  std::unique_ptr<Judge> judge;
  ir::Code code;
  std::vector<Evidence> subjects;
  std::vector<verdicts::SubjectResult> expected;
};

TEST(Engines, SayTheSame) {
  for (unsigned seed = 0; seed < kPolicies && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const Portfolio portfolio(seed);
    if (portfolio.expected.empty()) break;
    for (const std::size_t batch_rows : {1u, 3u, 64u, 4096u})
      portfolio.expect_same(interpreter(portfolio.compilation->program, *portfolio.judge, portfolio.code), batch_rows);
  }
}

TEST(Engines, SayTheSameOnceTheyAreCompiled) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  for (unsigned seed = 0; seed < kCompiledPolicies && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    const Portfolio portfolio(seed);
    if (portfolio.expected.empty()) break;
    const auto made = plugin->compile(portfolio.code);
    ASSERT_TRUE(made.has_value()) << made.error();
    for (const std::size_t batch_rows : {1u, 64u, 4096u}) {
      portfolio.expect_same(interpreter(portfolio.compilation->program, *portfolio.judge, portfolio.code, *made),
                            batch_rows);
    }
  }
}

}  // namespace
}  // namespace muster::agreement
