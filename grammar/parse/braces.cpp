// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/braces.h"

#include <algorithm>
#include <vector>

#include "grammar/rules/module.h"

namespace muster::parse {
namespace {

using rules::TokenKind;
using syntax::Token;
using syntax::TokenId;

struct Open {
  TokenId brace = 0;
  std::uint32_t indent = 0;         // column of the first token on its line
  TokenKind word = TokenKind::end;  // that first token
};

struct Change {
  enum class Kind { close_before, remove };
  Kind kind = Kind::close_before;
  TokenId at = 0;
};

class Matcher {
 public:
  Matcher(syntax::Tree& tree, base::Diagnostics& diagnostics) : tree_(tree), diagnostics_(diagnostics) {}

  void run() {
    if (matches(0, count())) return;
    TokenId begin = 0;
    while (begin < count()) {
      TokenId end = begin + 1;
      while (end < count() && !starts_declaration(tree_, end)) ++end;
      if (!matches(begin, end)) repair(begin, end);
      begin = end;
    }
    apply();
  }

 private:
  TokenId count() const { return static_cast<TokenId>(tree_.tokens.size()) - 1; }  // without the end
  const Token& token(TokenId id) const { return tree_.tokens[id]; }
  TokenKind kind(TokenId id) const { return token(id).kind; }

  bool matches(TokenId begin, TokenId end) const {
    std::size_t depth = 0;
    for (TokenId id = begin; id < end; ++id) {
      if (kind(id) == TokenKind::open_brace) ++depth;
      if (kind(id) == TokenKind::close_brace && depth-- == 0) return false;
    }
    return depth == 0;
  }

  bool opens_bracket(TokenId id) const {
    return kind(id) == TokenKind::open_bracket || kind(id) == TokenKind::open_list;
  }
  bool closes_bracket(TokenId id) const {
    return kind(id) == TokenKind::close_bracket || kind(id) == TokenKind::close_list;
  }

  bool starts_item(TokenId id) const {
    return token(id).first_on_line && rules::is_item_word(kind(id)) && kind(id) != TokenKind::word_let &&
           rules::is_name_or_text(kind(id + 1));
  }

  // An item of a policy can't stand in what `open` opened.
  static bool holds_no_items(const Open& open) {
    return open.word != TokenKind::word_policy && open.word != TokenKind::word_section;
  }

  void repair(TokenId begin, TokenId end) {
    std::vector<Open> opens;
    std::vector<std::size_t> brackets;  // how many blocks were open at each `(` and `[`
    const auto [missing, spare] = surplus(begin, end);
    std::size_t missing_left = missing;
    std::size_t spare_left = spare;
    TokenId line_first = begin;
    const auto close_last = [&](TokenId at) {
      unclosed(opens.back(), at);
      opens.pop_back();
      if (missing_left > 0) --missing_left;
    };
    for (TokenId id = begin; id < end; ++id) {
      if (token(id).first_on_line) line_first = id;
      const bool closes = kind(id) == TokenKind::close_brace;
      if (token(id).first_on_line && id != begin) {
        while (!opens.empty() && missing_left > 0 && has_ended(opens.back(), id)) close_last(id);
      }
      if (opens_bracket(id)) brackets.push_back(opens.size());
      while (!brackets.empty() && brackets.back() > opens.size()) brackets.pop_back();
      if (closes_bracket(id) && !brackets.empty()) {
        // `[{ a: 1 ]`: the block ends before the bracket around it.
        while (missing_left > 0 && opens.size() > brackets.back()) close_last(id);
        brackets.pop_back();
      }
      if (kind(id) == TokenKind::open_brace) {
        if (id > begin && kind(id - 1) == TokenKind::open_brace && missing_left > 0) {
          --missing_left;
          one_too_many(id);
        } else {
          opens.push_back({id, token(line_first).column, kind(line_first)});
        }
      }
      if (!closes) continue;
      const bool proper =
          !opens.empty() && (token(id).first_on_line ? opens.back().indent >= token(id).column
                                                     : token(opens.back().brace).line == token(id).line);
      if (!opens.empty() && (proper || spare_left == 0)) {
        opens.pop_back();
      } else {
        if (spare_left > 0) --spare_left;
        tree_.tokens[id].kind = TokenKind::orphan_close;
      }
    }
    while (!opens.empty()) close_last(end);
  }

