// SPDX-License-Identifier: Apache-2.0
#include "compiler/ir/builder.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace muster::ir {

namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
  return hash * 0xBF58476D1CE4E5B9u;
}

// Scalars of one type are one constant where all their bits are the same: 0 and -0 are two.
std::string spelled(const types::Scalar& value) {
  std::string text;
  const auto add = [&text](const auto& raw) { text.append(reinterpret_cast<const char*>(&raw), sizeof raw); };
  std::visit(
      [&](const auto& known) {
        using Known = std::decay_t<decltype(known)>;
        if constexpr (std::is_same_v<Known, std::string>) {
          text += known;
        } else if constexpr (std::is_same_v<Known, base::VersionNumber>) {
          text += base::to_text(known);
        } else if constexpr (std::is_same_v<Known, bool>) {
          text += known ? '1' : '0';
        } else {
          add(known);
        }
      },
      value);
  return text;
}

}  // namespace

std::size_t Builder::Hash::operator()(const std::vector<std::uint32_t>& key) const {
  std::uint64_t hash = key.size();
  for (const std::uint32_t each : key) hash = mixed(hash, each);
  return hash;
}

Builder::Builder() {
  code_.layout.tables.resize(2);
  code_.axes.resize(2);
  code_.axes[kSubjects].kind = Axis::Kind::subjects;
  leaf(Op::zeros, Phys::bits, kRun);
  leaf(Op::ones, Phys::bits, kRun);
}

// ---- Axes ----

AxisId Builder::table_axis(TableId table) {
  if (table == kRunTable) return kRun;
  if (table == kSubjectsTable) return kSubjects;
  // An axis stands behind its parent.
  const AxisId parent = table_axis(code_.layout.tables[table].parent);
  const auto [at, added] = axes_.try_emplace({0, table}, static_cast<AxisId>(code_.axes.size()));
  if (!added) return at->second;
  Axis axis;
  axis.kind = Axis::Kind::table;
  axis.parent = parent;
  axis.table = table;
  code_.axes.push_back(axis);
  return at->second;
}

AxisId Builder::literal_axis(AxisId parent, std::uint32_t width) {
  const auto [at, added] = axes_.try_emplace({1, parent, width}, static_cast<AxisId>(code_.axes.size()));
  if (!added) return at->second;
  Axis axis;
  axis.kind = Axis::Kind::literal;
  axis.parent = parent;
  axis.width = width;
  code_.axes.push_back(axis);
  return at->second;
}

AxisId Builder::expansion(AxisId parent, AxisId source, ValueId begin, ValueId end) {
  const auto [at, added] = axes_.try_emplace({2, parent, source, begin, end}, static_cast<AxisId>(code_.axes.size()));
  if (!added) return at->second;
  Axis axis;
  axis.kind = Axis::Kind::expansion;
  axis.parent = parent;
  axis.source = source;
  axis.begin = begin;
  axis.end = end;
  code_.axes.push_back(axis);
  return at->second;
}

bool Builder::reaches(AxisId axis, AxisId other) const {
  if (other == kRun || axis == other) return true;
  if (axis == kRun || axis == kSubjects) return false;
  const Axis& at = code_.axes[axis];
  return reaches(at.parent, other) || (at.kind == Axis::Kind::expansion && reaches(at.source, other));
}

AxisId Builder::join(AxisId a, AxisId b) const {
  if (reaches(a, b)) return a;
  if (reaches(b, a)) return b;
  for (const AxisId axis : scope_) {
    if (reaches(axis, a) && reaches(axis, b)) return axis;
  }
  throw std::logic_error("values of two lists that nothing goes over together");
}

ValueId Builder::row_of(AxisId axis, AxisId other) {
  const Axis& at = code_.axes[axis];
  const bool upwards = reaches(at.parent, other);
  const ValueId step = leaf(upwards ? Op::parent_row : Op::source_row, Phys::index, axis);
  const AxisId next = upwards ? at.parent : at.source;
  return next == other ? step : gather(row_of(next, other), step);
}

