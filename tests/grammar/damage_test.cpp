// SPDX-License-Identifier: Apache-2.0
// One mistake costs one declaration: in the sample and all examples each token is left out, doubled, and
// exchanged with its neighbour.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/grammar/texts.h"

namespace muster::grammar_tests {
namespace {

using syntax::TokenId;

struct Damage {
  std::string what;
  std::string text;
  TokenId first = 0;  // tokens [first, last] of the original are damaged
  TokenId last = 0;
};

std::string_view token_text(const syntax::Tree& tree, TokenId id) { return tree.text_of(id); }

std::string with(const syntax::Tree& tree, TokenId id, std::string_view instead) {
  std::string text(tree.text);
  return text.replace(tree.tokens[id].begin, tree.tokens[id].end - tree.tokens[id].begin, instead);
}

Damage left_out(const syntax::Tree& tree, TokenId id) { return {"left out", with(tree, id, " "), id, id}; }

Damage doubled(const syntax::Tree& tree, TokenId id) {
  const std::string twice = std::string(token_text(tree, id)) + " " + std::string(token_text(tree, id));
  return {"doubled", with(tree, id, twice), id, id};
}

Damage exchanged(const syntax::Tree& tree, TokenId id) {
  const syntax::Token& a = tree.tokens[id];
  const syntax::Token& b = tree.tokens[id + 1];
  std::string text(tree.text.substr(0, a.begin));
  text += tree.text.substr(b.begin, b.end - b.begin);
  text += tree.text.substr(a.end, b.begin - a.end);
  // Not to make one word of two.
  if (a.end == b.begin) text += " ";
  text += tree.text.substr(a.begin, a.end - a.begin);
  text += tree.text.substr(b.end);
  return {"exchanged with the next", text, id, id + 1};
}

// Of lines that hold tokens, the number of each.
std::map<std::uint32_t, int> token_lines(const syntax::Tree& tree) {
  std::map<std::uint32_t, int> lines;
  for (const syntax::Token& token : tree.tokens) lines.emplace(token.line, 0);
  int number = 0;
  for (auto& [line, value] : lines) value = number++;
  return lines;
}

std::uint32_t line_of(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + offset, '\n'));
}

class Checker {
 public:
  explicit Checker(const Source& source)
      : source_(source), whole_(parse::parse_module(source_.text, 0)), lines_(token_lines(whole_.tree)) {
    for (const syntax::NodeId node : whole_.tree.children(whole_.tree.root()))
      declarations_.push_back({node, shape(whole_.tree, node)});
  }

  void run() {
    ASSERT_TRUE(whole_.diagnostics.list().empty()) << source_.path << ": " << whole_.diagnostics.list().front().message;
    const TokenId end = static_cast<TokenId>(whole_.tree.tokens.size()) - 1;
    for (TokenId id = 0; id < end; ++id) {
      check(left_out(whole_.tree, id));
      check(doubled(whole_.tree, id));
      if (id + 1 < end) check(exchanged(whole_.tree, id));
    }
  }

 private:
  struct Declaration {
    syntax::NodeId node;
    std::string shape;
  };

  std::string describe(const Damage& damage, const parse::Result& result) const {
    const syntax::Token& token = whole_.tree.tokens[damage.first];
    std::string text = source_.path + ":" + std::to_string(token.line + 1) + ":" + std::to_string(token.column + 1) +
                       ": `" + std::string(whole_.tree.text_of(damage.first)) + "` " + damage.what;
    for (const auto& diagnostic : result.diagnostics.list())
      text += "\n  line " + std::to_string(line_of(damage.text, diagnostic.span.begin) + 1) + ": " + diagnostic.message;
    return text;
  }

  void check(const Damage& damage) const {
    const parse::Result result = parse::parse_module(damage.text, 0);
    const auto& found = result.diagnostics.list();
    EXPECT_LE(found.size(), 2U) << describe(damage, result);
    if (!found.empty()) {
      const int at = number(line_of(damage.text, found.front().span.begin));
      const int from = number(whole_.tree.tokens[damage.first].line);
      const int to = number(whole_.tree.tokens[damage.last].line);
      EXPECT_TRUE(at >= from - 1 && at <= to + 1) << describe(damage, result);
    }
    // Where the text is still right it means what it says: `import a as` takes any name that follows.
    if (found.empty()) return;
    std::set<std::string> left;
    for (const syntax::NodeId node : result.tree.children(result.tree.root())) left.insert(shape(result.tree, node));
    for (const Declaration& declaration : declarations_) {
      const syntax::Node& node = whole_.tree.node(declaration.node);
      if (node.begin <= damage.last && damage.first < node.end) continue;
      EXPECT_TRUE(left.contains(declaration.shape)) << describe(damage, result) << "\n  costs\n"
                                                    << declaration.shape.substr(declaration.shape.size() / 2, 80);
    }
  }

  int number(std::uint32_t line) const {
    const auto found = lines_.lower_bound(line);
    return found == lines_.end() ? static_cast<int>(lines_.size()) : found->second;
  }

  Source source_;
  parse::Result whole_;
  std::map<std::uint32_t, int> lines_;
  std::vector<Declaration> declarations_;
};

TEST(Damage, CostsOneDeclaration) {
  for (const Source& source : sample_and_examples()) Checker(source).run();
}

}  // namespace
}  // namespace muster::grammar_tests
