// SPDX-License-Identifier: Apache-2.0
// JSON's tokens, one at a time: is a number or name well-formed, what does a quoted text say.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace muster::ingest {

// `true`, `false`, `null` or a number (RFC 8259), the whole token.
bool is_json_literal(std::string_view token);

enum class TextState : std::uint8_t {
  good,
  lone_surrogate,  // an escape of half a character; replaced by U+FFFD
  bad_escape,      // not JSON
};

// Appends what the inside of a quoted text says.
TextState unescape(std::string_view inside, std::string& text);

// `bytes` counted in characters, for people: from 1.
std::uint32_t column_of(std::string_view line, std::size_t offset);

}  // namespace muster::ingest
