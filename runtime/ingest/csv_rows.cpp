// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/csv_rows.h"

#include <utility>

namespace muster::ingest {
namespace {

// A quote that is never closed would swallow the rest of the file. Its line alone is given up then, and the rest is
// read again from the next; so often in one file, because each time costs the length of the rest.
constexpr int kFreshStarts = 16;

}  // namespace

CsvRows::CsvRows(std::istream& stream, char delimiter, const Options& options)
    : bytes_(stream, options.read_ahead_bytes), delimiter_(delimiter), limit_(options.limits.record_bytes) {
  bytes_.skip_byte_order_mark();
}

CsvRows::CsvRows(std::string_view text, std::uint32_t line, char delimiter, const Options& options)
    : bytes_(text, line), delimiter_(delimiter), limit_(options.limits.record_bytes) {}

CsvRowState CsvRows::next() {
  line_ = bytes_.line();
  raw_.clear();
  raw_size_ = 0;
  text_.clear();
  cells_.clear();
  cell_ = {};
  state_ = CsvState::cell_start;
  do {
    take_line();
  } while (state_ == CsvState::quoted && !at_end());
  // A last cell that lacks some digits would still be a number.
  if (cut_off_ || (state_ == CsvState::quoted && bytes_.is_cut_off())) return CsvRowState::cut_off;
  if (state_ == CsvState::quoted && raw_size_ <= limit_) {
    read_rest_again();
    return CsvRowState::unclosed;
  }
  if (raw_size_ > limit_) return CsvRowState::too_long;
  if (state_ == CsvState::ruined) return CsvRowState::ruined;
  if (raw_ == "\n" || raw_ == "\r\n" || raw_ == "\r") return CsvRowState::blank;
  end_row();
  return CsvRowState::good;
}

void CsvRows::take_line() {
  while (true) {
    const std::string_view piece = bytes_.take_in_line();
    if (piece.empty()) break;
    scan(piece);
  }
  if (bytes_.get() != ByteReader::kEnd) return scan("\n");
  cut_off_ = bytes_.is_cut_off();
}

void CsvRows::scan(std::string_view piece) {
  raw_size_ += piece.size();
  if (raw_size_ <= limit_) raw_ += piece;
  for (char byte : piece) step(byte);
}

// The line end that ends a row arrives here too: as part of a plain cell, from which end_row takes it.
void CsvRows::step(char byte) {
  const CsvState before = state_;
  state_ = after(before, byte, delimiter_);
  switch (before) {
    case CsvState::cell_start:
    case CsvState::plain:
      if (state_ == CsvState::cell_start) return end_cell();
      if (state_ == CsvState::quoted) {
        cell_.quoted = true;
        return;
      }
      break;
    case CsvState::quoted:
      if (state_ != CsvState::quoted) return;
      break;
    case CsvState::quote_in_quoted:
      if (state_ == CsvState::cell_start) return end_cell();
      if (state_ != CsvState::quoted) return;
      break;
    case CsvState::return_after_quoted:
    case CsvState::ruined: return;
  }
  if (raw_size_ <= limit_) text_ += byte;
}

void CsvRows::end_cell() {
  cell_.size = text_.size() - cell_.begin;
  cells_.push_back(cell_);
  cell_ = {text_.size(), 0, false};
  state_ = CsvState::cell_start;
}

void CsvRows::end_row() {
  if (state_ == CsvState::plain) {
    if (text_.ends_with('\n')) text_.pop_back();
    if (text_.size() > cell_.begin && text_.ends_with('\r')) text_.pop_back();
  }
  end_cell();
}

bool CsvRows::read_rest_again() {
  const std::size_t line_end = raw_.find('\n');
  if (line_end == std::string::npos || fresh_starts_ == kFreshStarts) return false;
  ++fresh_starts_;
  bytes_.read_again(raw_.substr(line_end + 1), line_ + 1);
  return true;
}

}  // namespace muster::ingest
