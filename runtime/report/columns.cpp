// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/columns.h"

#include <utf8proc.h>

#include <algorithm>

namespace muster::report {

namespace {

// A user-perceived character: bytes [begin, begin + length) of its text.
struct Character {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::size_t width = 0;
};

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> found;
  utf8proc_int32_t before = -1, state = 0;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    const std::size_t length = read > 0 ? static_cast<std::size_t>(read) : 1;
    const std::size_t width = read > 0 ? static_cast<std::size_t>(utf8proc_charwidth(point)) : 1;
    const bool starts = before < 0 || read <= 0 || utf8proc_grapheme_break_stateful(before, point, &state);
    if (starts) {
      found.push_back({at, length, width});
    } else {
      found.back().length += length;
      // The parts of a joined emoji are drawn in one place.
      found.back().width = std::max(found.back().width, width);
    }
    before = read > 0 ? point : -1;
    at += length;
  }
  return found;
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  for (const auto& character : characters(text)) sum += character.width;
  return sum;
}

std::string cut(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t used = 0, end = 0;
  for (const auto& character : characters(text)) {
    if (used + character.width > width - 1) break;
    used += character.width;
    end = character.begin + character.length;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = columns(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t lines) {
  std::vector<std::string> result;
  const auto all = characters(text);
  std::size_t next = 0;
  while (next < all.size()) {
    while (next < all.size() && text[all[next].begin] == ' ') ++next;
    if (next == all.size()) break;
    const std::size_t begin = all[next].begin;
    if (result.size() + 1 == lines) {
      result.push_back(cut(text.substr(begin), width));
      return result;
    }
    // As far as the line holds; then back to the last blank, if there is one.
    std::size_t used = 0, end = next, last_blank = next;
    while (end < all.size() && used + all[end].width <= width) {
      if (text[all[end].begin] == ' ') last_blank = end;
      used += all[end++].width;
    }
    if (end < all.size() && text[all[end].begin] != ' ' && last_blank > next) end = last_blank;
    if (end == next) ++end;  // one character that is wider than the line
    const std::size_t stop = end < all.size() ? all[end].begin : text.size();
    std::string line(text.substr(begin, stop - begin));
    while (!line.empty() && line.back() == ' ') line.pop_back();
    result.push_back(std::move(line));
    next = end;
  }
  if (result.empty()) result.emplace_back();
  return result;
}

}  // namespace muster::report
