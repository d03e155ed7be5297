// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/json_text.h"

#include <utf8proc.h>

#include "base/number_text.h"

namespace muster::report {

JsonText& JsonText::begin_object() {
  separate();
  out_ += '{';
  return *this;
}

JsonText& JsonText::end_object() {
  out_ += '}';
  return *this;
}

JsonText& JsonText::begin_array() {
  separate();
  out_ += '[';
  return *this;
}

JsonText& JsonText::end_array() {
  out_ += ']';
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  separate();
  append_json_text(name, out_);
  out_ += ':';
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  separate();
  append_json_text(value, out_);
  return *this;
}

JsonText& JsonText::number(double value) {
  separate();
  out_ += base::to_text(value);
  return *this;
}

JsonText& JsonText::integer(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::count(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::truth(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonText& JsonText::null() {
  separate();
  out_ += "null";
  return *this;
}

// A value's last byte is never one of these: texts end with a quote.
void JsonText::separate() {
  if (out_.empty()) return;
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') out_ += ',';
}

namespace {

void append_escaped(unsigned char byte, std::string& out) {
  switch (byte) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
  }
  static const char* digits = "0123456789abcdef";
  out += "\\u00";
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

}  // namespace

void append_json_text(std::string_view text, std::string& out) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x20 || byte == '"' || byte == '\\') {
      append_escaped(byte, out);
      ++at;
    } else if (byte < 0x80) {
      out += text[at++];
    } else {
      utf8proc_int32_t character = 0;
      const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                           static_cast<utf8proc_ssize_t>(text.size() - at), &character);
      if (length <= 0) {
        out += "\xEF\xBF\xBD";
        ++at;
      } else {
        out.append(text, at, static_cast<std::size_t>(length));
        at += static_cast<std::size_t>(length);
      }
    }
  }
  out += '"';
}

}  // namespace muster::report
