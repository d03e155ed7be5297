// SPDX-License-Identifier: Apache-2.0
#include "grammar/format/printer.h"

#include <algorithm>

#include "grammar/format/spacing.h"

namespace muster::format {
namespace {

using syntax::Comment;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::TokenId;
using syntax::TokenKind;
using Kind = Piece::Kind;

// What a `{` of a node holds.
enum class Braces : std::uint8_t {
  list,     // elements and commas
  fields,   // on one line where they fit
  clauses,  // on one line where they fit and are few
  items,    // a line each, apart from each other where they take several
  steps,    // a line each; cases apart from each other
};

Braces braces_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::enum_declaration:
    case NodeKind::record_declaration:
    case NodeKind::evidence_declaration:
    case NodeKind::subject_declaration:
    case NodeKind::bind_declaration:
    case NodeKind::levels:
    case NodeKind::score:
    case NodeKind::test_case: return Braces::fields;
    case NodeKind::criterion:
    case NodeKind::gate:
    case NodeKind::tighten_delta:
    case NodeKind::amend_delta:
    case NodeKind::replace_delta: return Braces::clauses;
    case NodeKind::policy_declaration:
    case NodeKind::section: return Braces::items;
    case NodeKind::test_declaration: return Braces::steps;
    default: return Braces::list;  // of choose, map and objects
  }
}

// Declarations of one family stand close together where each takes one line.
int family(NodeKind kind) {
  switch (kind) {
    case NodeKind::import_declaration: return 1;
    case NodeKind::enum_declaration:
    case NodeKind::record_declaration:
    case NodeKind::evidence_declaration:
    case NodeKind::subject_declaration: return 2;
    case NodeKind::shared_declaration:
    case NodeKind::param_declaration:
    case NodeKind::define_declaration: return 3;
    case NodeKind::source_declaration: return 4;
    case NodeKind::bind_declaration: return 5;
    case NodeKind::waiver_declaration: return 6;
    case NodeKind::fixture_declaration: return 7;
    default: return 0;  // policies and tests stand apart
  }
}

constexpr std::size_t kFewClauses = 2;

class Printer {
 public:
  explicit Printer(const syntax::Tree& tree) : tree_(tree), close_(closeness(tree)) {
    first_comment_.resize(tree.tokens.size() + 1);
    std::size_t next = 0;
    for (TokenId token = 0; token < tree.tokens.size(); ++token) {
      first_comment_[token] = next;
      while (next < tree.comments.size() && tree.comments[next].before == token) ++next;
    }
    first_comment_.back() = next;
  }

  Pieces run() {
    const TokenId end = static_cast<TokenId>(tree_.tokens.size()) - 1;
    if (end == 0) {
      comments(end, Comment::Place::own_line);
      return std::move(pieces_);
    }
    const std::vector<NodeId> declarations = tree_.children(tree_.root());
    heading(tree_.node(declarations.front()).begin);
    bool last_is_long = false;
    for (const NodeId node : declarations) {
      Pieces one = apart(node);
      const bool is_long = takes_lines(one);
      if (node != declarations.front()) {
        const NodeId last = previous_;
        const bool together = !is_long && !last_is_long && family(tree_.kind(node)) != 0 &&
                              family(tree_.kind(node)) == family(tree_.kind(last));
        add(together ? Kind::new_line : Kind::empty_line);
      }
      append(std::move(one));
      last_is_long = is_long;
      previous_ = node;
    }
    if (has_comments(end)) {
      add(Kind::empty_line);
      comments(end, Comment::Place::own_line);
    }
    return std::move(pieces_);
  }

