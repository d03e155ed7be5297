// SPDX-License-Identifier: Apache-2.0
// What is written, all of it: the text, its tokens, its comments, and nodes that say which tokens belong
// together. The parser builds it; the formatter and desugar read it.
//
// Nodes stand in one array in post-order, children before their parent: the nodes of a subtree are
// [first, index], the root is the last. Tokens and comments are ordered by place; nodes hold ranges of tokens.
// A tree views its text, which must outlive it. Broken texts have error nodes, and perhaps tokens that are
// not in the text (TokenKind::missing_close); tokens that were one too many are in no node.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "grammar/rules/node_kind.h"
#include "grammar/rules/token_kind.h"

namespace muster::syntax {

using rules::NodeKind;
using rules::TokenKind;

using TokenId = std::uint32_t;
using NodeId = std::uint32_t;
constexpr NodeId kNoNode = ~NodeId{0};

struct Token {
  TokenKind kind = TokenKind::end;
  bool first_on_line = false;
  std::uint32_t column = 0;  // bytes before it on its line
  std::uint32_t begin = 0;   // in the tree's text
  std::uint32_t end = 0;
  std::uint32_t line = 0;  // from 0
};

struct Comment {
  enum class Place : std::uint8_t { own_line, line_end };
  enum class Sort : std::uint8_t { plain, doc };
  Place place = Place::own_line;
  Sort sort = Sort::plain;  // doc: `///`
  std::uint32_t begin = 0;  // without the line's end
  std::uint32_t end = 0;
  TokenId before = 0;  // the next token
};

struct Node {
  NodeKind kind = NodeKind::error;
  TokenId begin = 0;  // tokens [begin, end)
  TokenId end = 0;
  NodeId first = 0;  // of its subtree
};

struct Tree {
  std::string_view text;
  base::FileId file = 0;
  std::uint32_t offset = 0;   // where the text begins in its file
  std::vector<Token> tokens;  // the last is TokenKind::end
  std::vector<Comment> comments;
  std::vector<Node> nodes;
  bool broken = false;            // has syntax errors
  std::vector<TokenId> mistakes;  // that didn't fit, in the order of the text

  NodeId root() const { return static_cast<NodeId>(nodes.size()) - 1; }
  const Node& node(NodeId id) const { return nodes[id]; }
  NodeKind kind(NodeId id) const { return nodes[id].kind; }
  std::string_view text_of(TokenId token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }

  base::Span span_of(TokenId token) const { return {file, offset + tokens[token].begin, offset + tokens[token].end}; }
  base::Span span(NodeId id) const;                           // of nothing: where it would stand
  base::Span span_between(TokenId begin, TokenId end) const;  // tokens [begin, end)

  std::vector<NodeId> children(NodeId id) const;  // in the order of the text
  NodeId child(NodeId id, NodeKind kind) const;   // the first of that kind, or kNoNode
  bool has_error(NodeId id) const;                // somewhere in its subtree
  // Has an error, or is a block that isn't closed: it may have been meant to hold more.
  bool may_lack_parts(NodeId id) const;
  // Has an error, or what follows on its line could not be read and may have been meant to belong to it.
  bool breaks_off(NodeId id) const;
  // The first token of that kind among the node's own, which are in no child.
  std::optional<TokenId> own_token(NodeId id, TokenKind kind) const;
};

}  // namespace muster::syntax
