// SPDX-License-Identifier: Apache-2.0
#include "grammar/parse/lexer.h"

#include <algorithm>

#include "base/source_file.h"
#include "grammar/rules/characters.h"

namespace muster::parse {
namespace {

namespace pegtl = tao::pegtl;
namespace characters = rules::characters;
using rules::TokenKind;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, const char*>;

class Lexer {
 public:
  Lexer(syntax::Tree& tree, base::Diagnostics& diagnostics) : tree_(tree), diagnostics_(diagnostics) {}

  void skip_mark(std::uint32_t length) { line_begin_ = length; }

  void blanks(std::string_view blanks) {
    for (std::size_t i = 0; i < blanks.size(); ++i) {
      if (!base::ends_line(blanks, i)) continue;
      ++line_;
      line_begin_ = offset(blanks) + static_cast<std::uint32_t>(i) + 1;
      line_is_fresh_ = true;
    }
  }

  void comment(std::string_view text) {
    while (text.back() == ' ' || text.back() == '\t') text.remove_suffix(1);
    syntax::Comment comment;
    comment.place = line_is_fresh_ ? syntax::Comment::Place::own_line : syntax::Comment::Place::line_end;
    comment.sort = text.starts_with("///") && !text.starts_with("////") ? syntax::Comment::Sort::doc
                                                                        : syntax::Comment::Sort::plain;
    comment.begin = offset(text);
    comment.end = comment.begin + static_cast<std::uint32_t>(text.size());
    comment.before = static_cast<syntax::TokenId>(tree_.tokens.size());
    tree_.comments.push_back(comment);
  }

  void token(TokenKind kind, std::string_view text) {
    syntax::Token token;
    token.kind = kind;
    token.first_on_line = line_is_fresh_;
    token.begin = offset(text);
    token.end = token.begin + static_cast<std::uint32_t>(text.size());
    token.column = token.begin - line_begin_;
    token.line = line_;
    line_is_fresh_ = false;
    tree_.tokens.push_back(token);
  }

  void word(std::string_view text) {
    token(is_behind_number() && rules::is_unit(text) ? TokenKind::unit : rules::word_kind(text), text);
  }

  void number(std::string_view text) {
    const bool percent = text.back() == '%';
    const bool whole = text.find('.') == std::string_view::npos;
    token(percent ? TokenKind::percent : whole ? TokenKind::integer : TokenKind::decimal, text);
  }

  // `closing` stands `quotes` characters into it at the earliest.
  void quoted(TokenKind kind, std::string_view text, char closing, std::size_t opening) {
    const bool closed = text.size() > opening && text.back() == closing && !ends_escaped(kind, text);
    token(kind, text);
    if (closed && text.size() == opening + 1 && kind == TokenKind::quoted_name)
      diagnostics_.report(base::Code::syntax, last_span(), "a name in backquotes can't be empty");
    if (closed) return;
    // A text over two lines lacks a quote on each.
    const bool is_rest = text_broke_off_ && line_ == broken_line_ + 1;
    text_broke_off_ = !is_rest;
    broken_line_ = line_;
    if (is_rest) return;
    const base::Span span = last_span();
    const bool is_name = kind == TokenKind::quoted_name;
    const std::string what = is_name ? "name" : "text";
    diagnostics_
        .report(base::Code::unclosed_text, {span.file, span.begin, span.begin + static_cast<std::uint32_t>(opening)},
                "the " + what + " has no closing " + (is_name ? "backquote" : "`\"`") + " on its line")
        .help =
        is_name ? "write a backquote behind the name" : "end it with `\"` on this line; a second text may go on below";
  }

  void end() {
    line_is_fresh_ = true;
    token(TokenKind::end, tree_.text.substr(tree_.text.size()));
  }

 private:
  std::uint32_t offset(std::string_view piece) const {
    return static_cast<std::uint32_t>(piece.data() - tree_.text.data());
  }
  base::Span last_span() const { return tree_.span_of(static_cast<syntax::TokenId>(tree_.tokens.size()) - 1); }

