// SPDX-License-Identifier: Apache-2.0
// Rows of CSV straight into columns. It takes rows on one line and without quotes, of a chunk that is all UTF-8, and
// leaves the others to be read through data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/ingest/csv_records.h"
#include "runtime/ingest/quick_plan.h"
#include "runtime/ingest/quick_writer.h"

namespace muster::ingest {

class QuickCells {
 public:
  // All of them must outlive this.
  QuickCells(const QuickPlan& plan, QuickWriter& writer, const CsvHeader& header, const SourceSettings& settings);

  // The text of a chunk, with its padding.
  void start(std::string_view text);

  // The row that begins there; rows in their order. Gives the size of its line, with its end, where the writer has kept
  // it; or nothing, and it has dropped what there was.
  std::optional<std::size_t> read(std::size_t begin);

 private:
  struct Column {
    std::size_t index = 0;
    QuickSlotId slot = 0;
  };

  void find_cells(std::size_t begin, std::size_t end);
  bool take_row(std::size_t begin, std::uint32_t row);
  bool take_cell(const Column& column, std::string_view text, std::uint32_t row);

  const QuickPlan& plan_;
  QuickWriter& writer_;
  const CsvHeader& header_;
  const SourceSettings& settings_;
  std::vector<Column> columns_;
  std::vector<QuickSlotId> without_column_;
  bool usable_ = true;  // with this header

  std::string_view text_;
  bool is_text_ = false;  // the chunk is all UTF-8
  std::size_t next_quote_ = 0;
  std::vector<std::size_t> ends_;  // of the row's cells
};

}  // namespace muster::ingest
