// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/quick_cells.h"

#include <algorithm>
#include <bit>
#include <map>

#include "runtime/ingest/json_index.h"

namespace muster::ingest {

QuickCells::QuickCells(const QuickPlan& plan, QuickWriter& writer, const CsvHeader& header,
                       const SourceSettings& settings)
    : plan_(plan), writer_(writer), header_(header), settings_(settings) {
  const QuickObject& record = plan.objects().front();
  std::map<std::string_view, QuickSlotId> slot_of(record.keys.begin(), record.keys.end());
  std::vector<bool> has_column(plan.slots().size());
  for (const CsvHeader::Column& each : header.used) {
    const auto slot = slot_of.find(each.name);
    // Of two names of one field the better counts, which is a matter for those who know them.
    if (slot == slot_of.end() || has_column[slot->second]) {
      usable_ = false;
      return;
    }
    has_column[slot->second] = true;
    columns_.push_back({each.index, slot->second});
  }
  for (const QuickSlotId slot : record.slots) {
    if (!has_column[slot]) without_column_.push_back(slot);
  }
  // A byte of a longer character would cut it.
  usable_ = static_cast<unsigned char>(settings.delimiter) < 0x80;
}

void QuickCells::start(std::string_view text) {
  text_ = text;
  is_text_ = is_utf8_text(text);
  next_quote_ = std::min(text.find('"'), text.size());
}

std::optional<std::size_t> QuickCells::read(std::size_t begin) {
  if (!usable_ || !is_text_) return std::nullopt;
  if (next_quote_ < begin) next_quote_ = std::min(text_.find('"', begin), text_.size());
  const std::size_t line_end = std::min(text_.find('\n', begin), text_.size());
  const std::size_t size = std::min(line_end + 1, text_.size()) - begin;
  if (next_quote_ < line_end || size > settings_.options.limits.record_bytes) return std::nullopt;
  std::size_t end = line_end;
  if (end > begin && text_[end - 1] == '\r') --end;
  // A blank line is no row.
  if (end == begin) return std::nullopt;
  find_cells(begin, end);
  if (ends_.size() > header_.names.size()) return std::nullopt;
  const std::uint32_t row = writer_.open();
  if (!take_row(begin, row) || !writer_.has_key()) {
    writer_.drop();
    return std::nullopt;
  }
  writer_.keep();
  return size;
}

// Eight bytes at once: in each that is the delimiter the highest bit is set.
void QuickCells::find_cells(std::size_t begin, std::size_t end) {
  constexpr std::uint64_t kLow = 0x7F7F7F7F7F7F7F7Fu;
  const std::uint64_t delimiters = static_cast<unsigned char>(settings_.delimiter) * std::uint64_t{0x0101010101010101};
  ends_.clear();
  for (std::size_t at = begin; at < end; at += 8) {
    const std::uint64_t others = load_eight(text_.data() + at) ^ delimiters;
    std::uint64_t found = ~(((others & kLow) + kLow) | others | kLow);
    for (; found != 0; found &= found - 1) {
      const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
      if (place < end) ends_.push_back(place);
    }
  }
  ends_.push_back(end);
}

bool QuickCells::take_row(std::size_t begin, std::uint32_t row) {
  for (const Column& column : columns_) {
    // The cells of a short row are null.
    if (column.index >= ends_.size()) {
      writer_.null(column.slot, row);
      continue;
    }
    const std::size_t first = column.index == 0 ? begin : ends_[column.index - 1] + 1;
    if (!take_cell(column, text_.substr(first, ends_[column.index] - first), row)) return false;
  }
  for (const QuickSlotId slot : without_column_) writer_.missing(slot, row);
  return true;
}

bool QuickCells::take_cell(const Column& column, std::string_view text, std::uint32_t row) {
  if (text.empty()) {
    writer_.null(column.slot, row);
    return true;
  }
  const QuickSlot& slot = plan_.slots()[column.slot];
  if (writer_.common(slot, true, text, row)) return true;
  const QuickWriter::Token token{Shape::text, true, true, text};
  return slot.kind == QuickSlot::Kind::scalar ? writer_.scalar(column.slot, slot, token, row)
                                              : writer_.misshapen(column.slot, token);
}

}  // namespace muster::ingest
