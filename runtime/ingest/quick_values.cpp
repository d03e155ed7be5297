// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_values.h"

#include <algorithm>

namespace muster::ingest {

void TextCodes::add(std::string_view text, std::uint32_t code) {
  const bool known =
      std::any_of(entries_.begin(), entries_.end(), [&](const Entry& each) { return each.text == text; });
  if (!known) entries_.push_back({head_of(text), code, std::string(text)});
}

void TextCodes::close() {
  std::size_t size = 4;
  while (size < entries_.size() * 2) size *= 2;
  places_.assign(size, kNone);
  for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) {
    std::size_t at = place(entries_[entry].head, entries_[entry].text.size());
    while (places_[at] != kNone) at = (at + 1) & (size - 1);
    places_[at] = entry;
  }
}

}  // namespace muster::ingest
