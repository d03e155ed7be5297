// SPDX-License-Identifier: Apache-2.0
// What the language and the readers of evidence do with text: upper and lower case, spaces at the ends, lengths
// in code points, all by Unicode's simple mappings, in every locale the same. Text is UTF-8; bytes that are not
// stay as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muster::base {

std::string lower(std::string_view text);
std::string upper(std::string_view text);
std::string_view trim(std::string_view text);  // without White_Space at both ends
std::int64_t count_code_points(std::string_view text);
bool is_letter(std::string_view character);          // of any script
bool is_utf8(std::string_view text);                 // no surrogates, no overlong forms
std::string with_valid_utf8(std::string_view text);  // each broken byte as U+FFFD

}  // namespace muster::base
