// SPDX-License-Identifier: Apache-2.0
// Rows of CSV as records: a record a row, its keys the cells of the header. An empty cell is null, a quoted empty one
// the empty text; a short row's cells are null, a long row is unreadable. Blank lines are passed over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/ingest/csv_rows.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {

struct CsvHeader {
  struct Column {
    std::size_t index = 0;
    std::string name;
  };
  std::vector<std::string> names;  // of all columns, as they are shown
  std::vector<Column> used;        // those that something reads
};

// The first row that isn't blank. Of an empty file it has no columns.
tl::expected<CsvHeader, FileError> read_csv_header(CsvRows& rows, const SourceSettings& settings,
                                                   const WantedKeys& wanted);
// As Source::missing_columns.
std::string missing_columns(const CsvHeader& header, const WantedKeys& wanted, char delimiter);

class CsvRecords {
 public:
  // All of them must outlive this.
  CsvRecords(const CsvHeader& header, const SourceSettings& settings) : header_(header), settings_(settings) {}

  // The row that was just read, in this state: to the sink, unless it is blank.
  bool give(const CsvRows& rows, CsvRowState state, Sink& sink);

 private:
  void give_row(const CsvRows& rows, Sink& sink);
  std::string too_many_cells(std::size_t cells) const;

  const CsvHeader& header_;
  const SourceSettings& settings_;
  Spellings record_;
};

// Why a row that is neither good nor blank can't be read.
std::string csv_trouble(CsvRowState state, const Options& options);

}  // namespace muster::ingest
