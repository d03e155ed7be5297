// SPDX-License-Identifier: Apache-2.0
// Formatting changes nothing that a module says.
#include "grammar/format/format.h"

#include <gtest/gtest.h>

#include "compiler/desugar/desugar.h"
#include "tests/desugar/module_text.h"
#include "tests/grammar/respace.h"
#include "tests/grammar/texts.h"

namespace muster::desugar_tests {
namespace {

std::string meaning(const syntax::Tree& tree) { return module_text(desugar::desugar(tree).module); }

TEST(FormattedModule, SaysTheSame) {
  for (const grammar_tests::Source& source : grammar_tests::sample_and_examples()) {
    const parse::Result parsed = parse::parse_module(source.text, 0);
    const std::string before = meaning(parsed.tree);
    ASSERT_FALSE(before.empty());
    for (unsigned seed = 0; seed < 20; ++seed) {
      grammar_tests::Random random(seed);
      const std::string text = grammar_tests::respaced(parsed.tree, random);
      const parse::Result spaced = parse::parse_module(text, 0);
      const auto written = format::format(spaced.tree);
      ASSERT_TRUE(written.has_value()) << source.path << ", seed " << seed;
      const parse::Result again = parse::parse_module(*written, 0);
      ASSERT_EQ(meaning(spaced.tree), before) << source.path << ", seed " << seed;
      ASSERT_EQ(meaning(again.tree), before) << source.path << ", seed " << seed;
    }
  }
}

}  // namespace
}  // namespace muster::desugar_tests
