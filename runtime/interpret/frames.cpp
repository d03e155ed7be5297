// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/frames.h"

#include <algorithm>

namespace muster::interpret {

namespace {

// What a vector of bits holds.
constexpr std::uint32_t kVectorRows = 512;

std::uint32_t vector_start(std::uint32_t row) { return row / kVectorRows * kVectorRows; }

}  // namespace

Frames::Frames(const ir::Layout& layout)
    : layout_(layout), is_shared_(layout.tables.size()), frames_(layout.tables.size()) {
  for (ir::TableId id = 0; id < layout.tables.size(); ++id)
    is_shared_[id] = id == ir::kRunTable || (id != ir::kSubjectsTable && is_shared_[layout.tables[id].parent]);
}

void Frames::set_shared(const columns::Batch& shared) {
  frames_[ir::kRunTable].high = 1;
  for (ir::TableId id = ir::kSubjectsTable + 1; id < frames_.size(); ++id) {
    if (is_shared_[id]) set_table(id, shared);
  }
}

void Frames::set(const columns::Batch& batch, columns::Window window) {
  Frame& subjects = frames_[ir::kSubjectsTable];
  subjects.low = window.first;
  subjects.high = window.last;
  subjects.shift = vector_start(window.first);
  for (ir::TableId id = ir::kSubjectsTable + 1; id < frames_.size(); ++id) {
    if (!is_shared_[id]) set_table(id, batch);
  }
}

void Frames::set_table(ir::TableId table, const columns::Batch& batch) {
  Frame& frame = frames_[table];
  const Frame& parent = frames_[layout_.tables[table].parent];
  const std::uint32_t* offsets = batch.offsets(table);
  frame.low = parent.low < parent.high ? offsets[parent.low] : 0;
  frame.high = parent.low < parent.high ? offsets[parent.high] : 0;
  frame.shift = vector_start(frame.low);
  frame.lists.parents = parent.rows();
  frame.lists.rows = frame.rows();
  frame.lists.filled = frame.lists.last_rows = nullptr;
  if (parent.low == 0 && parent.low < parent.high) {
    frame.lists.offsets = offsets;
    return;
  }
  // Parents outside of the window have no rows.
  frame.own.grow((frame.lists.parents + 1) * sizeof(std::uint32_t));
  auto* own = frame.own.as<std::uint32_t>();
  for (std::uint32_t row = 0; row <= frame.lists.parents; ++row) {
    const std::uint32_t place = row + parent.shift;
    own[row] = (place <= parent.low ? frame.low : offsets[place]) - frame.shift;
  }
  frame.lists.offsets = own;
}

}  // namespace muster::interpret
