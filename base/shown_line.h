// SPDX-License-Identifier: Apache-2.0
// A line of source as a terminal shows it: tabs as blanks, wide and zero-width characters counted as they are
// drawn, control characters and broken UTF-8 as U+FFFD, a line that is too long cut around a place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muster::base {

// No line is shown wider than this many columns (and the dots where it was cut).
constexpr std::size_t kWidestLine = 100;
constexpr std::size_t kTabWidth = 4;

class ShownLine {
 public:
  // `line` has no line end. Where it is too wide, the piece around the byte `focus` is shown.
  ShownLine(std::string_view line, std::size_t focus);

  const std::string& text() const { return text_; }
  // Where this byte of the line is drawn, from 0; for bytes that were cut off, the nearer end.
  std::size_t column(std::size_t byte) const;
  // Whether this byte is shown, the line's end included.
  bool shows(std::size_t byte) const;

 private:
  struct Cell {
    std::size_t byte;
    std::size_t column;
  };

  std::vector<Cell> cells_;  // one for each character, and one for the end
  std::string text_;
};

// A text on one line, with nothing in it that moves a terminal's cursor.
std::string visible_text(std::string_view text);

// The same, and of a long one its beginning: a value in a message, which may be as long as somebody's file.
std::string short_visible_text(std::string_view text);

}  // namespace muster::base
