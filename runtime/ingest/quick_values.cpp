// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_values.h"

namespace muster::ingest {

void TextCodes::add(std::string_view text, std::uint32_t code) {
  std::string padded(text);
  padded.append(8, '\0');
  const std::string_view own = std::string_view(padded).substr(0, text.size());
  if (find(own) != kNone) return;
  entries_.push_back({ends_of(own), code, std::string(text)});
  if (entries_.size() * 4 <= places_.size()) return enter(static_cast<std::uint32_t>(entries_.size() - 1));
  places_.assign(places_.empty() ? 8 : places_.size() * 2, kNone);
  for (std::uint32_t entry = 0; entry < entries_.size(); ++entry) enter(entry);
}

void TextCodes::enter(std::uint32_t entry) {
  std::size_t at = place(entries_[entry].ends, entries_[entry].text.size());
  while (places_[at] != kNone) at = (at + 1) & (places_.size() - 1);
  places_[at] = entry;
}

}  // namespace muster::ingest
