// SPDX-License-Identifier: Apache-2.0
#include "naive.h"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "naive_rows.h"

namespace muster::naive {

using ir::AxisId;
using ir::Instruction;
using ir::Op;
using ir::Phys;
using ir::ValueId;

namespace {

struct Rows {
  std::vector<std::size_t> begin, end;  // by row of the parent
  std::vector<std::size_t> parent;      // by row
};

class Evaluation {
 public:
  Evaluation(const ir::Code& code, const Inputs& inputs, const columns::Batch& shared, const columns::Batch& batch)
      : code_(code), inputs_(inputs), shared_(shared), batch_(batch), axes_(code.axes.size()) {
    values_.of.resize(code.instructions.size());
    values_.rows.assign(code.axes.size(), 0);
    is_built_.assign(code.axes.size(), false);
  }

  Values all() {
    for (ValueId id = 0; id < code_.instructions.size(); ++id) {
      build(code_[id].axis);
      if (code_[id].op == Op::begin_of || code_[id].op == Op::end_of) build(code_[id].index);
      for (std::size_t row = 0; row < values_.rows[code_[id].axis]; ++row)
        values_.of[id].push_back(cell(code_[id], row));
    }
    return std::move(values_);
  }

 private:
  const columns::Batch& batch_of(ir::TableId table) const {
    while (table != ir::kRunTable && table != ir::kSubjectsTable) table = code_.layout.tables[table].parent;
    return table == ir::kRunTable ? shared_ : batch_;
  }

  void build(AxisId id) {
    if (is_built_[id]) return;
    is_built_[id] = true;
    const ir::Axis& axis = code_.axes[id];
    if (id == ir::kRun || id == ir::kSubjects) {
      values_.rows[id] = id == ir::kRun ? 1 : batch_.subjects();
      axes_[id].parent.assign(values_.rows[id], 0);
      return;
    }
    build(axis.parent);
    std::size_t next = 0;
    for (std::size_t row = 0; row < values_.rows[axis.parent]; ++row) {
      axes_[id].begin.push_back(next);
      std::size_t length = axis.width;
      if (axis.kind == ir::Axis::Kind::table) {
        const std::uint32_t* offsets = batch_of(axis.table).offsets(axis.table);
        length = offsets[row + 1] - offsets[row];
      } else if (axis.kind == ir::Axis::Kind::expansion) {
        build(axis.source);
        length = static_cast<std::size_t>(bound(axis.end, row) - bound(axis.begin, row));
      }
      next += length;
      axes_[id].end.push_back(next);
      axes_[id].parent.insert(axes_[id].parent.end(), length, row);
    }
    values_.rows[id] = next;
  }

  std::int64_t bound(ValueId value, std::size_t row) const {
    return std::get<std::int64_t>(*values_.of[value][code_[value].axis == ir::kRun ? 0 : row]);
  }

  const Cell& at(ValueId value, std::size_t row) const {
    return values_.of[value][code_[value].axis == ir::kRun ? 0 : row];
  }

  Cell cell(const Instruction& made, std::size_t row) {
    switch (ir::info(made.op).kind) {
      case ir::OpKind::leaf: return leaf(made, row);
      case ir::OpKind::rowwise: {
        std::vector<Datum> operands;
        for (const ValueId operand : code_.operands_of(made)) {
          if (!at(operand, row)) return std::nullopt;
          operands.push_back(*at(operand, row));
        }
        return of_row(code_, inputs_, made, operands);
      }
      case ir::OpKind::gather: return gathered(made, row);
      case ir::OpKind::segment: return of_list(made, row);
      case ir::OpKind::search: return searched(made, row);
    }
    return std::nullopt;
  }

  Cell leaf(const Instruction& made, std::size_t row) const {
    const auto whole = [](std::size_t value) { return Cell(static_cast<std::int64_t>(value)); };
    if (made.op == Op::parent_row) return whole(axes_[made.axis].parent[row]);
    if (made.op == Op::source_row) {
      const std::size_t parent = axes_[made.axis].parent[row];
      return whole(static_cast<std::size_t>(bound(code_.axes[made.axis].begin, parent)) + row -
                   axes_[made.axis].begin[parent]);
    }
    if (made.op == Op::begin_of) return whole(axes_[made.index].begin[row]);
    if (made.op == Op::end_of) return whole(axes_[made.index].end[row]);
    if (made.op == Op::own_row) return whole(row);
    if (made.op == Op::named) return whole(batch_.named(made.index).at(row) ? 1 : 0);
    if (made.op == Op::known || made.op == Op::absent || made.op == Op::yes || made.op == Op::load) {
      const columns::ColumnData& column = batch_of(code_.layout.columns[made.index].table).column(made.index);
      if (made.op == Op::load) return read(column.data.data() + row * ir::bytes_of(made.phys), made.phys);
      const columns::Bitmap& bits = made.op == Op::known    ? column.known
                                    : made.op == Op::absent ? column.absent
                                                            : column.yes;
      return whole(bits.at(row) ? 1 : 0);
    }
    return uniform(code_, inputs_, made);
  }

