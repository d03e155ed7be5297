// SPDX-License-Identifier: Apache-2.0
// From data to columns: a subject becomes a row of a batch, with rows for the elements of all its lists that the layout
// has tables for; shared evidence becomes the row of the run. What stands in columns is as it was read: freshness is a
// matter of the code that reads them.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/evidence/datum.h"
#include "runtime/ingest/column_tree.h"

namespace muster::ingest {

class ColumnWriter {
 public:
  // Made once for a layout, whose batches it fills; may be used by several threads, each with a batch of its own.
  ColumnWriter(const types::Table& types, const ir::Layout& layout) : tree_(types, layout) {}

  // Adds the subject, what is joined to it included, and gives its row.
  std::uint32_t add_subject(const evidence::Datum& subject, columns::Batch& batch) const;
  // Of a batch without rows: one datum for each of Program::shared.
  void set_shared(const std::vector<evidence::Datum>& shared, columns::Batch& batch) const;

  const ColumnTree& tree() const { return tree_; }

 private:
  void write(ColumnNodeId node, const evidence::Datum& datum, std::uint32_t row, columns::Batch& batch) const;

  ColumnTree tree_;
};

}  // namespace muster::ingest
