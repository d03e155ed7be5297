// SPDX-License-Identifier: Apache-2.0
#include "base/shown_line.h"

#include <algorithm>

#include <utf8proc.h>

namespace muster::base {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kCut = "...";
constexpr std::size_t kColumnsBeforeFocus = 30;
// Enough bytes for as many columns, whatever the script; so that a line of megabytes costs no more than a short one.
constexpr std::size_t kBytesBefore = 8 * kColumnsBeforeFocus;
constexpr std::size_t kBytesBehind = 8 * kWidestLine;

struct Character {
  std::size_t bytes = 1;
  std::size_t width = 1;
  std::string_view shown;
};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

// Characters that change the direction of what stands behind them could make source look like other source.
bool is_direction_control(utf8proc_int32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

Character read_character(std::string_view rest) {
  utf8proc_int32_t code = 0;
  auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                                 static_cast<utf8proc_ssize_t>(rest.size()), &code);
  if (length <= 0) return {1, 1, kReplacement};
  auto bytes = static_cast<std::size_t>(length);
  if (code == '\t') return {bytes, kTabWidth, std::string_view("    ").substr(0, kTabWidth)};
  utf8proc_category_t category = utf8proc_category(code);
  if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
      is_direction_control(code)) {
    return {bytes, 1, kReplacement};
  }
  return {bytes, static_cast<std::size_t>(utf8proc_charwidth(code)), rest.substr(0, bytes)};
}

std::size_t character_start(std::string_view text, std::size_t byte) {
  for (int steps = 0; steps < 3 && byte > 0 && byte < text.size() && is_continuation(text[byte]); ++steps) --byte;
  return byte;
}

}  // namespace

ShownLine::ShownLine(std::string_view line, std::size_t focus) {
  focus = std::min(focus, line.size());
  std::size_t from = focus > kBytesBefore ? character_start(line, focus - kBytesBefore) : 0;
  std::size_t to = character_start(line, std::min(line.size(), focus + kBytesBehind));

  std::vector<Character> characters;
  std::size_t width = 0;
  std::size_t width_before_focus = 0;
  for (std::size_t byte = from; byte < to;) {
    Character character = read_character(line.substr(byte));
    characters.push_back(character);
    width += character.width;
    byte += character.bytes;
    if (byte <= focus) width_before_focus = width;
  }

  auto first = characters.begin();
  std::size_t start = from;
  if (from > 0 || to < line.size() || width > kWidestLine) {
    // Context before the focus goes first, as long as there is too much of it.
    while (width_before_focus > kColumnsBeforeFocus && width > kWidestLine) {
      width_before_focus -= first->width;
      width -= first->width;
      start += first->bytes;
      ++first;
    }
  }

  if (start > 0) text_ = kCut;
  std::size_t column = text_.size();
  std::size_t limit = column + kWidestLine;
  std::size_t byte = start;
  for (; first != characters.end() && column + first->width <= limit; ++first) {
    cells_.push_back({byte, column});
    text_ += first->shown;
    column += first->width;
    byte += first->bytes;
  }
  cells_.push_back({byte, column});
  if (byte < line.size()) text_ += kCut;
}

std::size_t ShownLine::column(std::size_t byte) const {
  auto after = std::upper_bound(cells_.begin(), cells_.end(), byte,
                                [](std::size_t wanted, const Cell& cell) { return wanted < cell.byte; });
  return after == cells_.begin() ? cells_.front().column : std::prev(after)->column;
}

bool ShownLine::shows(std::size_t byte) const { return byte >= cells_.front().byte && byte <= cells_.back().byte; }

std::string visible_text(std::string_view text) {
  std::string visible;
  while (!text.empty()) {
    Character character = read_character(text);
    visible += text.front() == '\n' || text.front() == '\r' ? " " : character.shown;
    text.remove_prefix(character.bytes);
  }
  return visible;
}

std::string short_visible_text(std::string_view text) {
  constexpr std::size_t kMostPoints = 60;
  std::string visible = visible_text(text);
  std::size_t end = 0;
  for (std::size_t points = 0; end < visible.size(); ++points) {
    if (points == kMostPoints) return visible.substr(0, end) + "…";
    ++end;
    while (end < visible.size() && is_continuation(visible[end])) ++end;
  }
  return visible;
}

}  // namespace muster::base
