// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/one_line.h"

#include <algorithm>

namespace muster::typed {

std::string on_one_line(std::string_view source) {
  std::string line;
  const auto add_blank = [&] {
    if (!line.empty() && line.back() != ' ') line += ' ';
  };
  std::size_t at = 0;
  while (at < source.size()) {
    const char c = source[at];
    if (c == '"' || c == '`') {
      const bool raw = c == '`' || (at > 0 && source[at - 1] == 'r');
      std::size_t end = at + 1;
      while (end < source.size() && source[end] != c) end += !raw && source[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, source.size());
      line += source.substr(at, end - at);
      at = end;
    } else if (source.substr(at).starts_with("//")) {
      at = std::min(source.find_first_of("\r\n", at), source.size());
      add_blank();
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      add_blank();
      ++at;
    } else {
      line += c;
      ++at;
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace muster::typed
