// SPDX-License-Identifier: Apache-2.0
#include "grammar/format/format.h"

#include <algorithm>

#include "grammar/format/printer.h"
#include "grammar/parse/parse.h"

namespace muster::format {
namespace {

// Everything that a tree says but where its tokens stand.
bool same(const syntax::Tree& a, const syntax::Tree& b) {
  if (a.tokens.size() != b.tokens.size() || a.nodes.size() != b.nodes.size() || a.comments.size() != b.comments.size())
    return false;
  for (syntax::TokenId id = 0; id < a.tokens.size(); ++id)
    if (a.tokens[id].kind != b.tokens[id].kind || a.text_of(id) != b.text_of(id)) return false;
  for (syntax::NodeId id = 0; id < a.nodes.size(); ++id) {
    const syntax::Node& left = a.node(id);
    const syntax::Node& right = b.node(id);
    if (left.kind != right.kind || left.begin != right.begin || left.end != right.end || left.first != right.first)
      return false;
  }
  for (std::size_t i = 0; i < a.comments.size(); ++i) {
    const syntax::Comment& left = a.comments[i];
    const syntax::Comment& right = b.comments[i];
    const auto text = [](const syntax::Tree& tree, const syntax::Comment& comment) {
      return tree.text.substr(comment.begin, comment.end - comment.begin);
    };
    if (left.before != right.before || left.place != right.place || text(a, left) != text(b, right)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> format(const syntax::Tree& tree) {
  if (tree.broken) return std::nullopt;
  std::string text = render(print(tree));
  const parse::Result again = parse::parse_module(text, tree.file);
  if (again.tree.broken || !same(tree, again.tree)) return std::nullopt;
  return text;
}

}  // namespace muster::format
