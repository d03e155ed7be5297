// SPDX-License-Identifier: Apache-2.0
// Every construct in every other, 10 and 20 deep: the work, counted in tokens that rules asked for, grows with
// the text and not with its depth. Deeper than 256 is one diagnostic.
#include <gtest/gtest.h>

#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

struct Construct {
  const char* name;
  const char* before;
  const char* behind;
};

// All can stand as an operand, and hold an expression.
const Construct kConstructs[] = {
    {"brackets", "(", ")"},
    {"not", "(not (", "))"},
    {"minus", "-(1 + ", ")"},
    {"sum", "(1 + ", " * 2)"},
    {"comparison", "(1 == ", ")"},
    {"and", "(a and ", " or b)"},
    {"implies", "(a implies ", " implies b)"},
    {"coalesce", "(a ?? ", ")"},
    {"in", "(a in [1, ", ", 2])"},
    {"range", "(a in (", ")..b)"},
    {"list", "[a, ", "]"},
    {"call", "f(a, ", ", b)"},
    {"member_call", "a.f(", ").g"},
    {"if_condition", "(if ", " then a else b)"},
    {"if_then", "(if a then ", " else b)"},
    {"if_else", "(if a then b else ", ")"},
    {"choose_condition", "choose { ", " => 1, else => 2 }"},
    {"choose_value", "choose { a => ", ", else => 2 }"},
    {"choose_else", "choose { a => 1, else => ", " }"},
    {"any_list", "(any x in ", ": x)"},
    {"any_where", "(any x in xs where ", ": x)"},
    {"any_body", "(any x in xs: ", ")"},
    {"at_least", "(at least (", ") x in xs: x)"},
    {"exactly", "(exactly (", ") x in xs: x)"},
    {"exactly_call", "exactly(", ")"},
    {"count", "count(x in ", " where a)"},
    {"sum_of", "sum(x in xs where a: ", ")"},
    {"min_of", "min(x in xs: ", ")"},
    {"min_function", "min(a, ", ")"},
    {"latest", "latest(x in xs where a by ", ")"},
    {"first", "first(x in xs where ", ")"},
    {"text_operator", "(a starts with ", ")"},
    {"state", "(", " is not present)"},
};

std::string nested(const Construct& outer, const Construct& inner, int depth) {
  std::string text = "a";
  for (int i = 0; i < depth; ++i) {
    const Construct& construct = i % 2 == 0 ? inner : outer;
    text = construct.before + text + construct.behind;
  }
  return "define f(a: int): int = " + text + "\n";
}

std::string described(const parse::Result& result) {
  return result.diagnostics.list().empty() ? "no diagnostic" : result.diagnostics.list().front().message;
}

TEST(Nesting, CostsNoMoreThanItsText) {
  for (const Construct& outer : kConstructs) {
    for (const Construct& inner : kConstructs) {
      const auto attempts = [&](int depth) {
        const std::string text = nested(outer, inner, depth);
        const parse::Result result = parse::parse_module(text, 0);
        EXPECT_TRUE(result.diagnostics.list().empty()) << text << described(result);
        return result.attempts;
      };
      const std::size_t ten = attempts(10);
      const std::size_t twenty = attempts(20);
      const std::size_t sixty = attempts(60);
      // What a level costs stays the same.
      EXPECT_LE(twenty - ten, ten + 100) << outer.name << " in " << inner.name;
      EXPECT_LE(sixty - twenty, 4 * (twenty - ten) + 100) << outer.name << " in " << inner.name;
    }
  }
}

// Broken at its heart: the alternatives that were begun are not tried again.
TEST(Nesting, CostsNoMoreWhereItIsBroken) {
  for (const Construct& outer : kConstructs) {
    for (const Construct& inner : kConstructs) {
      const auto attempts = [&](int depth) {
        std::string text = nested(outer, inner, depth);
        const std::size_t heart =
            text.find(std::string(inner.before) + "a" + inner.behind) + std::string(inner.before).size();
        text.replace(heart, 1, "= =");
        const parse::Result result = parse::parse_module(text, 0);
        EXPECT_EQ(result.diagnostics.list().size(), 1U) << text;
        return result.attempts;
      };
      const std::size_t ten = attempts(10);
      const std::size_t twenty = attempts(20);
      EXPECT_LE(twenty - ten, ten + 100) << outer.name << " in " << inner.name;
    }
  }
}

// Each two hundred deep, where levels of brackets, lists and calls come two at a time in some.
TEST(Nesting, GoesDeep) {
  for (const Construct& construct : kConstructs) {
    for (const int depth : {100, 200, 1000}) {
      const std::string text = nested(construct, construct, depth);
      const parse::Result result = parse::parse_module(text, 0);
      EXPECT_LE(result.diagnostics.list().size(), 1U) << construct.name << " " << depth;
      if (depth == 100) {
        EXPECT_TRUE(result.diagnostics.list().empty()) << construct.name << described(result);
      }
      if (depth == 1000) {
        ASSERT_EQ(result.diagnostics.list().size(), 1U) << construct.name;
        EXPECT_EQ(result.diagnostics.list().front().code, base::Code::source_limit) << described(result);
      }
    }
  }
}

TEST(Nesting, IsLimitedInTypesAndValues) {
  const auto repeated = [](const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += piece;
    return text;
  };
  const std::string lists = "shared s: " + repeated("list of ", 400) + "int\n";
  const std::string brackets = "shared s: " + repeated("(", 400) + "int" + repeated(")", 400) + "\n";
  const std::string objects = "fixture f: S = " + repeated("{ a: ", 400) + "1" + repeated(" }", 400) + "\n";
  const std::string values = "fixture f: S = " + repeated("[", 400) + repeated("]", 400) + "\n";
  for (const std::string& text : {lists, brackets, objects, values}) {
    const parse::Result result = parse::parse_module(text, 0);
    ASSERT_EQ(result.diagnostics.list().size(), 1U) << text.substr(0, 40);
    EXPECT_EQ(result.diagnostics.list().front().code, base::Code::source_limit) << text.substr(0, 40);
  }
}

}  // namespace
}  // namespace muster::grammar_tests