  Cell gathered(const Instruction& made, std::size_t row) const {
    const ValueId source = code_.operands_of(made)[0];
    const Cell& index = at(code_.operands_of(made)[1], row);
    if (!index) return std::nullopt;
    const auto place = static_cast<std::size_t>(std::get<std::int64_t>(*index));
    const std::size_t rows = values_.rows[code_[source].axis];
    if (rows == 0) return nought(made.phys);
    if (place >= rows) return std::nullopt;
    return at(source, place);
  }

  Cell of_list(const Instruction& made, std::size_t row) const {
    const auto operands = code_.operands_of(made);
    const AxisId axis = code_[operands.back()].axis;
    List list;
    for (std::size_t element = axes_[axis].begin[row]; element < axes_[axis].end[row]; ++element) {
      const Cell& set = at(operands.back(), element);
      const Cell& value = at(operands.front(), element);
      if (!set) return std::nullopt;
      if (std::get<std::int64_t>(*set) == 0) continue;
      if (!value) return std::nullopt;
      list.rows.push_back(element);
      list.values.push_back(*value);
    }
    return naive::of_list(made, list);
  }

  // The elements begin to end that are set; nothing if one of these may be anything.
  std::optional<List> elements(std::span<const ValueId> operands, std::size_t first, std::size_t row) const {
    const Cell& begin = at(operands[first], row);
    const Cell& end = at(operands[first + 1], row);
    if (!begin || !end) return std::nullopt;
    List list;
    for (std::int64_t element = std::get<std::int64_t>(*begin); element < std::get<std::int64_t>(*end); ++element) {
      const Cell& set = at(operands[first + 3], static_cast<std::size_t>(element));
      const Cell& value = at(operands[first + 2], static_cast<std::size_t>(element));
      if (!set) return std::nullopt;
      if (std::get<std::int64_t>(*set) == 0) continue;
      if (!value) return std::nullopt;
      list.values.push_back(*value);
    }
    return list;
  }

  Cell searched(const Instruction& made, std::size_t row) const {
    const auto operands = code_.operands_of(made);
    const auto truth = [](bool value) { return Cell(std::int64_t{value ? 1 : 0}); };
    if (made.op == Op::interleave || made.op == Op::interleave_bits) {
      const std::size_t parent = axes_[made.axis].parent[row];
      return at(operands[row - axes_[made.axis].begin[parent]], parent);
    }
    if (made.op == Op::first_of_equals) {
      const std::size_t first = axes_[made.axis].begin[axes_[made.axis].parent[row]];
      bool fresh = true;
      for (std::size_t other = first; other <= row; ++other) {
        const Cell& set = at(operands[1], other);
        const Cell& value = at(operands[0], other);
        if (!set || !value) return std::nullopt;
        const bool is_set = std::get<std::int64_t>(*set) != 0;
        if (other == row) return truth(fresh && is_set);
        if (!at(operands[0], row)) return std::nullopt;
        fresh = fresh && !(is_set && equal(*value, *at(operands[0], row)));
      }
    }
    const Cell& x = at(operands[0], row);
    if (!x) return std::nullopt;
    if (made.op == Op::member) {
      const auto list = elements(operands, 1, row);
      if (!list) return std::nullopt;
      return truth(std::any_of(list->values.begin(), list->values.end(), [&](const Datum& y) { return equal(*x, y); }));
    }
    const Cell& high = at(operands[1], row);
    const auto list = elements(operands, 2, row);
    if (!high || !list) return std::nullopt;
    const auto& found = list->values;
    if (made.op == Op::some_between) {
      return truth(std::any_of(found.begin(), found.end(), [&](const Datum& y) {
        return (less(*x, y) || equal(*x, y)) && (less(y, *high) || equal(y, *high));
      }));
    }
    const __int128 from = std::get<std::int64_t>(*x), to = std::get<std::int64_t>(*high);
    for (__int128 wanted = from; wanted <= to; ++wanted) {
      if (wanted - from > static_cast<__int128>(found.size())) return truth(false);
      if (std::find(found.begin(), found.end(), Datum(static_cast<std::int64_t>(wanted))) == found.end())
        return truth(false);
    }
    return truth(true);
  }

  const ir::Code& code_;
  const Inputs& inputs_;
  const columns::Batch& shared_;
  const columns::Batch& batch_;
  std::vector<Rows> axes_;
  std::vector<bool> is_built_;
  Values values_;
};

}  // namespace

Values evaluate(const ir::Code& code, const typed::Program& program, const typed::Policy& policy,
                const evidence::Run& run, const columns::Batch& shared, const columns::Batch& batch) {
  const Inputs inputs{program, policy, run};
  return Evaluation(code, inputs, shared, batch).all();
}

}  // namespace muster::naive
