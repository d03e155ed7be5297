// SPDX-License-Identifier: Apache-2.0
// Where the records of a text that comes in pieces end: lines of NDJSON end with each line, rows of CSV with the first
// line end outside of quotes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compiler/typed/program.h"
#include "runtime/ingest/csv_state.h"

namespace muster::ingest {

class RecordEnds {
 public:
  RecordEnds(typed::SourceKind kind, char delimiter) : is_csv_(kind == typed::SourceKind::csv), delimiter_(delimiter) {}

  // Goes on behind what was scanned, to behind the next end of a record: true. Or to the end of the text, false.
  bool next(std::string_view text);

  // Behind the last end that was found.
  std::size_t end() const { return end_; }
  // Lines before that.
  std::uint32_t lines() const { return lines_; }
  // What was scanned last stands in quotes: a line end there is none of a record.
  bool is_quoted() const { return state_ == CsvState::quoted; }
  // What was scanned is gone: the text that comes next goes on where it ended.
  void drop_text() { scanned_ = end_ = 0; }

 private:
  void note_quotes(std::string_view line, bool is_whole);

  bool is_csv_;
  char delimiter_;
  CsvState state_ = CsvState::cell_start;
  std::size_t scanned_ = 0;
  std::size_t end_ = 0;
  std::uint32_t lines_ = 0;
  std::uint32_t scanned_lines_ = 0;
};

}  // namespace muster::ingest