  bool is_behind_number() const {
    if (tree_.tokens.empty() || line_is_fresh_) return false;
    const TokenKind last = tree_.tokens.back().kind;
    return last == TokenKind::integer || last == TokenKind::decimal;
  }

  static bool ends_escaped(TokenKind kind, std::string_view text) {
    if (kind != TokenKind::text) return false;
    text.remove_suffix(1);
    std::size_t backslashes = 0;
    while (!text.empty() && text.back() == '\\') {
      text.remove_suffix(1);
      ++backslashes;
    }
    return backslashes % 2 == 1;
  }

  syntax::Tree& tree_;
  base::Diagnostics& diagnostics_;
  std::uint32_t line_ = 0;
  std::uint32_t line_begin_ = 0;
  bool line_is_fresh_ = true;
  bool text_broke_off_ = false;  // the last that was not closed was reported, on this line
  std::uint32_t broken_line_ = 0;
};

template <typename Rule>
struct Emit : pegtl::nothing<Rule> {};

#define MUSTER_EMIT(rule, statement)                            \
  template <>                                                   \
  struct Emit<characters::rule> {                               \
    template <typename Match>                                   \
    static void apply(const Match& match, Lexer& lexer) {       \
      const std::string_view text(match.begin(), match.size()); \
      statement;                                                \
    }                                                           \
  };

MUSTER_EMIT(blanks, lexer.blanks(text))
MUSTER_EMIT(comment, lexer.comment(text))
MUSTER_EMIT(raw_text, lexer.quoted(TokenKind::raw_text, text, '"', 2))
MUSTER_EMIT(version, lexer.token(TokenKind::version, text))
MUSTER_EMIT(word, lexer.word(text))
MUSTER_EMIT(quoted_name, lexer.quoted(TokenKind::quoted_name, text, '`', 1))
MUSTER_EMIT(text, lexer.quoted(TokenKind::text, text, '"', 1))
MUSTER_EMIT(date_or_instant,
            lexer.token(text.find('T') == std::string_view::npos ? TokenKind::date : TokenKind::instant, text))
MUSTER_EMIT(number_or_percent, lexer.number(text))
MUSTER_EMIT(sign, lexer.token(text == "<" ? TokenKind::less : rules::sign_at(text)->kind, text))
MUSTER_EMIT(junk, lexer.token(TokenKind::junk, text))

// Bytes of the UTF-8 sequence that `text` begins with; 0 if it begins with none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [byte](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool past_unicode = lead == 0xF4 && byte(1) >= 0x90;
    return continues(1) && continues(2) && continues(3) && !overlong && !past_unicode ? 4 : 0;
  }
  return 0;
}

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

void read_tokens(syntax::Tree& tree, base::Diagnostics& diagnostics) {
  Lexer lexer(tree, diagnostics);
  std::string_view text = tree.text;
  if (tree.offset == 0 && text.starts_with(kByteOrderMark)) {
    text.remove_prefix(kByteOrderMark.size());
    lexer.skip_mark(static_cast<std::uint32_t>(kByteOrderMark.size()));
  }
  Input in(text.data(), text.data() + text.size(), "");
  while (!in.empty()) (void)pegtl::parse<characters::piece, Emit>(in, lexer);
  lexer.end();
}

void check_encoding(const syntax::Tree& tree, base::Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < tree.text.size();) {
    const auto place = [&](std::size_t length) {
      const auto begin = tree.offset + static_cast<std::uint32_t>(i);
      return base::Span{tree.file, begin, begin + static_cast<std::uint32_t>(length)};
    };
    if (tree.text[i] == '\0') {
      diagnostics.report(base::Code::not_utf8, place(1), "the file has a NUL byte, so it is no plain text").help =
          "save it as UTF-8";
      return;
    }
    const std::size_t length = sequence_length(tree.text.substr(i));
    if (length == 0) {
      diagnostics.report(base::Code::not_utf8, place(1), "the file is not UTF-8 from here on").help =
          "save it as UTF-8";
      return;
    }
    i += length;
  }
}

}  // namespace muster::parse
