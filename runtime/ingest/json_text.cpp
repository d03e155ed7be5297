// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/json_text.h"

#include <optional>

namespace muster::ingest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view token, std::size_t at) {
  while (at < token.size() && is_digit(token[at])) ++at;
  return at;
}

bool is_json_number(std::string_view token) {
  std::size_t at = 0;
  if (at < token.size() && token[at] == '-') ++at;
  const std::size_t whole = at;
  at = skip_digits(token, at);
  if (at == whole || (token[whole] == '0' && at - whole > 1)) return false;
  if (at < token.size() && token[at] == '.') {
    const std::size_t fraction = ++at;
    at = skip_digits(token, at);
    if (at == fraction) return false;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(token, at);
    if (at == exponent) return false;
  }
  return at == token.size();
}

// By byte; kNoDigit of what is none, which sets a bit above those of all four.
constexpr std::uint32_t kNoDigit = 1u << 16;
class HexDigits {
 public:
  constexpr HexDigits() {
    for (std::uint32_t& each : values_) each = kNoDigit;
    for (std::uint32_t value = 0; value < 16; ++value) {
      values_[static_cast<unsigned char>("0123456789abcdef"[value])] = value;
      values_[static_cast<unsigned char>("0123456789ABCDEF"[value])] = value;
    }
  }
  constexpr std::uint32_t operator[](char c) const { return values_[static_cast<unsigned char>(c)]; }

 private:
  std::uint32_t values_[256] = {};
};
constexpr HexDigits kHexDigits;

std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const std::uint32_t value =
      kHexDigits[text[0]] << 12 | kHexDigits[text[1]] << 8 | kHexDigits[text[2]] << 4 | kHexDigits[text[3]];
  if (value >= kNoDigit) return std::nullopt;
  return value;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append_utf8(std::string& text, std::uint32_t value) {
  const auto put = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0u | (value >> 6));
    put(0x80u | (value & 0x3Fu));
  } else if (value < 0x10000) {
    put(0xE0u | (value >> 12));
    put(0x80u | ((value >> 6) & 0x3Fu));
    put(0x80u | (value & 0x3Fu));
  } else {
    put(0xF0u | (value >> 18));
    put(0x80u | ((value >> 12) & 0x3Fu));
    put(0x80u | ((value >> 6) & 0x3Fu));
    put(0x80u | (value & 0x3Fu));
  }
}

// After `\u`, `at` at its digits.
TextState unescape_unit(std::string_view inside, std::size_t& at, std::string& text) {
  const auto unit = hex4(inside.substr(at));
  if (!unit) return TextState::bad_escape;
  at += 4;
  std::uint32_t value = *unit;
  if (is_high(value) && inside.substr(at).starts_with("\\u")) {
    const auto low = hex4(inside.substr(at + 2));
    if (!low) return TextState::bad_escape;
    if (is_low(*low)) {
      at += 6;
      value = 0x10000 + ((value - 0xD800) << 10) + (*low - 0xDC00);
    }
  }
  if (is_high(value) || is_low(value)) {
    append_utf8(text, 0xFFFD);
    return TextState::lone_surrogate;
  }
  append_utf8(text, value);
  return TextState::good;
}

std::optional<char> simple_escape(char c) {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
  }
  return std::nullopt;
}

}  // namespace

bool is_json_literal(std::string_view token) {
  return token == "true" || token == "false" || token == "null" || is_json_number(token);
}

TextState unescape(std::string_view inside, std::string& text) {
  TextState state = TextState::good;
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t escape = inside.find('\\', at);
    text += inside.substr(at, escape == std::string_view::npos ? escape : escape - at);
    if (escape == std::string_view::npos) break;
    if (escape + 1 == inside.size()) return TextState::bad_escape;
    at = escape + 2;
    const char letter = inside[escape + 1];
    if (letter == 'u') {
      const TextState unit = unescape_unit(inside, at, text);
      if (unit == TextState::bad_escape) return unit;
      if (unit == TextState::lone_surrogate) state = unit;
    } else if (const auto plain = simple_escape(letter)) {
      text += *plain;
    } else {
      return TextState::bad_escape;
    }
  }
  return state;
}

std::uint32_t column_of(std::string_view line, std::size_t offset) {
  std::uint32_t column = 1;
  for (char byte : line.substr(0, offset)) {
    if ((static_cast<unsigned char>(byte) & 0xC0u) != 0x80u) ++column;
  }
  return column;
}

}  // namespace muster::ingest
