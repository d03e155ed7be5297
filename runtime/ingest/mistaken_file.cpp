// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/mistaken_file.h"

#include <array>
#include <utility>

namespace muster::ingest {

bool is_utf16(std::string_view beginning) {
  if (beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF")) return true;
  if (beginning.size() < 4) return false;
  const auto nul = [&](std::size_t at) { return beginning[at] == '\0'; };
  return nul(0) == nul(2) && nul(1) == nul(3) && nul(0) != nul(1);
}

std::optional<std::string_view> seeming_delimiter(std::string_view header, char delimiter) {
  constexpr std::array<std::pair<char, std::string_view>, 4> kKnown = {
      {{';', "\";\""}, {'\t', "\"\\t\""}, {',', "\",\""}, {'|', "\"|\""}}};
  for (const auto& [byte, written] : kKnown) {
    if (byte != delimiter && header.find(byte) != std::string_view::npos) return written;
  }
  return std::nullopt;
}

}  // namespace muster::ingest