  // How many more `{` there are than `}`, or the other way round.
  struct Surplus {
    std::size_t missing = 0;
    std::size_t spare = 0;
  };
  Surplus surplus(TokenId begin, TokenId end) const {
    std::size_t opens = 0;
    std::size_t closes = 0;
    for (TokenId id = begin; id < end; ++id) {
      if (kind(id) == TokenKind::open_brace) ++opens;
      if (kind(id) == TokenKind::close_brace) ++closes;
    }
    return {opens > closes ? opens - closes : 0, closes > opens ? closes - opens : 0};
  }

  // The token, first on its line, stands outside of the block: an item where none can be, or text no further
  // in than the line that opened the block.
  bool has_ended(const Open& open, TokenId id) const {
    if (token(open.brace).line == token(id).line) return false;
    if (starts_item(id) && holds_no_items(open)) return true;
    if (kind(id) == TokenKind::close_brace) return token(id).column < open.indent;
    return token(id).column <= open.indent;
  }

  // Blocks that end at one place are one mistake.
  void unclosed(const Open& open, TokenId at) {
    constexpr std::size_t kMostShown = 3;
    const bool is_same =
        !changes_.empty() && changes_.back().kind == Change::Kind::close_before && changes_.back().at == at;
    changes_.push_back({Change::Kind::close_before, at});
    if (!is_same) {
      last_unclosed_ =
          &diagnostics_.report(base::Code::unclosed_block, tree_.span_of(at), "a block is not closed here");
      last_unclosed_->help = "close it with `}`";
    }
    if (last_unclosed_->labels.size() < kMostShown)
      last_unclosed_->labels.push_back({tree_.span_of(open.brace), "it opens here"});
  }

  void one_too_many(TokenId at) {
    changes_.push_back({Change::Kind::remove, at});
    diagnostics_.report(base::Code::syntax, tree_.span_of(at), "a second `{` where one block opens").help = "remove it";
  }

  void apply() {
    if (changes_.empty()) return;
    std::vector<Token> tokens;
    std::vector<TokenId> moved(tree_.tokens.size());
    std::size_t next = 0;
    for (TokenId id = 0; id < tree_.tokens.size(); ++id) {
      bool removed = false;
      for (; next < changes_.size() && changes_[next].at == id; ++next) {
        if (changes_[next].kind == Change::Kind::remove) {
          removed = true;
          continue;
        }
        Token close = tree_.tokens[id];
        close.kind = TokenKind::missing_close;
        close.first_on_line = false;
        close.end = close.begin;
        tokens.push_back(close);
      }
      moved[id] = static_cast<TokenId>(tokens.size());
      if (!removed) tokens.push_back(tree_.tokens[id]);
    }
    tree_.tokens = std::move(tokens);
    for (auto& comment : tree_.comments) comment.before = moved[comment.before];
  }

  syntax::Tree& tree_;
  base::Diagnostics& diagnostics_;
  std::vector<Change> changes_;                // by place
  base::Diagnostic* last_unclosed_ = nullptr;  // until the next report
};

}  // namespace

// `shared x` behind `given` and `waive x` stand in tests, too.
bool starts_declaration(const syntax::Tree& tree, TokenId token) {
  const auto kind = [&](TokenId distance) {
    return tree.tokens[std::min<std::size_t>(token + distance, tree.tokens.size() - 1)].kind;
  };
  const Token& first = tree.tokens[token];
  if (!first.first_on_line || first.column != 0 || !rules::is_declaration_word(first.kind) ||
      !rules::is_name_or_text(kind(1)))
    return false;
  if (first.kind == TokenKind::word_shared) return kind(2) == TokenKind::colon;
  if (first.kind == TokenKind::word_waive) return kind(2) == TokenKind::dot;
  return true;
}

void match_braces(syntax::Tree& tree, base::Diagnostics& diagnostics) { Matcher(tree, diagnostics).run(); }

}  // namespace muster::parse
