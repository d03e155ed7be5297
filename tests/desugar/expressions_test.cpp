// SPDX-License-Identifier: Apache-2.0
// What expressions mean: operators by their strength, literals, messages, and where each piece stands.
#include <gtest/gtest.h>

#include "compiler/desugar/desugar.h"
#include "grammar/parse/parse.h"
#include "tests/desugar/module_text.h"

namespace muster::desugar_tests {
namespace {

struct Read {
  ast::Module module;
  std::vector<base::Diagnostic> diagnostics;
};

Read read(const std::string& text) {
  const parse::Result parsed = parse::parse_module(text, 0);
  desugar::Result meant = desugar::desugar(parsed.tree);
  base::Diagnostics all = parsed.diagnostics;
  all.append(meant.diagnostics);
  return {std::move(meant.module), all.list()};
}

std::string meaning(const std::string& expression) {
  const Read result = read("define f(): bool = " + expression + "\n");
  if (!result.diagnostics.empty()) return result.diagnostics.front().message;
  return expression_text(result.module, result.module.defines.at(0).body);
}

TEST(Operators, BindByTheirStrength) {
  EXPECT_EQ(meaning("a or b and c"), "(or a (and b c))");
  EXPECT_EQ(meaning("a and b or c and d or e"), "(or (and a b) (and c d) e)");
  EXPECT_EQ(meaning("a implies b implies c or d"), "(implies a (implies b (or c d)))");
  EXPECT_EQ(meaning("not a and b"), "(and (not a) b)");
  EXPECT_EQ(meaning("not a == b"), "(not (== a b))");
  EXPECT_EQ(meaning("a + b * c - d / e"), "(- (+ a (* b c)) (/ d e))");
  EXPECT_EQ(meaning("10 - 4 - n"), "(- (- 10 4) n)");
  EXPECT_EQ(meaning("a ?? 1 + 1 == 2"), "(== (?? a (+ 1 1)) 2)");
  EXPECT_EQ(meaning("a ?? b assume c"), "(assume (?? a b) c)");
  EXPECT_EQ(meaning("2 * -n"), "(* 2 (neg n))");
  EXPECT_EQ(meaning("-a.b"), "(neg (.b a))");
  EXPECT_EQ(meaning("n + 1 in 2..3 + 1"), "(in (+ n 1) (.. 2 (+ 3 1)))");
  EXPECT_EQ(meaning("n<-5"), "(< n -5)");
  EXPECT_EQ(meaning("a?.b.c ?? d"), "(?? (.c (?.b a)) d)");
  EXPECT_EQ(meaning("(a or b) and c"), "(and (or a b) c)");
}

TEST(Operators, ReachAsFarRightAsTheyCan) {
  EXPECT_EQ(meaning("any x in xs: x > 3 or f"), "(any x xs _ (or (> x 3) f) _)");
  EXPECT_EQ(meaning("f and any x in xs where x: y implies z"), "(and f (any x xs x (implies y z) _))");
  EXPECT_EQ(meaning("not if a then b else c and d"), "(not (if a b (and c d)))");
  EXPECT_EQ(meaning("if a then if b then c else d else e"), "(if a (if b c d) e)");
  EXPECT_EQ(meaning("at least 2 x in xs: all y in ys: y"), "(at least x xs _ (all y ys _ y _) 2)");
  EXPECT_EQ(meaning("exactly (n + 1) x in xs: x"), "(exactly x xs _ x (+ n 1))");
  EXPECT_EQ(meaning("at most n days in xs: days"), "(at most days xs _ days n)");
  EXPECT_EQ(meaning("at least 2 days in xs: days"), "(at least days xs _ days 2)");
}

TEST(Words, AreNamesOutOfTheirPlace) {
  EXPECT_EQ(meaning("any and all"), "(and any all)");
  EXPECT_EQ(meaning("exactly(2) == at"), "(== (call exactly 2) at)");
  EXPECT_EQ(meaning("min(min, 9) + min(x in xs: x)"), "(+ (call min min 9) (min x xs _ x))");
  EXPECT_EQ(meaning("first - count"), "(- first count)");
  EXPECT_EQ(meaning("xs contains any ys"), "(contains any xs ys)");
  EXPECT_EQ(meaning("xs contains any and b"), "(and (contains xs any) b)");
  EXPECT_EQ(meaning("passes(a) and every"), "(and (call passes a) every)");
  EXPECT_EQ(meaning("a.in.not.true"), "(.true (.not (.in a)))");
  EXPECT_EQ(meaning("choose == 1"), "(== choose 1)");
  EXPECT_EQ(meaning("assume assume assume"), "(assume assume assume)");
}

TEST(Literals, AreValues) {
  EXPECT_EQ(meaning("[1_000, 1.5, 80%, 83.5%, true, none, unknown]"), "(list 1000 1.5d 80% 83.5% true none unknown)");
  EXPECT_EQ(meaning("[-9223372036854775808, -1.5, -80%]"), "(list -9223372036854775808 -1.5d -80%)");
  EXPECT_EQ(meaning("[2 weeks, 90 days, -4 hours, 1 year, 18 months]"),
            "(list 14 days 90 days -4 hours 1 year 18 months)");
  EXPECT_EQ(meaning("[2026-11-23, 2026-11-23T12:00:00+02:00, v8.0.2-rc.1]"),
            "(list 2026-11-23 2026-11-23T10:00:00Z v8.0.2-rc.1)");
  EXPECT_EQ(meaning(R"(["a" "\"\\\n\t\u{e9}" r"\d"])"), "(list \"a\"\\\n\t\xC3\xA9\\d\")");
  EXPECT_EQ(meaning("0001.50"), "1.5d");
}

TEST(Literals, ThatDoNotExistAreErrors) {
  const std::pair<const char*, const char*> bad[] = {
      {"9223372036854775808", "`9223372036854775808` does not fit in 64 bits"},
      {"1e5", "`1e5` is no number"},
      {"1__0", "`1__0` is no number"},
      {"1_", "`1_` is no number"},
      {"0x1F", "`0x1F` is no number"},
      {"90days", "`90days` is no number"},
      {"2026-02-30", "there is no date `2026-02-30`"},
      {"2026-11-23T10:00:00", "`2026-11-23T10:00:00` does not say in which zone"},
      {"2026-11-23T25:00:00Z", "there is no time `2026-11-23T25:00:00Z`"},
      {"1.5 hours", "durations and periods are whole numbers of units"},
      {"9223372036854775807 days", "`9223372036854775807 days` is longer than a duration can be"},
      {"2147483648 months", "`2147483648 months` is longer than a period can be"},
      {"\"\\q\"", "there is no escape `\\q`"},
      {"\"\\u{110000}\"", "no character has the number of `\\u{110000}`"},
      {"\"\\u{D800}\"", "no character has the number of `\\u{D800}`"},
  };
  for (const auto& [text, message] : bad) EXPECT_EQ(meaning(text), message) << text;
}

std::string message(const std::string& text) {
  const Read result = read("policy p { must c { require a else " + text + " } }\n");
  if (!result.diagnostics.empty()) return result.diagnostics.front().message;
  std::string shown;
  for (const auto& piece : result.module.policies.at(0).criteria.at(0).clauses.at(0).requirement.message->pieces) {
    shown += "[" + piece.text + "]";
    if (piece.expression != ast::kNoExpr) shown += expression_text(result.module, piece.expression);
  }
  return shown;
}

TEST(Messages, AreCutAtTheirBraces) {
  EXPECT_EQ(message(R"("plain")"), "[plain]");
  EXPECT_EQ(message(R"("")"), "[]");
  EXPECT_EQ(message(R"("{a}")"), "[]a");
  EXPECT_EQ(message(R"("{a} of {b + 1}.")"), "[]a[ of ](+ b 1)[.]");
  EXPECT_EQ(message(R"("{{{a}}} and }}{{")"), "[{]a[} and }{]");
  EXPECT_EQ(message(R"("joined {" "a" "} here")"), "[joined ]a[ here]");
  EXPECT_EQ(message(R"("\u{7B}a\u{7D}")"), "[]a");
  EXPECT_EQ(message(R"(r"{a}\d")"), "[]a[\\d]");
  EXPECT_EQ(message(R"("{any x in xs: x > 1}")"), "[](any x xs _ (> x 1) _)");
}

TEST(Messages, WithBracesThatHoldNothingAreErrors) {
  EXPECT_EQ(message(R"("a } b")"), "a `}` closes nothing here");
  EXPECT_EQ(message(R"("a { b")"), "a `{` is not closed in the message");
  EXPECT_EQ(message(R"("{}")"), "the braces hold no expression");
  EXPECT_EQ(message(R"("{choose { a => 1 }}")"), "braces in a message hold no braces");
  EXPECT_EQ(message(R"("{a b}")"), "expected an operator or the end of the expression, found `b`");
  EXPECT_EQ(message(R"("{a +}")"), "expected a value, found `}`");
}

// Where an expression in a message stands: behind escapes and in the second of two texts, too.
TEST(Messages, KnowWhereTheirExpressionsStand) {
  const std::string text = "policy p { must c { require a else \"\\u{1F600} é \\n\"\n  \"{first} {second}\" } }\n";
  const Read result = read(text);
  ASSERT_TRUE(result.diagnostics.empty());
  std::vector<std::string> seen;
  for (const auto& piece : result.module.policies[0].criteria[0].clauses[0].requirement.message->pieces) {
    if (piece.expression == ast::kNoExpr) continue;
    const base::Span span = result.module.expr(piece.expression).span;
    seen.push_back(text.substr(span.begin, span.end - span.begin));
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"first", "second"}));
}

