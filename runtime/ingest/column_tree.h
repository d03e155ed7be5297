// SPDX-License-Identifier: Apache-2.0
// A layout turned around: from each place in evidence to the columns and lists that are filled from it. Made once for
// a layout, so that writing a row is one walk over the row's data.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/ir/code.h"
#include "compiler/types/types.h"

namespace muster::ingest {

using ColumnNodeId = std::uint32_t;
constexpr ColumnNodeId kNoColumns = ~ColumnNodeId{0};

struct ColumnNode {
  std::vector<ir::ColumnId> scalars;                               // what stands here, if it is a scalar
  std::vector<ir::ColumnId> presence;                              // of records and lists: only whether they are there
  std::vector<ir::TableId> lists;                                  // whose rows are the elements of what stands here
  std::vector<std::pair<types::FieldIndex, ColumnNodeId>> fields;  // of a record, those that something reads
};

class ColumnTree {
 public:
  ColumnTree(const types::Table& types, const ir::Layout& layout);

  // Where a row of the table begins; of the run its fields are the shared evidence.
  ColumnNodeId root(ir::TableId table) const { return roots_[table]; }
  const ColumnNode& operator[](ColumnNodeId id) const { return nodes_[id]; }
  // Beneath a record; kNoColumns where nothing in it is read.
  ColumnNodeId child(ColumnNodeId parent, types::FieldIndex field) const;

 private:
  ColumnNode& at(ir::TableId table, const ir::Path& path);

  std::vector<ColumnNode> nodes_;
  std::vector<ColumnNodeId> roots_;  // by table
};

}  // namespace muster::ingest
