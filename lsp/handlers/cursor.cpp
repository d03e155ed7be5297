// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/cursor.h"

#include <algorithm>

namespace muster::lsp {

namespace {

// Of a name in backquotes that the place is in, on its line: where they open.
std::optional<std::uint32_t> open_backquote(std::string_view text, std::uint32_t offset) {
  std::optional<std::uint32_t> open;
  bool in_quotes = false;
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  for (std::size_t at = before == std::string_view::npos ? 0 : before + 1; at < offset; ++at) {
    if (text[at] == '"' && !open) in_quotes = !in_quotes;
    if (text[at] != '`' || in_quotes) continue;
    open = open ? std::nullopt : std::optional(static_cast<std::uint32_t>(at));
  }
  return open;
}

}  // namespace

Cursor::Cursor(const Analysis& analysis, std::uint32_t offset) : tree_(analysis.module().tree) {
  const auto& tokens = tree_.tokens;
  prefix_ = {tree_.file, offset, offset};
  for (const syntax::Comment& comment : tree_.comments)
    in_text_ = in_text_ || (comment.begin < offset && offset <= comment.end);
  while (count_ < tokens.size() && tokens[count_].kind != TokenKind::end && tokens[count_].end <= offset) ++count_;
  if (count_ < tokens.size() && tokens[count_].begin < offset) {
    if (rules::is_word(tokens[count_].kind)) prefix_.begin = tokens[count_].begin;
    in_text_ = in_text_ || tokens[count_].kind == TokenKind::text;
  } else if (count_ > 0 && tokens[count_ - 1].end == offset && rules::is_word(tokens[count_ - 1].kind)) {
    prefix_.begin = tokens[--count_].begin;
  }
  if (const auto open = open_backquote(tree_.text, offset); open && !in_text_) {
    prefix_.begin = *open;
    while (count_ > 0 && tokens[count_ - 1].begin >= *open) --count_;
    // An editor may have closed them already.
    const std::size_t stop = tree_.text.find_first_of("` \t\r\n", offset);
    if (stop != std::string_view::npos && tree_.text[stop] == '`') prefix_.end = static_cast<std::uint32_t>(stop) + 1;
  }
  const std::uint32_t line = analysis.file().line_of(prefix_.begin) - 1;
  begins_line_ = count_ == 0 || tokens[count_ - 1].line != line;
  std::size_t first = count_;
  while (first > 0 && tokens[first - 1].line == line) --first;
  if (first < count_) line_word_ = tokens[first].kind;
  // Braces that are open here: what leads them stands first on its line, or behind the brace before.
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < count_; ++i) {
    if (tokens[i].kind == TokenKind::open_brace) open.push_back(i);
    if (tokens[i].kind == TokenKind::close_brace && !open.empty()) open.pop_back();
  }
  for (auto brace = open.rbegin(); brace != open.rend(); ++brace) {
    std::size_t head = *brace;
    while (head > 0 && tokens[head].kind != TokenKind::close_brace && !tokens[head].first_on_line) {
      if (head < *brace && tokens[head].kind == TokenKind::open_brace) break;
      --head;
    }
    if (tokens[head].kind == TokenKind::open_brace || tokens[head].kind == TokenKind::close_brace) ++head;
    if (tokens[head].kind == TokenKind::word_locked || tokens[head].kind == TokenKind::word_ordered) ++head;
    blocks_.push_back({tokens[head].kind, static_cast<syntax::TokenId>(head)});
  }
}

TokenKind Cursor::before(std::size_t n) const {
  return n < count_ ? tree_.tokens[count_ - 1 - n].kind : TokenKind::end;
}

std::string_view Cursor::text_before(std::size_t n) const {
  return n < count_ ? text_of(static_cast<syntax::TokenId>(count_ - 1 - n)) : std::string_view();
}

std::string_view Cursor::text_of(syntax::TokenId token) const {
  std::string_view text = tree_.text_of(token);
  if (tree_.tokens[token].kind != TokenKind::quoted_name) return text;
  text.remove_prefix(1);
  if (text.ends_with('`')) text.remove_suffix(1);
  return text;
}

TokenKind Cursor::kind_of(syntax::TokenId token) const {
  return token < tree_.tokens.size() ? tree_.tokens[token].kind : TokenKind::end;
}

base::Span Cursor::span_before(std::size_t n) const {
  return n < count_ ? tree_.span_of(static_cast<syntax::TokenId>(count_ - 1 - n)) : base::Span{};
}

}  // namespace muster::lsp
