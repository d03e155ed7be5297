// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/record_ends.h"

#include <cstring>

namespace muster::ingest {

bool RecordEnds::next(std::string_view text) {
  while (scanned_ < text.size()) {
    const char* begin = text.data() + scanned_;
    const std::size_t rest = text.size() - scanned_;
    const auto* stop = static_cast<const char*>(std::memchr(begin, '\n', rest));
    const std::size_t size = stop != nullptr ? static_cast<std::size_t>(stop - begin) + 1 : rest;
    if (is_csv_) note_quotes({begin, size}, stop != nullptr);
    scanned_ += size;
    if (stop == nullptr) return false;
    ++scanned_lines_;
    if (state_ == CsvState::quoted) continue;
    state_ = CsvState::cell_start;
    end_ = scanned_;
    lines_ = scanned_lines_;
    return true;
  }
  return false;
}

// Without a quote a line that begins outside of them ends there. Half a line is scanned, for the quotes in it.
void RecordEnds::note_quotes(std::string_view line, bool is_whole) {
  if (is_whole && state_ == CsvState::cell_start && std::memchr(line.data(), '"', line.size()) == nullptr) return;
  for (const char c : line) state_ = after(state_, c, delimiter_);
}

}  // namespace muster::ingest
