// SPDX-License-Identifier: Apache-2.0
// A text with places where it may break. Groups are set on one line where they fit into the width, else each
// of their own breaks becomes a line. What is between two breaks is never parted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace muster::format {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kIndent = 2;

struct Piece {
  enum class Kind : std::uint8_t {
    text,
    blank,         // one blank; nothing at the beginning of a line
    line,          // `text` where its group fits, else a new line
    new_line,      // always
    empty_line,    // a new line behind an empty one
    line_comment,  // on a line of its own
    end_comment,   // behind the text of its line
    begin_group,
    end_group,
    begin_indent,
    end_indent,
  };
  Kind kind = Kind::text;
  std::string_view text;
};

using Pieces = std::vector<Piece>;

std::string render(const Pieces& pieces);

// The width of all pieces on one line, or nothing if they can't stand on one.
struct FlatWidth {
  bool possible = true;
  std::size_t columns = 0;
};
FlatWidth flat_width(const Pieces& pieces);

}  // namespace muster::format
