// SPDX-License-Identifier: Apache-2.0
#include "effective/source/source_text.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/calendar.h"
#include "grammar/rules/token_kind.h"

namespace muster::source {

namespace {

bool is_word(std::string_view name) {
  const auto is_first = [](char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty() || !is_first(name.front())) return false;
  for (const char c : name) {
    if (!is_first(c) && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

constexpr std::size_t kMostIntDigits = 18;

enum class Braces { plain, doubled };

void append_escaped(std::string_view text, Braces braces, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '{':
      case '}': out.append(braces == Braces::doubled ? 2 : 1, c); break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          char escape[16];
          std::snprintf(escape, sizeof escape, "\\u{%X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
          out += escape;
        } else {
          out += c;
        }
    }
  }
}

}  // namespace

std::string written_name(std::string_view name) {
  if (is_word(name) && !rules::is_reserved(rules::word_kind(name))) return std::string(name);
  return "`" + std::string(name) + "`";
}

std::string written_part(std::string_view name) {
  if (is_word(name) && rules::word_kind(name) == rules::TokenKind::word) return std::string(name);
  return "`" + std::string(name) + "`";
}

std::string written_key(std::string_view key) { return is_word(key) ? std::string(key) : written_text(key); }

std::string written_text(std::string_view text) {
  std::string out = "\"";
  append_escaped(text, Braces::plain, out);
  return out + '"';
}

std::string written_piece(std::string_view text) {
  std::string out;
  append_escaped(text, Braces::doubled, out);
  return out;
}

std::string written_number(double value) {
  char digits[400];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::fixed);
  std::string text(digits, end.ptr);
  // Digits alone would be an int, and there are none so large.
  if (text.size() > kMostIntDigits && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string written_decimal(const typed::Decimal& value) {
  std::string digits = std::to_string(value.units);
  if (value.scale == 0) return digits;
  if (digits.size() <= value.scale) digits.insert(0, value.scale + 1 - digits.size(), '0');
  return digits.insert(digits.size() - value.scale, ".");
}

std::string written_value(const types::Table& table, types::TypeId type, const types::Scalar& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return written_text(*text);
  if (const auto* number = std::get_if<double>(&value)) return written_number(*number);
  if (const auto* percent = std::get_if<types::Percent>(&value)) return written_number(percent->points) + "%";
  const std::string plain = types::to_text(table, type, value);
  if (std::holds_alternative<types::EnumMember>(value)) return written_name(plain);
  // `-` belongs to a number alone, not to one with a unit.
  if (std::holds_alternative<base::Duration>(value) && plain.starts_with('-')) return "-(" + plain.substr(1) + ")";
  return plain;
}

std::string written_range(const types::Table& table, types::TypeId type, const types::Range& range) {
  return written_value(table, type, range.low) + ".." + written_value(table, type, range.high);
}

std::string written_doc(std::string_view doc) {
  std::string lines;
  while (!doc.empty()) {
    const std::size_t end = std::min(doc.find('\n'), doc.size());
    lines += "/// " + std::string(doc.substr(0, end)) + "\n";
    doc.remove_prefix(std::min(end + 1, doc.size()));
  }
  return lines;
}

}  // namespace muster::source
