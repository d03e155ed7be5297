// SPDX-License-Identifier: Apache-2.0
#include "compiler/desugar/texts.h"

namespace muster::desugar {
namespace {

using syntax::TokenKind;

class Reader {
 public:
  Reader(const syntax::Tree& tree, base::Diagnostics& diagnostics) : tree_(tree), diagnostics_(diagnostics) {}

  void token(syntax::TokenId id) {
    text_ = tree_.text_of(id);
    begin_ = tree_.span_of(id).begin;
    const bool raw = tree_.tokens[id].kind == TokenKind::raw_text;
    std::size_t at = raw ? 2 : 1;
    // An unclosed text was reported; it ends with its line.
    const std::size_t end = text_.size() > at && text_.back() == '"' ? text_.size() - 1 : text_.size();
    while (at < end) at = raw || text_[at] != '\\' ? plain(at) : escape(at, end);
    end_ = begin_ + static_cast<std::uint32_t>(end);
  }

  WrittenText finish() {
    written_.offsets.push_back(end_);
    return std::move(written_);
  }

 private:
  void add(char byte, std::size_t at) {
    written_.value.push_back(byte);
    written_.offsets.push_back(begin_ + static_cast<std::uint32_t>(at));
  }

  std::size_t plain(std::size_t at) {
    add(text_[at], at);
    return at + 1;
  }

  std::size_t escape(std::size_t at, std::size_t end) {
    const char letter = at + 1 < end ? text_[at + 1] : '\0';
    switch (letter) {
      case '"': add('"', at); return at + 2;
      case '\\': add('\\', at); return at + 2;
      case 'n': add('\n', at); return at + 2;
      case 't': add('\t', at); return at + 2;
      case 'u': return code_point(at, end);
      default: break;
    }
    std::size_t length = 2;
    while (at + length < end && (static_cast<unsigned char>(text_[at + length]) & 0xC0U) == 0x80U) ++length;
    unknown(at, std::min(length, end - at),
            "write `\\\\` for a backslash; the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{1F600}`");
    return at + length;
  }

  // \u{1F600}: one to six hexadecimal digits, of a character that exists.
  std::size_t code_point(std::size_t at, std::size_t end) {
    constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
    std::size_t next = at + 2;
    const bool opened = next < end && text_[next] == '{';
    std::uint32_t value = 0;
    std::size_t digits = 0;
    if (opened) {
      for (++next; next < end && kDigits.find(text_[next]) != std::string_view::npos; ++next, ++digits) {
        if (digits < 7) value = value * 16 + hex(text_[next]);
      }
    }
    const bool closed = opened && next < end && text_[next] == '}';
    if (closed) ++next;
    const bool exists = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (!closed || digits == 0 || digits > 6 || !exists) {
      const bool is_number = closed && digits > 0;
      unknown(at, next - at,
              is_number ? "write the number of a character that exists, up to `\\u{10FFFF}`"
                        : "write `\\u{1F600}`: up to six hexadecimal digits in braces",
              is_number ? "no character has the number of" : "there is no escape");
      return next;
    }
    add_character(value, at);
    return next;
  }

  static std::uint32_t hex(char digit) {
    if (digit >= 'a') return static_cast<std::uint32_t>(digit - 'a') + 10;
    if (digit >= 'A') return static_cast<std::uint32_t>(digit - 'A') + 10;
    return static_cast<std::uint32_t>(digit - '0');
  }

  void add_character(std::uint32_t value, std::size_t at) {
    const auto byte = [&](std::uint32_t bits) { add(static_cast<char>(bits), at); };
    if (value < 0x80) return byte(value);
    if (value < 0x800) {
      byte(0xC0U | (value >> 6U));
    } else {
      if (value < 0x10000) {
        byte(0xE0U | (value >> 12U));
      } else {
        byte(0xF0U | (value >> 18U));
        byte(0x80U | ((value >> 12U) & 0x3FU));
      }
      byte(0x80U | ((value >> 6U) & 0x3FU));
    }
    byte(0x80U | (value & 0x3FU));
  }

  void unknown(std::size_t at, std::size_t length, std::string help, std::string_view what = "there is no escape") {
    const std::uint32_t begin = begin_ + static_cast<std::uint32_t>(at);
    const std::string escape(text_.substr(at, length));
    diagnostics_
        .report(base::Code::unknown_escape, {tree_.file, begin, begin + static_cast<std::uint32_t>(length)},
                std::string(what) + " `" + escape + "`")
        .help = std::move(help);
  }

  const syntax::Tree& tree_;
  base::Diagnostics& diagnostics_;
  WrittenText written_;
  std::string_view text_;
  std::uint32_t begin_ = 0;  // of the token, in the file
  std::uint32_t end_ = 0;
};

}  // namespace

WrittenText read_texts(const syntax::Tree& tree, syntax::NodeId texts, base::Diagnostics& diagnostics) {
  Reader reader(tree, diagnostics);
  for (syntax::TokenId id = tree.node(texts).begin; id < tree.node(texts).end; ++id) reader.token(id);
  return reader.finish();
}

}  // namespace muster::desugar