 private:
  // Pieces
  void add(Kind kind, std::string_view text = {}) {
    pieces_.push_back({kind, text});
    if (kind == Kind::line || kind == Kind::new_line || kind == Kind::empty_line) is_fresh_ = true;
  }
  void append(Pieces more) {
    pieces_.insert(pieces_.end(), more.begin(), more.end());
    is_fresh_ = false;
  }
  // The node's pieces alone, to be measured before they are appended.
  Pieces apart(NodeId node) {
    Pieces outer = std::move(pieces_);
    pieces_ = {};
    is_fresh_ = true;
    print(node);
    Pieces inner = std::move(pieces_);
    pieces_ = std::move(outer);
    return inner;
  }
  bool takes_lines(const Pieces& pieces) const {
    const FlatWidth width = flat_width(pieces);
    return !width.possible || depth_ * kIndent + width.columns > kWidth;
  }

  // Comments and tokens
  std::string_view text(const Comment& comment) const {
    return tree_.text.substr(comment.begin, comment.end - comment.begin);
  }
  bool has_comments(TokenId token) const { return first_comment_[token] < first_comment_[token + 1]; }
  void comments(TokenId token, Comment::Place place) {
    for (std::size_t i = first_comment_[token]; i < first_comment_[token + 1]; ++i) {
      if (tree_.comments[i].place == place && i >= printed_comments_) {
        if (heads_docs(token, i)) add(Kind::empty_line);
        add(place == Comment::Place::own_line ? Kind::line_comment : Kind::end_comment, text(tree_.comments[i]));
        printed_comments_ = i + 1;
      }
    }
  }
  // The comment before is plain and this one documents: that one heads more than this declaration.
  bool heads_docs(TokenId token, std::size_t i) const {
    return i > first_comment_[token] && tree_.comments[i].sort == Comment::Sort::doc &&
           tree_.comments[i].place == Comment::Place::own_line && tree_.comments[i - 1].sort == Comment::Sort::plain &&
           tree_.comments[i - 1].place == Comment::Place::own_line;
  }
  // Plain comments above the first declaration head the file.
  void heading(TokenId first) {
    bool any = false;
    for (std::size_t i = first_comment_[first];
         i < first_comment_[first + 1] && tree_.comments[i].sort == Comment::Sort::plain; ++i) {
      add(Kind::line_comment, text(tree_.comments[i]));
      printed_comments_ = i + 1;
      any = true;
    }
    if (any) add(Kind::empty_line);
  }
  void token(TokenId id) {
    if (!is_fresh_ && !close_[id].before && !(id > 0 && close_[id - 1].behind)) add(Kind::blank);
    comments(id, Comment::Place::own_line);
    add(Kind::text, tree_.text_of(id));
    is_fresh_ = false;
    comments(id + 1, Comment::Place::line_end);
  }
  void tokens(TokenId begin, TokenId end) {
    for (; begin < end; ++begin) token(begin);
  }
  TokenKind kind(TokenId id) const { return tree_.tokens[id].kind; }

  // Nodes
  void print(NodeId node) {
    switch (tree_.kind(node)) {
      case NodeKind::expression:
      case NodeKind::sum: return chain(node);
      case NodeKind::coalescing: return is_range(node) ? pieces_of(node) : chain(node);
      case NodeKind::texts: return neighbours(node);
      case NodeKind::assigned: return assigned(node);
      case NodeKind::body_part: return body(node);
      case NodeKind::when_clause:
      case NodeKind::require_clause:
      case NodeKind::conditional:
      case NodeKind::quantifier:
      case NodeKind::set_delta:
      case NodeKind::promote_delta:
      case NodeKind::demote_delta:
      case NodeKind::drop_delta:
      case NodeKind::waiver_declaration:
      case NodeKind::source_declaration:
        add(Kind::begin_group);
        pieces_of(node);
        return add(Kind::end_group);
      default: return pieces_of(node);  // all others don't break by themselves
    }
  }

