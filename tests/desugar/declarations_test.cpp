// SPDX-License-Identifier: Apache-2.0
// What declarations become, and what is left of broken ones.
#include <gtest/gtest.h>

#include "compiler/desugar/desugar.h"
#include "grammar/parse/parse.h"
#include "tests/desugar/module_text.h"
#include "tests/grammar/texts.h"

namespace muster::desugar_tests {
namespace {

ast::Module module_of(const std::string& text) { return desugar::desugar(parse::parse_module(text, 0).tree).module; }

TEST(Declarations, OfTheSampleAreAllThere) {
  const std::string text = grammar_tests::sample().text;
  const parse::Result kept = parse::parse_module(text, 0);
  const desugar::Result result = desugar::desugar(kept.tree);
  EXPECT_TRUE(result.diagnostics.list().empty());
  const ast::Module& module = result.module;
  EXPECT_EQ(module.imports.size(), 3U);
  EXPECT_EQ(module.imports[2].alias.text, "shapes");
  EXPECT_EQ(module.enums[0].doc, "How bad a finding is.\nFrom least to worst.");
  EXPECT_EQ(module.enums[0].members[2].spellings.size(), 2U);
  EXPECT_EQ(module.records.size(), 6U);
  EXPECT_EQ(module.policies.size(), 2U);
  EXPECT_EQ(module.policies[0].criteria.size(), 5U);
  EXPECT_EQ(module.policies[0].sections[0].criteria, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_TRUE(module.policies[0].criteria[0].locked);
  EXPECT_EQ(module.policies[0].criteria[0].doc, "Nothing critical.");
  EXPECT_EQ(module.waivers.size(), 2U);
  EXPECT_EQ(module.sources.size(), 4U);
  EXPECT_EQ(module.binds.size(), 4U);
  EXPECT_EQ(module.tests.size(), 2U);
  EXPECT_EQ(module.tests[0].cases.size(), 1U);
  std::vector<ast::Delta::Kind> kinds;
  for (const ast::Delta& delta : module.policies[1].deltas) kinds.push_back(delta.kind);
  using Kind = ast::Delta::Kind;
  EXPECT_EQ(kinds,
            (std::vector<Kind>{Kind::set, Kind::set, Kind::tighten, Kind::tighten_gate, Kind::promote, Kind::demote,
                               Kind::amend, Kind::replace, Kind::replace_gate, Kind::replace_score, Kind::replace_score,
                               Kind::replace_levels, Kind::drop, Kind::drop_gate, Kind::lock}));
  EXPECT_EQ(module.policies[1].deltas[5].level, ast::Level::may);
}

TEST(Declarations, OfGateAndScoreNamesAreNotMistaken) {
  const ast::Module module = module_of(
      "policy p {\n  replace gate because \"x\" { require a }\n  drop score because \"x\"\n  drop levels because "
      "\"x\"\n  tighten gate { require a }\n  drop gate gate\n}\n");
  using Kind = ast::Delta::Kind;
  std::vector<Kind> kinds;
  for (const ast::Delta& delta : module.policies.at(0).deltas) kinds.push_back(delta.kind);
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::replace, Kind::drop, Kind::drop, Kind::tighten, Kind::drop_gate}));
}

TEST(Declarations, OfResultsByTheirKind) {
  const ast::Module module = module_of(
      "test \"t\" for p as of 2026-01-01 {\n  expect gate met\n  expect gate ready pass\n  expect score unmet \"x\"\n  "
      "expect score s 50%\n  expect level l none\n"
      "  expect level l gold\n}\n");
  std::vector<ast::Expectation::Kind> kinds;
  for (const auto& expectation : module.tests.at(0).body.expectations) kinds.push_back(expectation.kind);
  using Kind = ast::Expectation::Kind;
  EXPECT_EQ(kinds,
            (std::vector<Kind>{Kind::criterion, Kind::gate, Kind::criterion, Kind::score, Kind::level, Kind::level}));
  EXPECT_EQ(module.tests[0].body.expectations[4].level.text, "none");
  EXPECT_EQ(base::to_text(*module.tests[0].as_of), "2026-01-01T23:59:59.999999Z");
}

TEST(BrokenDeclarations, KeepWhatCouldBeRead) {
  const ast::Module module = module_of(
      "enum { a }\n"
      "record R { m: , n: int }\n"
      "define f(x: int): int = x * * 2\n"
      "param p: int = = 4\n"
      "policy q for S \"Q\" {\n"
      "  must c1 { require n > ) 3  require n > 4 }\n"
      "  must \"no name\" { require a }\n"
      "  must and \".\" { require a }\n"
      "  must c2 { require b }\n"
      "}\n");
  ASSERT_EQ(module.records.size(), 1U);
  ASSERT_EQ(module.records[0].fields.size(), 2U);
  EXPECT_EQ(module.records[0].fields[0].name.text, "m");
  EXPECT_EQ(module.records[0].fields[0].type.kind, ast::TypeRef::Kind::error);
  EXPECT_TRUE(module.records[0].incomplete);
  ASSERT_EQ(module.defines.size(), 1U);
  EXPECT_EQ(expression_text(module, module.defines[0].body), "<error>");
  EXPECT_EQ(expression_text(module, module.params.at(0).value), "<error>");
  EXPECT_TRUE(module.enums.at(0).name.empty());
  const ast::PolicyDecl& policy = module.policies.at(0);
  ASSERT_EQ(policy.criteria.size(), 4U);
  EXPECT_EQ(expression_text(module, policy.criteria[0].clauses.at(0).requirement.condition), "<error>");
  EXPECT_EQ(expression_text(module, policy.criteria[0].clauses.at(1).requirement.condition), "(> n 4)");
  EXPECT_TRUE(policy.criteria[1].name.empty());
  EXPECT_TRUE(policy.criteria[2].name.empty());
  EXPECT_EQ(policy.criteria[3].name.text, "c2");
  EXPECT_FALSE(policy.criteria[3].incomplete);
}

TEST(BrokenDeclarations, SayWhichDeltasAreIncomplete) {
  const ast::Module module = module_of(
      "policy p extends q {\n"
      "  set a = 1\n"
      "  set b 2\n"
      "  lock c\n"
      "  promote d must\n"
      "  tighten e { weight 3 }\n"
      "  drop f becuse \"x\"\n"
      "  lock g\n"
      "  must h { require }\n"
      "  replace i {\n"
      "    require a\n"
      "}\n");
  std::string incomplete;
  for (const ast::Delta& delta : module.policies.at(0).deltas)
    if (delta.incomplete) incomplete += delta.target.parts.at(0).text;
  EXPECT_EQ(incomplete, "bdefi");
}

}  // namespace
}  // namespace muster::desugar_tests