ValueId Builder::at(ValueId value, AxisId axis) {
  const AxisId own = axis_of(value);
  if (own == kRun || own == axis) return value;
  return gather(value, row_of(axis, own));
}

// ---- Leaves ----

std::uint32_t Builder::add_constant(const types::Scalar& value, types::TypeId type) {
  std::string key = std::to_string(type) + ':' + spelled(value);
  const auto [at, added] = constants_.try_emplace(std::move(key), static_cast<std::uint32_t>(code_.constants.size()));
  if (added) code_.constants.push_back({value, type});
  return at->second;
}

ValueId Builder::constant(const types::Scalar& value, types::TypeId type, Phys phys) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? ones() : zeros();
  return leaf(Op::constant, phys, kRun, add_constant(value, type));
}

ValueId Builder::leaf(Op op, Phys phys, AxisId axis, std::uint32_t index) { return emit(op, phys, axis, index, {}); }

// ---- Bitmaps ----

bool Builder::is_not_of(ValueId a, ValueId b) const {
  return code_[a].op == Op::not_ && code_.operands[code_[a].first] == b;
}

// (x and y), (x and not y): together they are x.
bool Builder::are_halves(ValueId a, ValueId b) const {
  if (code_[a].op != Op::and_ || code_[b].op != Op::and_not) return false;
  const auto of_a = code_.operands_of(code_[a]), of_b = code_.operands_of(code_[b]);
  return (of_a[0] == of_b[0] && of_a[1] == of_b[1]) || (of_a[1] == of_b[0] && of_a[0] == of_b[1]);
}

// The whole `a` without its part `b`, if that is what they are.
ValueId Builder::without(ValueId a, ValueId b) const {
  const auto found = without_.find(pair(a, b));
  return found == without_.end() ? kNoValue : found->second;
}

ValueId Builder::not_(ValueId a) {
  if (a == zeros()) return ones();
  if (a == ones()) return zeros();
  if (code_[a].op == Op::not_) return code_.operands[code_[a].first];
  return rowwise(Op::not_, {a});
}

ValueId Builder::and_(ValueId a, ValueId b) {
  if (a == zeros() || b == zeros()) return zeros();
  if (a == ones() || a == b) return b;
  if (b == ones()) return a;
  if (is_not_of(a, b) || is_not_of(b, a) || exclude(a, b)) return zeros();
  if (without(a, b) != kNoValue) return b;
  if (without(b, a) != kNoValue) return a;
  if (code_[a].op == Op::not_) return and_not(b, code_.operands[code_[a].first]);
  if (code_[b].op == Op::not_) return and_not(a, code_.operands[code_[b].first]);
  return a < b ? rowwise(Op::and_, {a, b}) : rowwise(Op::and_, {b, a});
}

ValueId Builder::or_(ValueId a, ValueId b) {
  if (a == ones() || b == ones()) return ones();
  if (a == zeros() || a == b) return b;
  if (b == zeros()) return a;
  if (is_not_of(a, b) || is_not_of(b, a)) return ones();
  if (are_halves(a, b)) return code_.operands[code_[b].first];
  if (are_halves(b, a)) return code_.operands[code_[a].first];
  if (without(a, b) != kNoValue) return a;
  if (without(b, a) != kNoValue) return b;
  return a < b ? rowwise(Op::or_, {a, b}) : rowwise(Op::or_, {b, a});
}

ValueId Builder::and_not(ValueId a, ValueId b) {
  if (a == zeros() || b == ones() || a == b) return zeros();
  if (b == zeros() || is_not_of(a, b) || is_not_of(b, a) || exclude(a, b)) return a;
  if (a == ones()) return not_(b);
  if (const ValueId rest = without(a, b); rest != kNoValue) return rest;
  if (code_[b].op == Op::not_) return and_(a, code_.operands[code_[b].first]);
  // What lies within `a` has been cut from it already: a & ~(a & b) is a & ~b.
  if (code_[b].op == Op::and_) {
    const auto operands = code_.operands_of(code_[b]);
    if (operands[0] == a) return and_not(a, operands[1]);
    if (operands[1] == a) return and_not(a, operands[0]);
  }
  return rowwise(Op::and_not, {a, b});
}

