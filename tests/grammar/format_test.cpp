// SPDX-License-Identifier: Apache-2.0
// The formatter: one layout for the same tokens and comments, however they were spaced.
#include "grammar/format/format.h"

#include <gtest/gtest.h>

#include "tests/grammar/respace.h"
#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

std::string formatted(const std::string& text) {
  const parse::Result result = parse::parse_module(text, 0);
  EXPECT_TRUE(result.diagnostics.list().empty())
      << text << "\n"
      << (result.diagnostics.list().empty() ? "" : result.diagnostics.list().front().message);
  const auto written = format::format(result.tree);
  EXPECT_TRUE(written.has_value()) << text;
  return written.value_or("");
}

TEST(Format, LeavesTheSampleAndTheExamplesAsTheyAre) {
  for (const Source& source : sample_and_examples()) EXPECT_EQ(formatted(source.text), source.text) << source.path;
}

TEST(Format, DependsOnTokensAndCommentsAlone) {
  constexpr int kTries = 250;
  for (const Source& source : sample_and_examples()) {
    const parse::Result parsed = parse::parse_module(source.text, 0);
    const std::string once = formatted(source.text);
    for (int seed = 0; seed < kTries; ++seed) {
      Random random(static_cast<unsigned>(seed));
      const std::string text = respaced(parsed.tree, random);
      ASSERT_EQ(formatted(text), once) << source.path << ", seed " << seed << "\n" << text;
    }
  }
}

// As some editors write them: LF, CRLF, CR alone. A comment ends with its line.
TEST(Format, WritesOneKindOfLineEnd) {
  for (const Source& source : sample_and_examples()) {
    for (const std::string_view line_end : {"\r\n", "\r"}) {
      std::string text;
      for (const char c : source.text) c == '\n' ? text += line_end : text += c;
      ASSERT_EQ(formatted(text), source.text) << source.path;
    }
  }
}

// Comments before each token: formatting once is enough, and loses nothing.
TEST(Format, IsStableAndKeepsCommentsAnywhere) {
  const Source source = sample();
  const parse::Result parsed = parse::parse_module(source.text, 0);
  for (const syntax::NodeId declaration : parsed.tree.children(parsed.tree.root())) {
    const base::Span place = parsed.tree.span(declaration);
    for (syntax::TokenId id = parsed.tree.node(declaration).begin; id < parsed.tree.node(declaration).end; ++id) {
      if (parsed.tree.tokens[id].kind == syntax::TokenKind::unit) continue;
      for (const char* comment : {"\n/// alone\n// two\n", " // behind\n// alone\n"}) {
        std::string text = source.text.substr(place.begin, place.end - place.begin);
        text.insert(parsed.tree.tokens[id].begin - place.begin, comment);
        const parse::Result commented = parse::parse_module(text, 0);
        ASSERT_TRUE(commented.diagnostics.list().empty()) << text;
        const auto once = format::format(commented.tree);
        ASSERT_TRUE(once.has_value()) << text;
        ASSERT_EQ(formatted(*once), *once) << *once;
      }
    }
  }
}

TEST(Format, RefusesWhatHasErrors) {
  for (const char* text :
       {"policy p {", "enum { a }", "param x: int = = 4", "// \xFF\n", "enum E { a } }", "param t: text = \"open\n"}) {
    const parse::Result result = parse::parse_module(text, 0);
    EXPECT_FALSE(format::format(result.tree).has_value()) << text;
  }
}

struct Layout {
  const char* name;
  const char* before;
  const char* after;
};

class LayoutOf : public testing::TestWithParam<Layout> {};

TEST_P(LayoutOf, IsThis) { EXPECT_EQ(formatted(GetParam().before), GetParam().after); }

INSTANTIATE_TEST_SUITE_P(
    Format, LayoutOf,
    testing::Values(
        Layout{"nothing", "", ""}, Layout{"comments_alone", "\n\n// a\n\n\n// b", "// a\n// b\n"},
        Layout{"short_records", "record R{a:int b:text?}record S {\n}", "record R { a: int  b: text? }\nrecord S {}\n"},
        Layout{"commas_stay", "enum E { a,b c, }", "enum E { a, b c, }\n"},
        Layout{"file_heading", "// head\n/// doc\nenum E { a }", "// head\n\n/// doc\nenum E { a }\n"},
        Layout{"few_clauses",
               "policy p { must c \"t\" { when a\nrequire b } must d { require a require b require c } }",
               "policy p {\n  must c \"t\" { when a  require b }\n\n  must d {\n    require a\n    require b\n    "
               "require c\n  }\n}\n"},
        Layout{"operators", "define f ( a : int ) : number = - - a * -5 + g( -1 , a . b ?. c )",
               "define f(a: int): number = --a * -5 + g(-1, a.b?.c)\n"},
        Layout{"long_chain",
               "define f(a: bool): bool = aaaaaaaaaaaaaaaaaaaaaaaaa and bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb or "
               "ccccccccccccccccccccccccccccc and ddddddddddd",
               "define f(a: bool): bool =\n  aaaaaaaaaaaaaaaaaaaaaaaaa\n    and bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n    "
               "or ccccccccccccccccccccccccccccc\n    and ddddddddddd\n"}),
    [](const testing::TestParamInfo<Layout>& layout) { return layout.param.name; });

}  // namespace
}  // namespace muster::grammar_tests
