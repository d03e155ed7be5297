// SPDX-License-Identifier: Apache-2.0
#include "runtime/columns/batch.h"

#include <cstring>
#include <utility>
#include <variant>

namespace muster::columns {

namespace {

constexpr std::size_t kTextBlock = std::size_t{64} << 10;

void forget_rows(ColumnData& column, ir::Phys phys, std::uint32_t begin, std::uint32_t end) {
  for (Bitmap* bits : {&column.known, &column.absent, &column.yes}) {
    for (std::uint32_t row = begin; row < end; ++row)
      bits->words()[row / kRowsOfWord] &= ~(std::uint64_t{1} << (row % kRowsOfWord));
  }
  const std::size_t bytes = ir::bytes_of(phys);
  if (end > begin && bytes > 0) std::memset(column.data.data() + begin * bytes, 0, (end - begin) * bytes);
}

}  // namespace

Batch::Batch(const ir::Layout& layout)
    : layout_(&layout),
      children_(layout.tables.size()),
      columns_of_(layout.tables.size()),
      rows_(layout.tables.size()),
      offsets_(layout.tables.size()),
      columns_(layout.columns.size()),
      named_(layout.named) {
  for (ir::TableId id = ir::kSubjectsTable + 1; id < layout.tables.size(); ++id)
    children_[layout.tables[id].parent].push_back(id);
  for (ir::ColumnId id = 0; id < layout.columns.size(); ++id) columns_of_[layout.columns[id].table].push_back(id);
  for (Buffer& offsets : offsets_) offsets.grow(sizeof(std::uint32_t));
  for (Bitmap& bits : named_) bits.grow(kBatchRows);
  add_row(ir::kRunTable);
}

void Batch::clear() {
  for (ir::TableId id = 0; id < rows_.size(); ++id) {
    for (const ir::ColumnId column : columns_of_[id]) {
      ColumnData& data = columns_[column];
      for (Bitmap* bits : {&data.known, &data.absent, &data.yes}) bits->clear(rows_[id]);
      data.data.clear(rows_[id] * ir::bytes_of(layout_->columns[column].phys));
    }
    rows_[id] = 0;
  }
  for (Bitmap& bits : named_) bits.clear(kBatchRows);
  versions_.clear();
  large_.clear();
  block_ = block_used_ = 0;
  if (blocks_.size() > 64) blocks_.resize(64);
  add_row(ir::kRunTable);
}

std::uint32_t Batch::add_row(ir::TableId table) {
  const std::uint32_t row = rows_[table]++;
  if (row % kRowsAtOnce == 0) {
    for (const ir::ColumnId id : columns_of_[table]) {
      ColumnData& column = columns_[id];
      column.known.grow(row + kRowsAtOnce);
      column.absent.grow(row + kRowsAtOnce);
      column.yes.grow(row + kRowsAtOnce);
      column.data.grow((row + kRowsAtOnce) * ir::bytes_of(layout_->columns[id].phys));
    }
    for (const ir::TableId child : children_[table])
      offsets_[child].grow((row + kRowsAtOnce + 1) * sizeof(std::uint32_t));
  }
  for (const ir::TableId child : children_[table]) {
    auto* offsets = offsets_[child].as<std::uint32_t>();
    offsets[row] = offsets[row + 1] = rows_[child];
  }
  if (table > ir::kSubjectsTable)
    offsets_[table].as<std::uint32_t>()[rows_[layout_->tables[table].parent]] = rows_[table];
  return row;
}

void Batch::drop_last_subject() {
  const std::uint32_t subject = rows_[ir::kSubjectsTable] - 1;
  std::vector<std::uint32_t> kept = rows_;
  kept[ir::kSubjectsTable] = subject;
  // Tables stand behind their parents.
  for (ir::TableId id = ir::kSubjectsTable + 1; id < rows_.size(); ++id) {
    const ir::TableId parent = layout_->tables[id].parent;
    if (kept[parent] < rows_[parent]) kept[id] = offsets(id)[kept[parent]];
  }
  for (ir::TableId id = ir::kSubjectsTable; id < rows_.size(); ++id) {
    for (const ir::ColumnId of : columns_of_[id])
      forget_rows(columns_[of], layout_->columns[of].phys, kept[id], rows_[id]);
    rows_[id] = kept[id];
  }
}

void Batch::set(ir::ColumnId id, std::uint32_t row, const types::Scalar& value) {
  ColumnData& column = columns_[id];
  column.known.set(row);
  const ir::Column& declared = layout_->columns[id];
  if (!declared.loaded) return;
  const auto put = [&](auto number) { column.data.as<decltype(number)>()[row] = number; };
  if (!declared.literals.empty()) {
    const auto& text = std::get<std::string>(value);
    std::uint8_t code = 0;
    for (std::size_t i = 0; i < declared.literals.size() && code == 0; ++i) {
      if (declared.literals[i] == text) code = static_cast<std::uint8_t>(i + 1);
    }
    return put(code);
  }
  std::visit(
      [&](const auto& known) {
        using Known = std::decay_t<decltype(known)>;
        if constexpr (std::is_same_v<Known, bool>) {
          if (known) column.yes.set(row);
        } else if constexpr (std::is_same_v<Known, std::string>) {
          const std::string_view text = keep(known);
          put(Text{text.data(), text.size()});
        } else if constexpr (std::is_same_v<Known, types::Percent>) {
          put(known.points);
        } else if constexpr (std::is_same_v<Known, base::Date>) {
          put(known.days);
        } else if constexpr (std::is_same_v<Known, base::Period>) {
          put(known.months);
        } else if constexpr (std::is_same_v<Known, base::Instant> || std::is_same_v<Known, base::Duration>) {
          put(known.microseconds);
        } else if constexpr (std::is_same_v<Known, base::VersionNumber>) {
          put(static_cast<const base::VersionNumber*>(&versions_.emplace_back(known)));
        } else if constexpr (std::is_same_v<Known, types::EnumMember>) {
          if (declared.phys == ir::Phys::u8) {
            put(static_cast<std::uint8_t>(known.index));
          } else {
            put(static_cast<std::int32_t>(known.index));
          }
        } else {
          put(known);  // an int, a number
        }
      },
      value);
}

std::string_view Batch::keep(std::string_view text) {
  if (text.size() > kTextBlock / 4) {
    auto own = std::make_unique<char[]>(text.size());
    std::memcpy(own.get(), text.data(), text.size());
    large_.push_back(std::move(own));
    return {large_.back().get(), text.size()};
  }
  if (blocks_.empty()) blocks_.push_back(std::make_unique<char[]>(kTextBlock));
  if (block_used_ + text.size() > kTextBlock) {
    ++block_;
    block_used_ = 0;
    if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<char[]>(kTextBlock));
  }
  char* place = blocks_[block_].get() + block_used_;
  std::memcpy(place, text.data(), text.size());
  block_used_ += text.size();
  return {place, text.size()};
}

}  // namespace muster::columns
