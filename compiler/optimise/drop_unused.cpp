// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "compiler/optimise/optimise.h"
#include "compiler/optimise/rewriting.h"

namespace muster::optimise {

using ir::Axis;
using ir::AxisId;
using ir::Code;
using ir::Op;
using ir::ValueId;

namespace {

// What outputs need: instructions, the axes they live on, and what those are made of.
class Needed {
 public:
  explicit Needed(Code& code) : code_(code), values(code.instructions.size()), axes(code.axes.size()) {
    axis(ir::kRun);
    axis(ir::kSubjects);
    for_each_output(code.outputs, [this](ValueId& root) { value(root); });
    for (const ir::Steps& steps : code.steps) {
      axis(steps.within);
      for (const ValueId bound : {steps.begin, steps.end}) {
        if (bound != ir::kNoValue) value(bound);
      }
    }
    while (!open_.empty()) {
      const ValueId id = open_.back();
      open_.pop_back();
      const ir::Instruction& each = code.instructions[id];
      axis(each.axis);
      if (each.op == Op::begin_of || each.op == Op::end_of) axis(each.index);
      for (const ValueId operand : code.operands_of(each)) value(operand);
    }
  }

 private:
  void value(ValueId id) {
    if (values[id]) return;
    values[id] = true;
    open_.push_back(id);
  }

  void axis(AxisId id) {
    if (axes[id]) return;
    axes[id] = true;
    const Axis& each = code_.axes[id];
    axis(each.parent);
    axis(each.source);
    for (const ValueId bound : {each.begin, each.end}) {
      if (bound != ir::kNoValue) value(bound);
    }
  }

  Code& code_;
  std::vector<ValueId> open_;

 public:
  std::vector<bool> values;
  std::vector<bool> axes;
};

constexpr std::uint32_t kGone = ~std::uint32_t{0};

// Keeps the marked ones in their order, and says which number each has then.
template <typename Each>
std::vector<std::uint32_t> keep(std::vector<Each>& all, const std::vector<bool>& marked) {
  std::vector<std::uint32_t> becomes(all.size(), kGone);
  std::vector<Each> kept;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!marked[at]) continue;
    becomes[at] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(all[at]));
  }
  all = std::move(kept);
  return becomes;
}

void drop_axes(Code& code, const std::vector<bool>& needed) {
  const auto becomes = keep(code.axes, needed);
  for (Axis& axis : code.axes) {
    axis.parent = becomes[axis.parent];
    axis.source = becomes[axis.source];
  }
  for (ir::Steps& steps : code.steps) steps.within = becomes[steps.within];
  for (ir::Instruction& each : code.instructions) {
    each.axis = becomes[each.axis];
    if (each.op == Op::begin_of || each.op == Op::end_of) each.index = becomes[each.index];
  }
}

bool reads_column(Op op) { return op == Op::known || op == Op::absent || op == Op::yes || op == Op::load; }

void drop_columns(Code& code) {
  std::vector<bool> tables(code.layout.tables.size()), columns(code.layout.columns.size());
  tables[ir::kRunTable] = tables[ir::kSubjectsTable] = true;
  for (const Axis& axis : code.axes) {
    if (axis.kind == Axis::Kind::table) tables[axis.table] = true;
  }
  for (ir::Column& column : code.layout.columns) column.loaded = false;
  for (const ir::Instruction& each : code.instructions) {
    if (!reads_column(each.op)) continue;
    columns[each.index] = true;
    if (each.op == Op::yes || each.op == Op::load) code.layout.columns[each.index].loaded = true;
  }
  const auto table_becomes = keep(code.layout.tables, tables);
  const auto column_becomes = keep(code.layout.columns, columns);
  for (ir::Table& table : code.layout.tables) table.parent = table_becomes[table.parent];
  for (ir::Column& column : code.layout.columns) column.table = table_becomes[column.table];
  for (Axis& axis : code.axes) axis.table = axis.kind == Axis::Kind::table ? table_becomes[axis.table] : 0;
  for (ir::Instruction& each : code.instructions) {
    if (reads_column(each.op)) each.index = column_becomes[each.index];
  }
}

}  // namespace

void drop_unused(Code& code, const typed::Program&) {
  const Needed needed(code);
  // Bounds of axes that go are not looked at again.
  for (AxisId id = 0; id < code.axes.size(); ++id) {
    if (!needed.axes[id]) code.axes[id].begin = code.axes[id].end = ir::kNoValue;
  }
  Copy copy(code);
  for (ValueId id = 0; id < copy.old().size(); ++id) {
    if (needed.values[id]) copy.keep(id);
  }
  copy.finish();
  drop_axes(code, needed.axes);
  drop_columns(code);
}

}  // namespace muster::optimise
