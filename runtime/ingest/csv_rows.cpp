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

CsvRowState CsvRows::next() {
  line_ = bytes_.line();
  raw_.clear();
  raw_size_ = 0;
  text_.clear();
  cells_.clear();
  cell_ = {};
  state_ = State::cell_start;
  do {
    take_line();
  } while (state_ == State::quoted && !at_end());
  if (state_ == State::quoted && raw_size_ <= limit_) {
    read_rest_again();
    return CsvRowState::unclosed;
  }
  if (raw_size_ > limit_) return CsvRowState::too_long;
  if (state_ == State::ruined) return CsvRowState::ruined;
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
  if (bytes_.get() != ByteReader::kEnd) scan("\n");
}

void CsvRows::scan(std::string_view piece) {
  raw_size_ += piece.size();
  if (raw_size_ <= limit_) raw_ += piece;
  for (char byte : piece) step(byte);
}

// The line end that ends a row arrives here too: as part of a plain cell, from which end_row takes it.
void CsvRows::step(char byte) {
  switch (state_) {
    case State::cell_start:
      if (byte == '"') {
        cell_.quoted = true;
        state_ = State::quoted;
        return;
      }
      state_ = State::plain;
      [[fallthrough]];
    case State::plain:
      if (byte == delimiter_) return end_cell();
      break;
    case State::quoted:
      if (byte != '"') break;
      state_ = State::quote_in_quoted;
      return;
    case State::quote_in_quoted:
      if (byte == '"') {
        state_ = State::quoted;
        break;
      }
      if (byte == delimiter_) return end_cell();
      if (byte == '\r')
        state_ = State::return_after_quoted;
      else if (byte != '\n')
        state_ = State::ruined;
      return;
    case State::return_after_quoted:
      if (byte != '\n') state_ = State::ruined;
      return;
    case State::ruined: return;
  }
  if (raw_size_ <= limit_) text_ += byte;
}

void CsvRows::end_cell() {
  cell_.size = text_.size() - cell_.begin;
  cells_.push_back(cell_);
  cell_ = {text_.size(), 0, false};
  state_ = State::cell_start;
}

void CsvRows::end_row() {
  if (state_ == State::plain) {
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
