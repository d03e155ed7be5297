// SPDX-License-Identifier: Apache-2.0
#include "grammar/syntax/tree.h"

#include <algorithm>

namespace muster::syntax {

base::Span Tree::span_between(TokenId begin, TokenId end) const {
  if (begin < end) return base::join(span_of(begin), span_of(end - 1));
  const std::uint32_t place = offset + tokens[begin].begin;
  return {file, place, place};
}

base::Span Tree::span(NodeId id) const { return span_between(nodes[id].begin, nodes[id].end); }

std::vector<NodeId> Tree::children(NodeId id) const {
  std::vector<NodeId> found;
  // The last child stands right before its parent, each other one right before the next one's subtree.
  for (NodeId next = id; next > nodes[id].first;) {
    found.push_back(next - 1);
    next = nodes[next - 1].first;
  }
  std::reverse(found.begin(), found.end());
  return found;
}

NodeId Tree::child(NodeId id, NodeKind kind) const {
  NodeId found = kNoNode;
  for (NodeId next = id; next > nodes[id].first; next = nodes[next - 1].first)
    if (nodes[next - 1].kind == kind) found = next - 1;
  return found;
}

bool Tree::has_error(NodeId id) const {
  return std::any_of(nodes.begin() + nodes[id].first, nodes.begin() + id + 1,
                     [](const Node& node) { return node.kind == NodeKind::error; });
}

bool Tree::may_lack_parts(NodeId id) const {
  const Node& node = nodes[id];
  return has_error(id) || (node.end > node.begin && tokens[node.end - 1].kind == TokenKind::missing_close);
}

bool Tree::breaks_off(NodeId id) const {
  if (has_error(id)) return true;
  const TokenId next = nodes[id].end;
  const bool may_belong = !tokens[next].first_on_line || !rules::is_word(tokens[next].kind);
  return may_belong && std::binary_search(mistakes.begin(), mistakes.end(), next);
}

std::optional<TokenId> Tree::own_token(NodeId id, TokenKind kind) const {
  TokenId token = nodes[id].begin;
  for (const NodeId child : children(id)) {
    for (; token < nodes[child].begin; ++token)
      if (tokens[token].kind == kind) return token;
    token = std::max(token, nodes[child].end);
  }
  for (; token < nodes[id].end; ++token)
    if (tokens[token].kind == kind) return token;
  return std::nullopt;
}

}  // namespace muster::syntax
