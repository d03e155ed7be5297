// SPDX-License-Identifier: Apache-2.0
// grammar/muster.peg, the grammar for readers, names what there is: each of its rules is one of the parser's, each
// word and sign is one of the language's, and every rule that makes a node is on it.
#include <gtest/gtest.h>

#include <re2/re2.h>

#include <filesystem>
#include <set>

#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const RE2 regex(pattern);
  re2::StringPiece rest(text);
  for (std::string match; RE2::FindAndConsume(&rest, regex, &match);) found.insert(match);
  return found;
}

struct Page {
  std::string rules;  // without comments
  std::set<std::string> left;
};

Page page() {
  Page page;
  std::istringstream lines(read_file("grammar/muster.peg"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    page.rules += line + "\n";
    const std::size_t arrow = line.find(" <- ");
    if (arrow != std::string::npos && line[0] != ' ') page.left.insert(line.substr(0, line.find(' ')));
  }
  return page;
}

std::set<std::string> parser_rules() {
  std::set<std::string> rules;
  for (const auto& entry : std::filesystem::directory_iterator("grammar/rules")) {
    if (entry.path().extension() != ".h") continue;
    rules.merge(matches(read_file(entry.path().string()), "struct ([a-z_]+)"));
  }
  return rules;
}

TEST(Page, NamesRulesOfTheParser) {
  const std::set<std::string> rules = parser_rules();
  ASSERT_GT(page().left.size(), 100U);
  for (const std::string& name : page().left)
    EXPECT_TRUE(rules.contains(name)) << name << " is no rule of grammar/rules";
}

TEST(Page, DefinesWhatItUses) {
  const Page here = page();
  std::string plain = here.rules;
  RE2::GlobalReplace(&plain, "'[^']*'", " ");
  for (const std::string& name : matches(plain, "\\b([a-z][a-z_]+)\\b")) EXPECT_TRUE(here.left.contains(name)) << name;
}

TEST(Page, UsesWordsAndSignsOfTheLanguage) {
  std::set<std::string> words =
      matches(read_file("grammar/rules/keywords.def"), "MUSTER_(?:WORD|RESERVED)\\(([a-z_]+)\\)");
  words.merge(matches(read_file("grammar/rules/operators.def"), "MUSTER_SIGN\\([a-z_]+, \"([^\"]+)\"\\)"));
  const std::set<std::string> used = matches(page().rules, "'([^']+)'");
  for (const std::string& word : used)
    EXPECT_TRUE(words.contains(word)) << word << " is no word or sign of the language";
  for (const std::string& word : words) EXPECT_TRUE(used.contains(word)) << word << " has no place on the page";
}

TEST(Page, HasEveryRuleThatMakesANode) {
  const std::set<std::string> left = page().left;
  for (const std::string& rule :
       matches(read_file("grammar/rules/nodes.def"), "\nMUSTER_(?:NODE|CHAIN)\\(([a-z_]+)\\)"))
    EXPECT_TRUE(left.contains(rule)) << rule;
}

}  // namespace
}  // namespace muster::grammar_tests
