// SPDX-License-Identifier: Apache-2.0
// Lines for a terminal: something at the left that stays, text behind it that is broken into lines, and a place at
// the right edge. Private to this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "effective/describe/documents.h"

namespace muster::describe {

enum class Paint : unsigned char { plain, bold, dim, yellow, green, cyan };

struct Run {
  std::string text;
  Paint paint = Paint::plain;
};

class Page {
 public:
  Page(Colour colour, std::size_t width) : colour_(colour), width_(width) {}

  // `lead` stands on the first line, and what follows is broken at its right. Text has no line ends.
  void entry(std::size_t indent, const std::vector<Run>& lead, const std::vector<Run>& body,
             const std::string& right = "");
  void blank_line();
  std::string take() { return std::move(out_); }

 private:
  std::string painted(std::string_view text, Paint paint) const;

  const Colour colour_;
  const std::size_t width_;
  std::string out_;
};

}  // namespace muster::describe
