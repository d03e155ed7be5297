// SPDX-License-Identifier: Apache-2.0
// A value of the language while it is lowered: which values of the code say what it is. As runtime/reference's Value,
// it may be known, absent or unknown in each row, and of some unknowns more is known.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "compiler/ir/code.h"
#include "compiler/types/types.h"

namespace muster::lower {

using ir::ValueId;

// Where a record stands in the evidence.
struct Place {
  ir::TableId table = ir::kSubjectsTable;
  ir::Path path;
  types::RecordId record = 0;
  types::Freshness fresh;  // of the field or list that it stands in
};

struct Value;

// The record at a place, of the row of the place's table; counts where `guard` is set.
struct RecordSource {
  ValueId guard;
  Place place;
  ValueId row = ir::kNoValue;  // kNoValue: the value lives on the table's own axis
};

// Rows begin to end of an axis, of which those in `kept` are elements.
struct ListSource {
  ValueId guard;
  ir::AxisId axis = ir::kRun;
  ValueId begin = ir::kNoValue, end = ir::kNoValue;
  ValueId kept;
  std::shared_ptr<const Value> element;  // on that axis
};

// Between two ends, both in, where `has` is set; there is a high where `bounded` is. A score may be none besides.
struct Interval {
  ValueId low, high;
  ValueId has, bounded, or_absent;
};

struct Alternative;

struct Value {
  types::TypeId type = types::kError;
  // As everything but comparisons, lets and defines takes it.
  ValueId known = 0, absent = 0;  // bits; zeros at first
  ValueId data = ir::kNoValue;    // of a scalar that is no bool
  ValueId yes = ir::kNoValue;     // of a bool: known and true
  std::vector<RecordSource> records;
  std::vector<ListSource> lists;
  // What is left of it where it is unknown: of a count or score its ends, of a choose the values that are possible.
  std::optional<Interval> interval;
  std::vector<Alternative> left;
};

struct Alternative {
  ValueId possible;
  Value value;
};

}  // namespace muster::lower
