// SPDX-License-Identifier: Apache-2.0
// What the parser says where a text is wrong: one line a case, the mistake and the message.
#include <gtest/gtest.h>

#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

std::string said(const std::string& text) {
  const parse::Result result = parse::parse_module(text, 0);
  std::string all;
  for (const auto& diagnostic : result.diagnostics.list()) {
    const auto line = 1 + std::count(text.begin(), text.begin() + diagnostic.span.begin, '\n');
    all += std::to_string(line) + ": " + diagnostic.message + "\n";
  }
  return all;
}

TEST(Messages, NameWhatIsExpectedAndWhatIsThere) {
  EXPECT_EQ(said("record R { m }"), "1: expected `:` and a type, found `}`\n");
  EXPECT_EQ(said("record R { m: }"), "1: expected a type, found `}`\n");
  EXPECT_EQ(said("enum { a }"), "1: expected a name, found `{`\n");
  EXPECT_EQ(said("param x: int"), "1: expected `=` and a value, found the end of the file\n");
  EXPECT_EQ(said("policy p { must c { require } }"), "1: expected an expression, found `}`\n");
  EXPECT_EQ(said("policy p { must c { requires a } }"), "1: expected a clause or `}`, found `requires`\n");
  EXPECT_EQ(said("policy p { gate g { when a } }"), "1: expected `let`, `require` or `}`, found `when`\n");
  EXPECT_EQ(said("policy p { must c { weight many } }"), "1: expected a number, found `many`\n");
  EXPECT_EQ(said("policy p { promote c must }"), "1: expected `to`, found `must`\n");
  EXPECT_EQ(said("bind S from s { a b }"), "1: expected `<-`, found `b`\n");
  EXPECT_EQ(said("test \"t\" for p { expect c maybe }"),
            "1: expected `met`, `unmet`, `na`, `waived` or `unknown`, found `maybe`\n");
  EXPECT_EQ(said("polcy p { }"), "1: expected a declaration, found `polcy`\n");
  EXPECT_EQ(said("policy p { must and \"x\" { require a } }"), "1: `and` is a word of the language and no name here\n");
  EXPECT_EQ(said("enum `` { a }"), "1: a name in backquotes can't be empty\n");
}

TEST(Messages, StandOnceForAMistake) {
  EXPECT_EQ(said("policy p {\n  must c { require a b c d + * ) ( weight }\n  must d { require e }\n}\n"),
            "2: expected `else`, a clause or `}`, found `b`\n");
  EXPECT_EQ(said("policy p {\n  must c { require a +\n    * b\n    - c }\n  must d { require ) }\n}\n"),
            "3: expected a value, found `*`\n5: expected an expression, found `)`\n");
  EXPECT_EQ(said("policy p {\n  must c {\n    require a\n  must d { require b }\n}\nenum E { a }\n"),
            "4: a block is not closed here\n");
  EXPECT_EQ(said("policy p {\n  section s {\n    must c {\n      require a\nenum E { a }\n"),
            "5: a block is not closed here\n");
  EXPECT_EQ(said("policy p {\n  must c {\n    require a\n  } }\n  must d { require b }\n}\nenum E { a }\n"),
            "4: this `}` closes nothing\n");
  EXPECT_EQ(said("policy p\n  must c { require a }\n}\nenum E { a }\n"),
            "2: expected `extends`, `for`, a text or `{`, found `must`\n");
}

TEST(Messages, AboutOpenTextsStandAlone) {
  EXPECT_EQ(said("policy p {\n  must c { require a else \"no }\n  must d { require b }\n}\n"),
            "2: the text has no closing `\"` on its line\n");
  EXPECT_EQ(said("bind S from s { a <- b map { \"x\" => y, \"z => w } }\n"),
            "1: the text has no closing `\"` on its line\n");
}

TEST(Messages, HelpAuthorsOfOtherLanguages) {
  const auto help = [](const std::string& condition) {
    const std::string text = "policy p { must c { require " + condition + " } }";
    const parse::Result result = parse::parse_module(text, 0);
    return result.diagnostics.list().empty() ? std::string("none") : result.diagnostics.list().front().help;
  };
  EXPECT_EQ(help("a && b"), "write `and`");
  EXPECT_EQ(help("a || b"), "write `or`");
  EXPECT_EQ(help("!a"), "write `not`");
  EXPECT_EQ(help("1 < n < 3"), "comparisons don't chain: join two with `and`; a range is `x in A..B`");
  EXPECT_EQ(help("n = 1"), "write `==` to compare");
  EXPECT_EQ(help("a == 'x'"), "texts stand in double quotes: `\"...\"`");
}

}  // namespace
}  // namespace muster::grammar_tests
