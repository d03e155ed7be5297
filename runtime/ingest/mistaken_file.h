// SPDX-License-Identifier: Apache-2.0
// What a file seems to be that can't be read as what it is taken for. For messages only: nothing is read by a guess.
#pragma once

#include <optional>
#include <string_view>

namespace muster::ingest {

inline constexpr const char* kIsUtf16 = "this is UTF-16 text, and evidence is UTF-8: save the file as that";

// By a mark, or by a NUL for every second of the first bytes, as ASCII has it. Of a line in a file, too.
bool is_utf16(std::string_view beginning);

// Of a header that is one column: what another delimiter would part it by, as a source says it (`";"`).
std::optional<std::string_view> seeming_delimiter(std::string_view header, char delimiter);

}  // namespace muster::ingest