TEST(Spans, CoverWhatIsWritten) {
  const std::string text = "define f(): bool = a and (b + -3) == c.d(1)\n";
  const Read result = read(text);
  std::vector<std::string> seen;
  for (const ast::Expr& expr : result.module.exprs) {
    seen.push_back(text.substr(expr.span.begin, expr.span.end - expr.span.begin) + " @ " +
                   text.substr(expr.op_span.begin, expr.op_span.end - expr.op_span.begin));
  }
  const std::vector<std::string> expected = {"a @ a",
                                             "b @ b",
                                             "-3 @ 3",
                                             "b + -3 @ +",
                                             "c @ c",
                                             "c.d @ d",
                                             "1 @ 1",
                                             "c.d(1) @ d",
                                             "(b + -3) == c.d(1) @ ==",
                                             "a and (b + -3) == c.d(1) @ and"};
  EXPECT_EQ(seen, expected);
}

TEST(Depth, IsBoundedInEveryChain) {
  const auto chain = [](const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text + "a";
  };
  for (const char* piece : {"a + ", "a * ", "a ?? ", "a implies ", "not ", "-", "a.a."}) {
    EXPECT_NE(meaning(chain(piece, 100)).substr(0, 14), "more than 256 ") << piece;
    EXPECT_EQ(meaning(chain(piece, 300)).substr(0, 14), "more than 256 ") << piece;
  }
  EXPECT_EQ(meaning(chain("a and ", 5000)).substr(0, 8), "(and a a");
}

}  // namespace
}  // namespace muster::desugar_tests
