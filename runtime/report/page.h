// SPDX-License-Identifier: Apache-2.0
// Lines for a terminal: something at the left that stays, text behind it that is broken into lines, and a place at
// the right edge.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/report/report.h"

namespace muster::report {

enum class Paint : unsigned char { plain, bold, dim, red, yellow, green, cyan };
std::string painted(std::string_view text, Paint paint, Colour colour);

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
  const Colour colour_;
  const std::size_t width_;
  std::string out_;
};

}  // namespace muster::report
