// SPDX-License-Identifier: Apache-2.0
#include "lsp/protocol/positions.h"

#include <algorithm>

namespace muster::lsp {

namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

std::uint32_t character_end(std::string_view line, std::uint32_t at) {
  ++at;
  while (at < line.size() && continues(line[at])) ++at;
  return at;
}

}  // namespace

std::uint32_t units_of(char first_byte, Encoding encoding) {
  const auto byte = static_cast<unsigned char>(first_byte);
  if (encoding == Encoding::utf16) return byte >= 0xF0u ? 2 : 1;
  return 1;
}

std::uint32_t Positions::offset(Position position) const {
  if (position.line >= file_.line_count()) return static_cast<std::uint32_t>(file_.text().size());
  const std::uint32_t begin = file_.line_begin(position.line + 1);
  const std::string_view line = file_.line_text(position.line + 1);
  if (encoding_ == Encoding::utf8) {
    auto at = static_cast<std::uint32_t>(std::min<std::size_t>(position.character, line.size()));
    while (at > 0 && at < line.size() && continues(line[at])) --at;
    return begin + at;
  }
  std::uint32_t at = 0, units = 0;
  while (at < line.size()) {
    units += units_of(line[at], encoding_);
    if (units > position.character) break;
    at = character_end(line, at);
  }
  return begin + at;
}

Position Positions::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(file_.text().size()));
  const std::uint32_t number = file_.line_of(offset);
  const std::uint32_t begin = file_.line_begin(number);
  const std::string_view line = file_.line_text(number);
  const auto wanted = static_cast<std::uint32_t>(std::min<std::size_t>(offset - begin, line.size()));
  if (encoding_ == Encoding::utf8) return {number - 1, wanted};
  if (known_line_ != number || known_offset_ > wanted) known_line_ = number, known_offset_ = known_units_ = 0;
  while (known_offset_ < wanted) {
    const std::uint32_t end = character_end(line, known_offset_);
    if (end > wanted) break;
    known_units_ += units_of(line[known_offset_], encoding_);
    known_offset_ = end;
  }
  return {number - 1, known_units_};
}

}  // namespace muster::lsp
