// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/column_writer.h"

namespace muster::ingest {

using evidence::Datum;
using evidence::State;

std::uint32_t ColumnWriter::add_subject(const Datum& subject, columns::Batch& batch) const {
  const std::uint32_t row = batch.add_row(ir::kSubjectsTable);
  write(tree_.root(ir::kSubjectsTable), subject, row, batch);
  return row;
}

void ColumnWriter::set_shared(const std::vector<Datum>& shared, columns::Batch& batch) const {
  for (const auto& [index, node] : tree_[tree_.root(ir::kRunTable)].fields) write(node, shared[index], 0, batch);
}

// What is beneath a record or list that isn't known is neither known nor absent, and has no rows: that is how a new row
// is. Recursion is bounded by the depth of the types.
void ColumnWriter::write(ColumnNodeId id, const Datum& datum, std::uint32_t row, columns::Batch& batch) const {
  const ColumnNode& node = tree_[id];
  switch (datum.state) {
    case State::unknown: return;
    case State::absent:
      for (const ir::ColumnId column : node.scalars) batch.set_absent(column, row);
      for (const ir::ColumnId column : node.presence) batch.set_absent(column, row);
      return;
    case State::known: break;
  }
  for (const ir::ColumnId column : node.scalars) batch.set(column, row, datum.scalar);
  for (const ir::ColumnId column : node.presence) batch.set_known(column, row);
  for (const auto& [field, child] : node.fields) write(child, datum.items[field], row, batch);
  for (const ir::TableId list : node.lists) {
    for (const Datum& element : datum.items) write(tree_.root(list), element, batch.add_row(list), batch);
  }
}

}  // namespace muster::ingest
