// SPDX-License-Identifier: Apache-2.0
// Makes code instruction by instruction. Equal instructions are made once, constant bitmaps fold away, and operands
// are brought to a common axis. `lower` uses it, and passes that rewrite code do.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/ir/code.h"

namespace muster::ir {

class Builder {
 public:
  Builder();  // the axes and tables of the run and of subjects are there

  Code& code() { return code_; }
  const Code& code() const { return code_; }
  AxisId axis_of(ValueId value) const { return code_[value].axis; }
  Phys phys_of(ValueId value) const { return code_[value].phys; }

  // Whom the next instructions are for.
  void set_origin(std::uint32_t criterion, base::Span span) { criterion_ = criterion, span_ = span; }
  void set_span(base::Span span) { span_ = span; }
  base::Span span() const { return span_; }

  // ---- Axes ----

  AxisId table_axis(TableId table);
  AxisId literal_axis(AxisId parent, std::uint32_t width);
  AxisId expansion(AxisId parent, AxisId source, ValueId begin, ValueId end);
  // Axes that values may be brought to while they are entered, the innermost last. `run` and `subjects` always are.
  void enter(AxisId axis) { scope_.push_back(axis); }
  void leave() { scope_.pop_back(); }
  AxisId innermost() const { return scope_.back(); }
  // Enters these in place of those that are entered, and gives those back.
  std::vector<AxisId> exchange_scope(std::vector<AxisId> scope) { return std::exchange(scope_, std::move(scope)); }
  // Whether each row of `axis` belongs to one of `other`.
  bool reaches(AxisId axis, AxisId other) const;
  // The one that reaches both: one of them, or the outermost that is entered and does.
  AxisId join(AxisId a, AxisId b) const;
  // The value for each row of the axis, which reaches the value's own. A uniform value stays as it is.
  ValueId at(ValueId value, AxisId axis);
  // For each row of `axis` its row of `other`.
  ValueId row_of(AxisId axis, AxisId other);

  // ---- Leaves ----

  ValueId zeros() const { return 0; }
  ValueId ones() const { return 1; }
  ValueId constant(const types::Scalar& value, types::TypeId type, Phys phys);
  ValueId leaf(Op op, Phys phys, AxisId axis, std::uint32_t index = 0);

  // ---- Bitmaps ----

  ValueId not_(ValueId a);
  ValueId and_(ValueId a, ValueId b);
  ValueId or_(ValueId a, ValueId b);
  ValueId and_not(ValueId a, ValueId b);
  // `a or b` of two that exclude each other, which is kept in mind: without one of them it is the other.
  ValueId either(ValueId a, ValueId b);

  // ---- All else ----

  // Of an operation whose kind is rowwise: on the axis that its operands join to.
  ValueId rowwise(Op op, std::initializer_list<ValueId> operands, std::uint32_t index = 0) {
    return rowwise(op, std::span(operands.begin(), operands.size()), index);
  }
  ValueId rowwise(Op op, std::span<const ValueId> operands, std::uint32_t index = 0);
  ValueId select(ValueId condition, ValueId a, ValueId b);
  ValueId gather(ValueId value, ValueId index);  // data or bits
  // Of operations of one axis' rows; operands are brought to it.
  ValueId segment(Op op, AxisId axis, std::initializer_list<ValueId> operands);
  ValueId emit(Op op, Phys phys, AxisId axis, std::uint32_t index, std::span<const ValueId> operands);

  std::uint32_t add_set(std::vector<std::uint32_t> constants);
  std::uint32_t add_constant(const types::Scalar& value, types::TypeId type);
  std::uint32_t add_weights(Weights weights);
  void add_steps(AxisId within, ValueId begin, ValueId end);
  void add_steps(AxisId within, std::uint64_t count);

  TableId table(TableId parent, const Path& path, types::TypeId row);
  ColumnId column(TableId table, const Path& path, types::TypeId type, Phys phys);

 private:
  struct Hash {
    std::size_t operator()(const std::vector<std::uint32_t>& key) const;
  };
  using Known = std::unordered_map<std::vector<std::uint32_t>, std::uint32_t, Hash>;

  bool is_not_of(ValueId a, ValueId b) const;
  bool are_halves(ValueId a, ValueId b) const;
  ValueId without(ValueId a, ValueId b) const;
  bool exclude(ValueId a, ValueId b) const { return excluding_.count(pair(a, b)) != 0; }
  static std::uint64_t pair(ValueId a, ValueId b) { return std::uint64_t{a} << 32 | b; }
  std::optional<bool> compared_constants(Op op, std::span<const ValueId> operands) const;
  static Phys result_of(Op op, Phys data) { return info(op).result == 'd' ? data : phys_of_sign(info(op).result); }
  ValueId below_gathers(Op op, Phys phys, std::span<const ValueId> operands, std::uint32_t index);

  Code code_;
  Known instructions_, axes_, tables_, columns_, steps_;
  std::unordered_map<std::string, std::uint32_t> constants_;
  std::unordered_map<std::uint64_t, ValueId> without_;  // of a whole and one of the two that it is made of the other
  std::unordered_set<std::uint64_t> excluding_;
  std::vector<AxisId> scope_{kRun, kSubjects};
  std::uint32_t criterion_ = kNoCriterion;
  base::Span span_;
};

}  // namespace muster::ir
