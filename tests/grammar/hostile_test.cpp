// SPDX-License-Identifier: Apache-2.0
// Texts that nobody wrote in good faith: the parser comes back, says something, and does no more than the
// text's length asks for.
#include <gtest/gtest.h>

#include <random>

#include "compiler/desugar/desugar.h"
#include "grammar/format/format.h"
#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

struct Outcome {
  std::size_t found = 0;
  base::Code first = base::Code::syntax;
  std::size_t attempts = 0;
};

// Through all that reads a tree.
Outcome read(std::string_view text) {
  const parse::Result parsed = parse::parse_module(text, 0);
  const desugar::Result meant = desugar::desugar(parsed.tree);
  if (!parsed.tree.broken) {
    EXPECT_TRUE(format::format(parsed.tree).has_value()) << text.substr(0, 200);
  }
  EXPECT_EQ(parsed.tree.broken, parsed.diagnostics.has_errors()) << text.substr(0, 200);
  base::Diagnostics all = parsed.diagnostics;
  all.append(meant.diagnostics);
  for (const auto& diagnostic : all.list()) {
    EXPECT_LE(diagnostic.span.begin, diagnostic.span.end) << diagnostic.message;
    EXPECT_LE(diagnostic.span.end, text.size()) << diagnostic.message;
  }
  return {all.list().size(), all.list().empty() ? base::Code::syntax : all.list().front().code, parsed.attempts};
}

TEST(Hostile, LongRunsOfOnePieceAreOneMistake) {
  constexpr std::size_t kMany = 30'000;
  struct Run {
    const char* before;
    const char* piece;
    const char* behind;
    base::Code code;
    std::size_t times = kMany;
  };
  const Run runs[] = {
      {"define f(): bool = ", "not ", "a\n", base::Code::source_limit, 500'000},
      {"define f(): bool = ", "(", "\n", base::Code::source_limit, 1'000'000},
      {"define f(): bool = ", "[", "\n", base::Code::source_limit},
      {"define f(): int = ", "-", "a\n", base::Code::source_limit},
      {"define f(): int = ", "if a then ", "\n", base::Code::source_limit},
      {"define f(): int = ", "any x in xs: ", "\n", base::Code::source_limit},
      {"define f(): int = ", "f(", "\n", base::Code::source_limit},
      {"define f(): int = ", "choose { a => ", "\n", base::Code::source_limit},
      {"define f(): int = ", "1 + ", "1\n", base::Code::source_limit},
      {"define f(): int = ", "1 implies ", "1\n", base::Code::source_limit},
      {"define f(): int = a", ".a", "\n", base::Code::source_limit},
      {"define f(): int = ", "exactly (", "\n", base::Code::source_limit},
      {"shared a: ", "list of ", "int\n", base::Code::source_limit},
      {"", "}", "\n", base::Code::syntax},
      {"", ")\n", "\n", base::Code::syntax},
      {"", ", ", "\n", base::Code::syntax},
      {"", "\"", "\n", base::Code::syntax},
      {"param x: int = ", "1", "\n", base::Code::bad_literal},
  };
  for (const Run& run : runs) {
    const std::string text = run.before + repeated(run.piece, run.times) + run.behind;
    const Outcome outcome = read(text);
    EXPECT_EQ(outcome.first, run.code) << run.piece;
    EXPECT_LE(outcome.attempts, 200 * run.times) << run.piece;
    // Where blocks are not closed either, that is a second.
    if (run.code == base::Code::source_limit) {
      EXPECT_LE(outcome.found, std::string_view(run.piece).find('{') == std::string_view::npos ? 1U : 2U) << run.piece;
    }
  }
}

TEST(Hostile, LongChainsOfAndAreNoMistake) {
  const std::string text = "define f(a: bool): bool = " + repeated("a and ", 100'000) + "a or a\n";
  EXPECT_EQ(read(text).found, 0U);
}

TEST(Hostile, ARuleIsNotTriedAgain) {
  for (const char* piece :
       {"exactly (a", "min(x in xs: ", "min(", "choose { a => (", "count(met ", "(if ", "{ a: ", "[{ a: ["}) {
    const std::string once = "fixture f: S = " + repeated(piece, 100) + "\n";
    const std::string twice = "fixture f: S = " + repeated(piece, 200) + "\n";
    EXPECT_LE(read(twice).attempts, 4 * read(once).attempts + 1000) << piece;
  }
}

TEST(Hostile, TheSampleCutAnywhere) {
  const std::string text = sample().text;
  for (std::size_t end = 0; end < text.size(); end += 3) (void)read(std::string_view(text).substr(0, end));
}

TEST(Hostile, RandomBytes) {
  std::mt19937 random(7);
  for (int tries = 0; tries < 2000; ++tries) {
    std::string text(random() % 200, ' ');
    for (char& byte : text) byte = static_cast<char>(random());
    (void)read(text);
  }
}

// Tokens of the language in any order.
TEST(Hostile, RandomTokens) {
  const Source source = sample();
  const parse::Result parsed = parse::parse_module(source.text, 0);
  std::mt19937 random(11);
  for (int tries = 0; tries < 3000; ++tries) {
    std::string text;
    for (std::size_t length = random() % 80; length > 0; --length) {
      text += parsed.tree.text_of(static_cast<syntax::TokenId>(random() % parsed.tree.tokens.size()));
      text += random() % 6 == 0 ? "\n" : random() % 9 == 0 ? "\n  " : " ";
    }
    (void)read(text);
  }
}

// Pieces of the sample put together wrongly: blocks that end in others.
TEST(Hostile, SplicedSamples) {
  const std::string text = sample().text;
  std::mt19937 random(13);
  for (int tries = 0; tries < 400; ++tries) {
    const auto piece = [&] {
      const std::size_t begin = random() % text.size();
      return text.substr(begin, random() % 600);
    };
    (void)read(piece() + piece() + piece());
  }
}

TEST(Hostile, EncodingsThatAreNone) {
  struct File {
    std::string text;
    std::size_t found;
  };
  const File files[] = {
      {"\xEF\xBB\xBF"
       "enum E { a }\n",
       0},
      {"// caf\xE9\nenum E { a }\n", 1},
      {std::string("// a\0b\nenum E { a }\n", 20), 1},
      {"// \xED\xA0\x80\n", 1},
      {"// \xF4\x90\x80\x80\n", 1},
      {"// \xC0\xAF\n", 1},
      {"// \xE2\x82\xAC \xF0\x9F\x98\x80\n", 0},
  };
  for (const File& file : files) {
    const parse::Result result = parse::parse_module(file.text, 0);
    ASSERT_EQ(result.diagnostics.list().size(), file.found) << file.text;
    if (file.found > 0) {
      EXPECT_EQ(result.diagnostics.list().front().code, base::Code::not_utf8);
    }
  }
}

TEST(Hostile, FilesPast16MiBAreNotRead) {
  const std::string text((std::size_t{16} << 20U) + 1, '\n');
  const parse::Result result = parse::parse_module(text, 0);
  ASSERT_EQ(result.diagnostics.list().size(), 1U);
  EXPECT_EQ(result.diagnostics.list().front().code, base::Code::source_limit);
  EXPECT_TRUE(parse::parse_module(std::string_view(text).substr(1), 0).diagnostics.list().empty());
}

}  // namespace
}  // namespace muster::grammar_tests
