// SPDX-License-Identifier: Apache-2.0
// Evidence of some thousand subjects in columns, as a layout says (compiler/ir/code.h). Ingest fills a batch, engines
// read it. A batch is filled row by row: the rows of a child table follow each other as their parents do, so its
// offsets are complete as soon as its parents' rows are.
//
//   table subjects    rows 0 1 2          drills of 0: rows 0 1, of 1: none, of 2: row 2
//   table drills      offsets 0 2 2 3     rows 0 1 2
//
// Texts point into memory that outlives the batch, or into what `keep` gave. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "base/version_number.h"
#include "compiler/ir/code.h"
#include "compiler/types/scalar.h"
#include "runtime/columns/buffer.h"

namespace muster::columns {

constexpr std::size_t kBatchRows = 4096;  // subjects
constexpr std::size_t kRowsOfWord = 64;
// A table's buffers stay where they are until it gets a row whose index is a multiple of this.
constexpr std::size_t kRowsAtOnce = 512;

// Whole vectors of 512 rows.
constexpr std::size_t words_of(std::size_t rows) { return (rows + 511) / 512 * 8; }

struct Text {
  const char* data = nullptr;
  std::uint64_t size = 0;
  std::string_view view() const { return {data, size}; }
};

// One bit a row. Bits behind the last row are 0.
class Bitmap {
 public:
  const std::uint64_t* words() const { return buffer_.as<std::uint64_t>(); }
  std::uint64_t* words() { return buffer_.as<std::uint64_t>(); }
  bool at(std::size_t row) const { return (words()[row / kRowsOfWord] >> (row % kRowsOfWord) & 1u) != 0; }
  void set(std::size_t row) { words()[row / kRowsOfWord] |= std::uint64_t{1} << (row % kRowsOfWord); }
  void grow(std::size_t rows) { buffer_.grow(words_of(rows) * sizeof(std::uint64_t)); }
  void clear(std::size_t rows) { buffer_.clear(words_of(rows) * sizeof(std::uint64_t)); }

 private:
  Buffer buffer_;
};

// `known` and `absent` exclude each other. Of a bool `yes` is within known.
struct ColumnData {
  Bitmap known, absent, yes;
  Buffer data;
};

class Batch {
 public:
  explicit Batch(const ir::Layout& layout);  // must outlive the batch; no rows, but the one of the run
  Batch(Batch&&) noexcept = default;
  Batch& operator=(Batch&&) noexcept = default;

  // No rows again, and no texts; what was allocated stays.
  void clear();

  const ir::Layout& layout() const { return *layout_; }
  std::size_t rows(ir::TableId table) const { return rows_[table]; }
  std::size_t subjects() const { return rows_[ir::kSubjectsTable]; }
  // Of a table with a parent: rows(parent) + 1 of them.
  const std::uint32_t* offsets(ir::TableId table) const { return offsets_[table].as<std::uint32_t>(); }
  const ColumnData& column(ir::ColumnId column) const { return columns_[column]; }
  const Bitmap& named(std::uint32_t index) const { return named_[index]; }

  // ---- Filling ----

  // Adds a row, of nothing known, and gives its index. Child tables get an empty list for it: rows that are added to
  // them before the next of this table are its elements.
  std::uint32_t add_row(ir::TableId table);
  // Takes the last subject back, with all rows that were added for it.
  void drop_last_subject();

  ColumnData& column(ir::ColumnId column) { return columns_[column]; }
  Bitmap& named(std::uint32_t index) { return named_[index]; }
  void set_known(ir::ColumnId column, std::uint32_t row) { columns_[column].known.set(row); }
  void set_absent(ir::ColumnId column, std::uint32_t row) { columns_[column].absent.set(row); }
  // A known scalar of the column's type. Its text is copied.
  void set(ir::ColumnId column, std::uint32_t row, const types::Scalar& value);

  // A text for as long as the batch has rows.
  std::string_view keep(std::string_view text);

 private:
  const ir::Layout* layout_;
  std::vector<std::vector<ir::TableId>> children_;     // by table
  std::vector<std::vector<ir::ColumnId>> columns_of_;  // by table
  std::vector<std::uint32_t> rows_;
  std::vector<Buffer> offsets_;
  std::vector<ColumnData> columns_;
  std::vector<Bitmap> named_;
  // Kept texts: blocks that are filled one after the other, and the long ones.
  std::vector<std::unique_ptr<char[]>> blocks_, large_;
  std::size_t block_ = 0, block_used_ = 0;
  std::deque<base::VersionNumber> versions_;
};

}  // namespace muster::columns