  // The tokens and children of a node in their order, brackets and blocks laid out.
  void pieces_of(NodeId node) {
    TokenId next = tree_.node(node).begin;
    const TokenId end = tree_.node(node).end;
    const std::vector<NodeId> children = tree_.children(node);
    const Braces braces = braces_of(tree_.kind(node));
    for (std::size_t i = 0; i < children.size(); ++i) {
      const syntax::Node& child = tree_.node(children[i]);
      for (; next < child.begin; ++next) {
        if (kind(next) == TokenKind::open_brace && braces != Braces::list) return block(node, children, i, next);
        own(node, next);
      }
      const bool breaks = may_break_before(tree_.kind(node), child.kind);
      // The reason of a waiver breaks for itself alone.
      const bool alone = breaks && child.kind == NodeKind::because_part;
      if (alone) add(Kind::begin_group);
      if (breaks) {
        add(Kind::begin_indent);
        add(Kind::line, " ");
      }
      print(children[i]);
      if (breaks) add(Kind::end_indent);
      if (alone) add(Kind::end_group);
      next = child.end;
    }
    for (; next < end; ++next) {
      if (kind(next) == TokenKind::open_brace && braces != Braces::list)
        return block(node, children, children.size(), next);
      own(node, next);
    }
  }

  static bool may_break_before(NodeKind parent, NodeKind child) {
    switch (child) {
      case NodeKind::else_part: return true;
      case NodeKind::because_part: return parent != NodeKind::amend_delta && parent != NodeKind::replace_delta;
      case NodeKind::by_whom_part:
      case NodeKind::at_option:
      case NodeKind::delimiter_option:
      case NodeKind::env_option:
      case NodeKind::query_option:
      case NodeKind::complete_option: return true;
      default: return false;  // stays on the line of its parent
    }
  }

  // A token of the node itself: brackets open and close a group, `then` and `else` may begin a line.
  void own(NodeId node, TokenId id) {
    switch (kind(id)) {
      case TokenKind::open_bracket:
      case TokenKind::open_list:
      case TokenKind::open_brace:
        add(Kind::begin_group);
        token(id);
        add(Kind::begin_indent);
        if (!closes(id + 1)) add(Kind::line, kind(id) == TokenKind::open_brace ? " " : "");
        ++open_brackets_;
        return;
      case TokenKind::close_bracket:
      case TokenKind::close_list:
      case TokenKind::close_brace: {
        const bool is_empty = id > 0 && opens(id - 1);
        comments(id, Comment::Place::own_line);
        add(Kind::end_indent);
        if (!is_empty) add(Kind::line, kind(id) == TokenKind::close_brace ? " " : "");
        if (is_empty) is_fresh_ = true;
        token(id);
        add(Kind::end_group);
        --open_brackets_;
        return;
      }
      case TokenKind::comma:
        token(id);
        if (open_brackets_ > 0 && !closes(id + 1)) add(Kind::line, " ");
        return;
      case TokenKind::word_then:
      case TokenKind::word_else:
        if (tree_.kind(node) != NodeKind::conditional) return token(id);
        add(Kind::begin_indent);
        add(Kind::line, " ");
        add(Kind::end_indent);
        return token(id);
      default: return token(id);  // stands where its line is
    }
  }

  bool opens(TokenId id) const {
    return kind(id) == TokenKind::open_bracket || kind(id) == TokenKind::open_list || kind(id) == TokenKind::open_brace;
  }
  bool closes(TokenId id) const {
    return kind(id) == TokenKind::close_bracket || kind(id) == TokenKind::close_list ||
           kind(id) == TokenKind::close_brace;
  }

  bool is_range(NodeId node) const {
    const NodeId first = tree_.children(node).front();
    return kind(tree_.node(first).end) == TokenKind::dots;
  }

  // Operands, and before each operator a place to break.
  void chain(NodeId node) {
    add(Kind::begin_group);
    TokenId next = tree_.node(node).begin;
    for (const NodeId child : tree_.children(node)) {
      const bool is_first = next == tree_.node(child).begin;
      if (!is_first) {
        add(Kind::begin_indent);
        add(Kind::line, " ");
      }
      tokens(next, tree_.node(child).begin);
      print(child);
      if (!is_first) add(Kind::end_indent);
      next = tree_.node(child).end;
    }
    add(Kind::end_group);
  }