ValueId Builder::either(ValueId a, ValueId b) {
  const ValueId whole = or_(a, b);
  if (a == zeros() || b == zeros()) return whole;
  without_[pair(whole, a)] = b;
  without_[pair(whole, b)] = a;
  excluding_.insert(pair(a, b));
  excluding_.insert(pair(b, a));
  return whole;
}

// ---- All else ----

// What is calculated from values that were all brought over by one index can be brought over itself: the rows of a
// list that many share are calculated once, not for each who shares them.
ValueId Builder::below_gathers(Op op, Phys phys, std::span<const ValueId> operands, std::uint32_t index) {
  ValueId by = kNoValue;
  for (const ValueId operand : operands) {
    if (axis_of(operand) == kRun) continue;
    const Instruction& made = code_[operand];
    if (made.op != Op::gather && made.op != Op::gather_bits) return kNoValue;
    const ValueId used = code_.operands[made.first + 1];
    if (by != kNoValue && by != used) return kNoValue;
    by = used;
  }
  if (by == kNoValue) return kNoValue;
  std::vector<ValueId> inner(operands.begin(), operands.end());
  AxisId axis = kRun;
  for (ValueId& operand : inner) {
    if (axis_of(operand) == kRun) continue;
    operand = code_.operands[code_[operand].first];
    if (axis != kRun && axis_of(operand) != axis) return kNoValue;
    axis = axis_of(operand);
  }
  return gather(emit(op, phys, axis, index, inner), by);
}

// Of whole numbers.
std::optional<bool> Builder::compared_constants(Op op, std::span<const ValueId> operands) const {
  if (op != Op::equal && op != Op::less && op != Op::less_equal) return std::nullopt;
  std::array<const std::int64_t*, 2> numbers{};
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const Instruction& made = code_[operands[at]];
    if (made.op != Op::constant) return std::nullopt;
    numbers[at] = std::get_if<std::int64_t>(&code_.constants[made.index].value);
    if (numbers[at] == nullptr) return std::nullopt;
  }
  if (op == Op::equal) return *numbers[0] == *numbers[1];
  return op == Op::less ? *numbers[0] < *numbers[1] : *numbers[0] <= *numbers[1];
}

ValueId Builder::rowwise(Op op, std::span<const ValueId> operands, std::uint32_t index) {
  AxisId axis = kRun;
  Phys data = Phys::bits;
  for (const ValueId operand : operands) {
    axis = join(axis, axis_of(operand));
    if (data == Phys::bits) data = phys_of(operand);
  }
  std::vector<ValueId> aligned;
  aligned.reserve(operands.size());
  for (const ValueId operand : operands) aligned.push_back(at(operand, axis));
  const Phys phys = result_of(op, data);
  if (const auto folded = compared_constants(op, aligned)) return *folded ? ones() : zeros();
  const ValueId below = below_gathers(op, phys, aligned, index);
  return below != kNoValue ? below : emit(op, phys, axis, index, aligned);
}

ValueId Builder::select(ValueId condition, ValueId a, ValueId b) {
  if (a == b || condition == ones()) return a;
  if (condition == zeros()) return b;
  if (phys_of(a) == Phys::bits) return or_(and_(condition, a), and_not(b, condition));
  return rowwise(Op::select, {condition, a, b});
}

ValueId Builder::gather(ValueId value, ValueId index) {
  if (axis_of(value) == kRun) return value;
  const bool bits = phys_of(value) == Phys::bits;
  const ValueId operands[] = {value, index};
  return emit(bits ? Op::gather_bits : Op::gather, phys_of(value), axis_of(index), 0, operands);
}

