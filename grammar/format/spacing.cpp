// SPDX-License-Identifier: Apache-2.0
#include "grammar/format/spacing.h"

namespace muster::format {
namespace {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenId;
using syntax::TokenKind;

Closeness of(TokenKind kind) {
  switch (kind) {
    case TokenKind::comma:
    case TokenKind::colon:
    case TokenKind::close_bracket:
    case TokenKind::close_list: return {true, false};
    case TokenKind::open_bracket:
    case TokenKind::open_list:
    case TokenKind::spread: return {false, true};
    case TokenKind::dot:
    case TokenKind::optional_dot:
    case TokenKind::dots: return {true, true};
    default: return {false, false};  // all others stand apart
  }
}

}  // namespace

std::vector<Closeness> closeness(const syntax::Tree& tree) {
  std::vector<Closeness> close;
  close.reserve(tree.tokens.size());
  for (const syntax::Token& token : tree.tokens) close.push_back(of(token.kind));

  const auto own = [&](NodeId node, TokenKind kind, auto change) {
    TokenId token = tree.node(node).begin;
    const auto up_to = [&](TokenId end) {
      for (; token < end; ++token)
        if (tree.tokens[token].kind == kind) change(close[token]);
    };
    for (const NodeId child : tree.children(node)) {
      up_to(tree.node(child).begin);
      token = tree.node(child).end;
    }
    up_to(tree.node(node).end);
  };
  const auto tight_before = [](Closeness& token) { token.before = true; };
  const auto tight_behind = [](Closeness& token) { token.behind = true; };
  for (NodeId node = 0; node < tree.nodes.size(); ++node) {
    switch (tree.kind(node)) {
      case NodeKind::arguments:
      case NodeKind::aggregate:
      case NodeKind::status_count:
      case NodeKind::passes:
      case NodeKind::define_declaration: own(node, TokenKind::open_bracket, tight_before); break;
      case NodeKind::signed_value: own(node, TokenKind::minus, tight_behind); break;
      case NodeKind::type:
        own(node, TokenKind::question, tight_before);
        own(node, TokenKind::coalesce, tight_before);
        break;
      case NodeKind::data_path:
        // `.` alone is the whole record.
        if (tree.node(node).end - tree.node(node).begin == 1) close[tree.node(node).begin] = {};
        break;
      default: break;  // in all other nodes tokens stand as their kind says
    }
  }
  return close;
}

}  // namespace muster::format
