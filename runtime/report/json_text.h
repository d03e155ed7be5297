// SPDX-License-Identifier: Apache-2.0
// Writes compact JSON (RFC 8259) into a string, byte-stable: commas come by themselves, numbers in the
// shortest form that reads back, text that is no valid UTF-8 with U+FFFD in place of the broken bytes.
// The caller keeps begin and end in balance.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muster::report {

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  JsonText& begin_object();
  JsonText& end_object();
  JsonText& begin_array();
  JsonText& end_array();
  JsonText& key(std::string_view name);
  JsonText& text(std::string_view value);
  JsonText& number(double value);
  JsonText& integer(std::int64_t value);
  JsonText& count(std::uint64_t value);
  JsonText& truth(bool value);
  JsonText& null();

 private:
  // Before a value or key: a comma unless it is the first of its object or array, or follows its key.
  void separate();

  std::string& out_;
};

// A text in quotes with its escapes.
void append_json_text(std::string_view text, std::string& out);

}  // namespace muster::report
