// SPDX-License-Identifier: Apache-2.0
// A place in a half-written text: the tokens before it, and the braces around it. For completion.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "lsp/session/session.h"

namespace muster::lsp {

using rules::TokenKind;

// A block around the place: its leading word, and the token of that word.
struct Block {
  TokenKind word = TokenKind::end;
  syntax::TokenId head = 0;
};

class Cursor {
 public:
  Cursor(const Analysis& analysis, std::uint32_t offset);

  // The beginning of a name that is being written; empty where none is. In backquotes, all of it.
  base::Span prefix() const { return prefix_; }
  // The n-th token before the prefix, from 0; `end` where there is none.
  TokenKind before(std::size_t n) const;
  std::string_view text_before(std::size_t n) const;
  base::Span span_before(std::size_t n) const;
  // Nothing but blanks stands before the prefix on its line.
  bool begins_line() const { return begins_line_; }
  // The first token of the prefix's line.
  TokenKind line_word() const { return line_word_; }
  // The innermost first.
  const std::vector<Block>& blocks() const { return blocks_; }
  // Whether the place lies in a comment or a text.
  bool is_in_text() const { return in_text_; }
  // Of a name in backquotes what stands between them, as everywhere here.
  std::string_view text_of(syntax::TokenId token) const;
  TokenKind kind_of(syntax::TokenId token) const;

 private:
  const syntax::Tree& tree_;
  base::Span prefix_;
  std::size_t count_ = 0;  // tokens before the prefix
  bool begins_line_ = true, in_text_ = false;
  TokenKind line_word_ = TokenKind::end;
  std::vector<Block> blocks_;
};

}  // namespace muster::lsp