ValueId Builder::segment(Op op, AxisId axis, std::initializer_list<ValueId> operands) {
  std::vector<ValueId> aligned;
  for (const ValueId operand : operands) aligned.push_back(at(operand, axis));
  // The bitmap, which is the last, has to live there, so that the axis is known.
  ValueId& last = aligned.back();
  if (axis_of(last) == kRun) {
    const ValueId all = emit(Op::not_, Phys::bits, axis, 0, std::array<ValueId, 1>{zeros()});
    last = last == ones() ? all : emit(Op::and_, Phys::bits, axis, 0, std::array<ValueId, 2>{last, all});
  }
  const Phys phys = result_of(op, phys_of(aligned.front()));
  return emit(op, phys, code_.axes[axis].parent, 0, aligned);
}

ValueId Builder::emit(Op op, Phys phys, AxisId axis, std::uint32_t index, std::span<const ValueId> operands) {
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(op), static_cast<std::uint32_t>(phys), axis, index};
  key.insert(key.end(), operands.begin(), operands.end());
  const auto [at, added] = instructions_.try_emplace(std::move(key), static_cast<ValueId>(code_.instructions.size()));
  if (!added) return at->second;
  Instruction made;
  made.op = op;
  made.phys = phys;
  made.axis = axis;
  made.index = index;
  made.first = static_cast<std::uint32_t>(code_.operands.size());
  made.count = static_cast<std::uint32_t>(operands.size());
  made.criterion = criterion_;
  made.span = span_;
  code_.operands.insert(code_.operands.end(), operands.begin(), operands.end());
  code_.instructions.push_back(made);
  return at->second;
}

std::uint32_t Builder::add_set(std::vector<std::uint32_t> constants) {
  std::sort(constants.begin(), constants.end());
  constants.erase(std::unique(constants.begin(), constants.end()), constants.end());
  const auto found = std::find(code_.sets.begin(), code_.sets.end(), constants);
  if (found != code_.sets.end()) return static_cast<std::uint32_t>(found - code_.sets.begin());
  code_.sets.push_back(std::move(constants));
  return static_cast<std::uint32_t>(code_.sets.size() - 1);
}

std::uint32_t Builder::add_weights(Weights weights) {
  for (std::uint32_t at = 0; at < code_.weights.size(); ++at) {
    if (code_.weights[at].of == weights.of) return at;
  }
  code_.weights.push_back(std::move(weights));
  return static_cast<std::uint32_t>(code_.weights.size() - 1);
}

void Builder::add_steps(AxisId within, ValueId begin, ValueId end) {
  const auto [at, added] = steps_.try_emplace({within, begin, end}, static_cast<std::uint32_t>(code_.steps.size()));
  if (added) code_.steps.push_back({within, begin, end, 0});
  ++code_.steps[at->second].times;
}

void Builder::add_steps(AxisId within, std::uint64_t count) {
  add_steps(within, kNoValue, kNoValue);
  code_.steps[steps_.at({within, kNoValue, kNoValue})].times += count - 1;
}

TableId Builder::table(TableId parent, const Path& path, types::TypeId row) {
  std::vector<std::uint32_t> key{parent};
  key.insert(key.end(), path.begin(), path.end());
  const auto [at, added] = tables_.try_emplace(std::move(key), static_cast<TableId>(code_.layout.tables.size()));
  if (added) code_.layout.tables.push_back({parent, path, row});
  return at->second;
}

ColumnId Builder::column(TableId table, const Path& path, types::TypeId type, Phys phys) {
  std::vector<std::uint32_t> key{table};
  key.insert(key.end(), path.begin(), path.end());
  const auto [at, added] = columns_.try_emplace(std::move(key), static_cast<ColumnId>(code_.layout.columns.size()));
  if (added) {
    Column column;
    column.table = table;
    column.path = path;
    column.type = type;
    column.phys = phys;
    code_.layout.columns.push_back(std::move(column));
  }
  return at->second;
}

}  // namespace muster::ir
