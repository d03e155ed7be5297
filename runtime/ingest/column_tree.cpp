// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/column_tree.h"

namespace muster::ingest {

ColumnTree::ColumnTree(const types::Table& types, const ir::Layout& layout) {
  for (ir::TableId id = 0; id < layout.tables.size(); ++id) {
    roots_.push_back(static_cast<ColumnNodeId>(nodes_.size()));
    nodes_.emplace_back();
  }
  for (ir::TableId id = ir::kSubjectsTable + 1; id < layout.tables.size(); ++id) {
    const ir::Table& table = layout.tables[id];
    at(table.parent, table.path).lists.push_back(id);
  }
  for (ir::ColumnId id = 0; id < layout.columns.size(); ++id) {
    const ir::Column& column = layout.columns[id];
    ColumnNode& node = at(column.table, column.path);
    const bool is_scalar = types.is_scalar(types.without_optional(column.type));
    (is_scalar ? node.scalars : node.presence).push_back(id);
  }
}

ColumnNodeId ColumnTree::child(ColumnNodeId parent, types::FieldIndex field) const {
  for (const auto& [index, node] : nodes_[parent].fields) {
    if (index == field) return node;
  }
  return kNoColumns;
}

ColumnNode& ColumnTree::at(ir::TableId table, const ir::Path& path) {
  ColumnNodeId node = roots_[table];
  for (const std::uint32_t field : path) {
    ColumnNodeId next = child(node, field);
    if (next == kNoColumns) {
      next = static_cast<ColumnNodeId>(nodes_.size());
      nodes_.emplace_back();
      nodes_[node].fields.emplace_back(field, next);
    }
    node = next;
  }
  return nodes_[node];
}

}  // namespace muster::ingest
