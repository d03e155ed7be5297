// SPDX-License-Identifier: Apache-2.0
// Every fix that is offered in the golden cases of codes: the text that it makes has no error that wasn't there, and
// where it is safe, random subjects are judged as before.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/agreement/judged.h"
#include "tests/golden/case_file.h"
#include "tests/source_text.h"

namespace muster::agreement {
namespace {

constexpr int kSubjects = 100;

compiler::Compilation checked(const golden::Case& files, const std::string& main) {
  compiler::Loader loader;
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    if (path == "main.muster") return main;
    for (const auto& [name, text] : files.files) {
      if (name == path) return text;
    }
    return std::nullopt;
  };
  return compiler::compile({"main.muster", "", "", compiler::Lints::run}, loader);
}

std::string mended(std::string text, base::Fix fix) {
  std::sort(fix.edits.begin(), fix.edits.end(),
            [](const base::TextEdit& a, const base::TextEdit& b) { return a.span.begin > b.span.begin; });
  for (const auto& edit : fix.edits) text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  return text;
}

void expect_same_verdicts(const typed::Program& before, const typed::Program& after) {
  ASSERT_EQ(before.policies.size(), after.policies.size());
  for (std::uint32_t policy = 0; policy < before.policies.size(); ++policy) {
    Judge old_judge(before, policy), new_judge(after, policy);
    std::mt19937 random(policy);
    for (int i = 0; i < kSubjects; ++i) {
      const Evidence evidence =
          random_evidence(before, old_judge.policy().subject, {static_cast<unsigned>(i % 3) * 3}, random);
      const auto was = old_judge.judge(evidence), is = new_judge.judge(evidence);
      ASSERT_EQ(was.criteria.size(), is.criteria.size());
      for (std::size_t c = 0; c < was.criteria.size(); ++c)
        EXPECT_EQ(was.criteria[c].possible.bits(), is.criteria[c].possible.bits());
      EXPECT_EQ(was.gates, is.gates);
    }
  }
}

TEST(Fixes, make_what_can_be_read_and_mean_the_same_where_they_are_safe) {
  std::size_t safe = 0, others = 0;
  for (const auto& entry : std::filesystem::directory_iterator("tests/golden/codes")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    const golden::Case read = golden::read_case(text.str());
    const auto main = std::find_if(read.files.begin(), read.files.end(),
                                   [](const auto& each) { return each.first == "main.muster"; });
    if (main == read.files.end()) continue;
    const auto before = checked(read, main->second);
    for (const auto& diagnostic : before.diagnostics.list()) {
      for (const auto& fix : diagnostic.fixes) {
        SCOPED_TRACE(entry.path().string() + ": " + diagnostic.message + ": " + fix.title);
        const auto after = checked(read, mended(main->second, fix));
        EXPECT_LE(after.diagnostics.error_count(), before.diagnostics.error_count());
        // Once an error is mended, lints may find more.
        const auto& left = after.diagnostics.list();
        EXPECT_TRUE(std::none_of(left.begin(), left.end(), [&](const base::Diagnostic& each) {
          return each.message == diagnostic.message && each.span.begin == diagnostic.span.begin;
        }));
        ++(fix.is_safe ? safe : others);
        if (fix.is_safe && !before.diagnostics.has_errors()) expect_same_verdicts(before.program, after.program);
      }
    }
  }
  EXPECT_GE(safe, 3u);
  EXPECT_GE(others, 3u);
}

}  // namespace
}  // namespace muster::agreement
