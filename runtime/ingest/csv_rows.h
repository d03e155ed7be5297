// SPDX-License-Identifier: Apache-2.0
// CSV as RFC 4180 has it, row by row: cells may be quoted and then hold delimiters, quotes (doubled) and line ends.
// Quotes inside an unquoted cell stand for themselves.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/ingest/byte_reader.h"
#include "runtime/ingest/csv_state.h"
#include "runtime/ingest/ingest.h"

namespace muster::ingest {

enum class CsvRowState : std::uint8_t {
  good,
  blank,     // a line with nothing on it
  too_long,  // passes the limit
  ruined,    // text behind a closing quote
  unclosed,  // a quote without its end
  cut_off,   // the stream went bad within it
};

class CsvRows {
 public:
  CsvRows(std::istream& stream, char delimiter, const Options& options);
  // Of a text that outlives this and stands from `line` of a file on.
  CsvRows(std::string_view text, std::uint32_t line, char delimiter, const Options& options);
  // Goes on with another text.
  void restart(std::string_view text, std::uint32_t line) { bytes_ = ByteReader(text, line); }

  bool at_end() { return bytes_.peek() == ByteReader::kEnd; }
  // Reads a row, to the end of its last line.
  CsvRowState next();

  // Of the row that was read, until the next.
  std::uint32_t line() const { return line_; }  // its first
  // Of a text: where the next row begins, and on which line.
  std::size_t position() const { return bytes_.position(); }
  std::uint32_t next_line() const { return bytes_.line(); }
  std::size_t size() const { return cells_.size(); }
  std::string_view text(std::size_t cell) const {
    return std::string_view(text_).substr(cells_[cell].begin, cells_[cell].size);
  }
  bool is_quoted(std::size_t cell) const { return cells_[cell].quoted; }

 private:
  struct Cell {
    std::size_t begin = 0;
    std::size_t size = 0;
    bool quoted = false;
  };

  void take_line();
  void scan(std::string_view piece);
  void step(char byte);
  void end_cell();
  void end_row();
  bool read_rest_again();

  ByteReader bytes_;
  char delimiter_;
  std::uint64_t limit_;
  int fresh_starts_ = 0;
  bool cut_off_ = false;

  std::uint32_t line_ = 1;
  std::string raw_;  // the row as it stands, up to the limit
  std::uint64_t raw_size_ = 0;
  std::string text_;  // of all cells
  std::vector<Cell> cells_;
  Cell cell_;
  CsvState state_ = CsvState::cell_start;
};

}  // namespace muster::ingest