  // `=`, and a value that has no brackets to break in by itself may begin a line.
  void assigned(NodeId node) {
    const NodeId value = tree_.children(node).front();
    const NodeKind what = tree_.kind(value);
    if (what == NodeKind::object || what == NodeKind::list_literal || what == NodeKind::choose) return pieces_of(node);
    add(Kind::begin_group);
    tokens(tree_.node(node).begin, tree_.node(value).begin);
    add(Kind::begin_indent);
    add(Kind::line, " ");
    print(value);
    add(Kind::end_indent);
    add(Kind::end_group);
  }

  // `:` and what holds of each element.
  void body(NodeId node) {
    token(tree_.node(node).begin);
    add(Kind::begin_indent);
    add(Kind::line, " ");
    print(tree_.children(node).front());
    add(Kind::end_indent);
  }

  void neighbours(NodeId node) {
    add(Kind::begin_group);
    add(Kind::begin_indent);
    for (TokenId id = tree_.node(node).begin; id < tree_.node(node).end; ++id) {
      if (id > tree_.node(node).begin) add(Kind::line, " ");
      token(id);
    }
    add(Kind::end_indent);
    add(Kind::end_group);
  }

  // `{`, the children from `first` on, `}`, and what follows.
  void block(NodeId node, const std::vector<NodeId>& children, std::size_t first, TokenId open) {
    const TokenId close = tree_.node(node).end - 1;
    const Braces braces = braces_of(tree_.kind(node));
    add(Kind::begin_group);
    token(open);
    if (open + 1 == close && !has_comments(close)) {
      is_fresh_ = true;
      token(close);
      return add(Kind::end_group);
    }
    const bool breaks = braces == Braces::items || braces == Braces::steps ||
                        (braces == Braces::clauses && children.size() - first > kFewClauses);
    add(Kind::begin_indent);
    ++depth_;
    bool last_is_long = false;
    for (std::size_t i = first; i < children.size(); ++i) {
      Pieces one = apart(children[i]);
      const bool is_long = takes_lines(one);
      separate(braces, breaks, i > first ? children[i - 1] : syntax::kNoNode, children[i], is_long || last_is_long);
      append(std::move(one));
      last_is_long = is_long;
    }
    if (has_comments(close)) {
      add(Kind::new_line);
      comments(close, Comment::Place::own_line);
    }
    --depth_;
    add(Kind::end_indent);
    if (breaks) {
      add(Kind::new_line);
    } else {
      add(Kind::line, " ");
    }
    token(close);
    add(Kind::end_group);
  }

  // What stands between two children of a block, or before the first.
  void separate(Braces braces, bool breaks, NodeId last, NodeId next, bool is_long) {
    if (breaks) {
      const bool is_case = tree_.kind(next) == NodeKind::test_case;
      const bool apart =
          last != syntax::kNoNode && is_long && (braces == Braces::items || (braces == Braces::steps && is_case));
      return add(apart ? Kind::empty_line : Kind::new_line);
    }
    if (last == syntax::kNoNode) return add(Kind::line, " ");
    const bool is_short = kind(tree_.node(last).end - 1) == TokenKind::comma ||
                          tree_.kind(next) == NodeKind::level_name || tree_.kind(next) == NodeKind::enum_member;
    add(Kind::line, is_short ? " " : "  ");
  }

  const syntax::Tree& tree_;
  const std::vector<Closeness> close_;
  std::vector<std::size_t> first_comment_;  // of each token; one more for the end
  std::size_t printed_comments_ = 0;
  Pieces pieces_;
  bool is_fresh_ = true;   // a break stands right before
  std::size_t depth_ = 0;  // of blocks
  std::size_t open_brackets_ = 0;
  NodeId previous_ = syntax::kNoNode;
};

}  // namespace

Pieces print(const syntax::Tree& tree) { return Printer(tree).run(); }

}  // namespace muster::format
