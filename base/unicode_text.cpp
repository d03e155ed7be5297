// SPDX-License-Identifier: Apache-2.0
#include "base/unicode_text.h"

#include <utf8proc.h>

namespace muster::base {
namespace {

// The code point at the beginning of `text` and its bytes; -1 and one byte where they are no UTF-8.
struct CodePoint {
  utf8proc_int32_t value = -1;
  std::size_t size = 1;
};

CodePoint first_of(std::string_view text) {
  CodePoint first;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &first.value);
  if (size > 0) first.size = static_cast<std::size_t>(size);
  return first;
}

void append(std::string& text, utf8proc_int32_t value) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(value, bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

using Mapping = utf8proc_int32_t (*)(utf8proc_int32_t);

std::string map_each(std::string_view text, Mapping mapping) {
  std::string mapped;
  mapped.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    if (first.value < 0) {
      mapped += text.front();
    } else {
      append(mapped, mapping(first.value));
    }
    text.remove_prefix(first.size);
  }
  return mapped;
}

// Unicode's property White_Space.
bool is_space(utf8proc_int32_t value) {
  if (value >= 0x09 && value <= 0x0D) return true;
  if (value == 0x85) return true;
  const auto category = utf8proc_category(value);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

CodePoint last_of(std::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0u) == 0x80u) --begin;
  const CodePoint last = first_of(text.substr(begin));
  if (last.value >= 0 && begin + last.size == text.size()) return last;
  return {};
}

}  // namespace

std::string lower(std::string_view text) { return map_each(text, utf8proc_tolower); }

// Unicode gives the sharp s no simple upper case; utf8proc makes it a capital sharp s.
std::string upper(std::string_view text) {
  return map_each(text, [](utf8proc_int32_t value) { return value == 0xDF ? value : utf8proc_toupper(value); });
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    if (first.value < 0 || !is_space(first.value)) break;
    text.remove_prefix(first.size);
  }
  while (!text.empty()) {
    const CodePoint last = last_of(text);
    if (last.value < 0 || !is_space(last.value)) break;
    text.remove_suffix(last.size);
  }
  return text;
}

std::int64_t count_code_points(std::string_view text) {
  std::int64_t count = 0;
  for (char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xC0u) != 0x80u) ++count;
  }
  return count;
}

bool is_letter(std::string_view character) {
  const utf8proc_category_t category = utf8proc_category(first_of(character).value);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    if (first.value < 0) return false;
    text.remove_prefix(first.size);
  }
  return true;
}

std::string with_valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint first = first_of(text);
    valid += first.value < 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, first.size);
    text.remove_prefix(first.size);
  }
  return valid;
}

}  // namespace muster::base
