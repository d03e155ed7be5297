// SPDX-License-Identifier: Apache-2.0
#include "tests/interpret/random_code.h"

#include <limits>
#include <string>
#include <string_view>

namespace muster::naive {

using ir::AxisId;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;

namespace {

constexpr Phys kData[] = {Phys::u8, Phys::i32, Phys::i64, Phys::f64, Phys::text, Phys::version, Phys::index};
constexpr AxisId kListAxis = 2, kInnerAxis = 3, kSharedAxis = 4, kInnerSharedAxis = 5, kLiteralAxis = 6;
constexpr std::uint32_t kColumnsOfTable = 7;

}  // namespace

ValueId Assembler::add(Op op, Phys phys, AxisId axis, const std::vector<ValueId>& operands, std::uint32_t index) {
  ir::Instruction made;
  made.op = op;
  made.phys = phys;
  made.axis = axis;
  made.index = index;
  made.first = static_cast<std::uint32_t>(code.operands.size());
  made.count = static_cast<std::uint32_t>(operands.size());
  code.operands.insert(code.operands.end(), operands.begin(), operands.end());
  code.instructions.push_back(made);
  return static_cast<ValueId>(code.instructions.size() - 1);
}

std::uint32_t Assembler::constant(types::Scalar value, types::TypeId type) {
  code.constants.push_back({std::move(value), type});
  return static_cast<std::uint32_t>(code.constants.size() - 1);
}

World::World() {
  types::Enum colors;
  colors.name = "Color";
  for (const char* name : {"red", "green", "blue", "white", "black"}) colors.names.push_back({name, {}, {}});
  color = program.types.enumeration(program.types.add(colors));
  program.patterns = {"[a-c]+x", "^a", "É$"};
  typed::Score plain;
  plain.name = "plain";
  typed::Score rounded;
  rounded.rounding = typed::Rounding::half_up;
  rounded.round_step = {5, 1};
  rounded.cap = 90.5;
  rounded.cap_unless_all_met = true;
  typed::Score whole;
  whole.parts = {{0, {1, 0}}, {1, {25, 1}}};
  whole.empty = std::nullopt;
  whole.unknown = typed::Treatment::unmet;
  whole.rounding = typed::Rounding::down;
  whole.round_step = {1, 0};
  policy.scores = {plain, rounded, whole};
  run.now = base::Instant{1'790'000'000'000'000};
  run.today = base::date_of(run.now);
  run.params = {true, std::int64_t{-7}, std::string("param"), base::Date{20'000}, false, 2.5};
}

RandomCode::RandomCode(World& world, std::uint32_t seed) : world_(world), random_(seed) {
  lay_out();
  add_axes();
}

void RandomCode::lay_out() {
  ir::Layout& layout = assembler.code.layout;
  layout.tables.resize(6);
  layout.tables[kLists].parent = ir::kSubjectsTable;
  layout.tables[kInner].parent = kLists;
  layout.tables[kShared].parent = ir::kRunTable;
  layout.tables[kInnerShared].parent = kShared;
  layout.named = 2;
  for (ir::TableId table = 0; table < layout.tables.size(); ++table) {
    for (const Phys phys : {Phys::bits, Phys::u8, Phys::i32, Phys::i64, Phys::f64, Phys::text, Phys::version}) {
      ir::Column column;
      column.table = table;
      column.phys = phys;
      column.loaded = true;
      layout.columns.push_back(column);
    }
  }
}

void RandomCode::add_axes() {
  using Kind = ir::Axis::Kind;
  auto& axes = assembler.code.axes;
  const auto axis = [&](Kind kind, AxisId parent) -> ir::Axis& {
    ir::Axis added;
    added.kind = kind;
    added.parent = parent;
    axes.push_back(added);
    return axes.back();
  };
  axis(Kind::run, 0);
  axis(Kind::subjects, 0);
  axis(Kind::table, ir::kSubjects).table = kLists;
  axis(Kind::table, kListAxis).table = kInner;
  axis(Kind::table, ir::kRun).table = kShared;
  axis(Kind::table, kSharedAxis).table = kInnerShared;
  axis(Kind::literal, ir::kSubjects).width = 3;
  axis(Kind::literal, kListAxis).width = 2;
  axis(Kind::literal, ir::kRun).width = 2;
  add_leaves();
  const auto expand = [&](AxisId parent, ValueId begin, ValueId end, AxisId source) {
    ir::Axis& added = axis(Kind::expansion, parent);
    added.begin = begin;
    added.end = end;
    added.source = source;
    const auto id = static_cast<AxisId>(axes.size() - 1);
    note(Op::source_row, Phys::index, id, {}, 0, source);
    note(Op::parent_row, Phys::index, id, {}, 0, parent);
    note(Op::own_row, Phys::index, id, {}, 0, id);
  };
  const auto bounds = [&](AxisId of) {
    const AxisId on = axes[of].parent;
    const ValueId begin = note(Op::begin_of, Phys::index, on, {}, of, of);
    return std::pair(begin, note(Op::end_of, Phys::index, on, {}, of, of));
  };
  const auto [shared, shared_end] = bounds(kSharedAxis);
  const auto [list, list_end] = bounds(kListAxis);
  const auto [inner, inner_end] = bounds(kInnerAxis);
  const auto [in_shared, in_shared_end] = bounds(kInnerSharedAxis);
  const auto [literal, literal_end] = bounds(kLiteralAxis);
  // Each subject with all of the run's list, each element with its siblings, each list with its own list.
  expand(ir::kSubjects, shared, shared_end, kSharedAxis);
  const ValueId parent = values_[{kListAxis, Phys::index}][0];
  const ValueId siblings = note(Op::gather, Phys::index, kListAxis, {list, parent}, 0, kListAxis);
  expand(kListAxis, siblings, note(Op::gather, Phys::index, kListAxis, {list_end, parent}, 0, kListAxis), kListAxis);
  expand(kSharedAxis, in_shared, in_shared_end, kInnerSharedAxis);
  expand(kListAxis, inner, inner_end, kInnerAxis);
  expand(ir::kSubjects, literal, literal_end, kLiteralAxis);
  const auto of_expansion = static_cast<AxisId>(axes.size() - 1);
  const auto [again, again_end] = bounds(of_expansion);
  expand(ir::kSubjects, again, again_end, of_expansion);
}

void RandomCode::add_leaves() {
  note(Op::zeros, Phys::bits, ir::kRun, {}, 0);
  note(Op::ones, Phys::bits, ir::kRun, {}, 0);
  note(Op::today, Phys::i32, ir::kRun, {}, 0);
  note(Op::now, Phys::i64, ir::kRun, {}, 0);
  note(Op::param_yes, Phys::bits, ir::kRun, {}, 0);
  note(Op::param_yes, Phys::bits, ir::kRun, {}, 4);
  note(Op::param, Phys::i64, ir::kRun, {}, 1);
  note(Op::param, Phys::text, ir::kRun, {}, 2);
  note(Op::param, Phys::i32, ir::kRun, {}, 3);
  note(Op::param, Phys::f64, ir::kRun, {}, 5);
  note(Op::empty_points, Phys::f64, ir::kRun, {}, 0);
  note(Op::empty_points, Phys::f64, ir::kRun, {}, 1);
  for (const Phys phys : {Phys::u8, Phys::i32, Phys::i64, Phys::f64, Phys::text, Phys::version})
    note(Op::constant, phys, ir::kRun, {}, assembler.constant(scalar(phys), types::kError));
  note(Op::named, Phys::bits, ir::kSubjects, {}, 0);
  note(Op::named, Phys::bits, ir::kSubjects, {}, 1);
  for (AxisId axis = 0; axis < 6; ++axis) {
    if (axis > ir::kSubjects) note(Op::parent_row, Phys::index, axis, {}, 0, assembler.code.axes[axis].parent);
    note(Op::own_row, Phys::index, axis, {}, 0, axis);
    const auto& columns = assembler.code.layout.columns;
    for (ir::ColumnId column = 0; column < columns.size(); ++column) {
      if (columns[column].table != axis) continue;
      note(Op::known, Phys::bits, axis, {}, column);
      note(Op::absent, Phys::bits, axis, {}, column);
      const bool is_bool = columns[column].phys == Phys::bits;
      note(is_bool ? Op::yes : Op::load, columns[column].phys, axis, {}, column);
    }
  }
  for (AxisId axis = 6; axis < 9; ++axis)
    note(Op::parent_row, Phys::index, axis, {}, 0, assembler.code.axes[axis].parent);
}

ValueId RandomCode::note(Op op, Phys phys, AxisId axis, const std::vector<ValueId>& operands, std::uint32_t index,
                         AxisId target) {
  ++used[static_cast<std::size_t>(op)];
  const ValueId id = assembler.add(op, phys, axis, operands, index);
  values_[{axis, phys}].push_back(id);
  target_.push_back(target);
  return id;
}

void RandomCode::fill(std::size_t operations, std::size_t root_every) {
  for (std::size_t i = 0; i < operations;) {
    const auto op = static_cast<Op>(below(ir::kOpCount));
    if (ir::info(op).kind != OpKind::leaf && add(op, static_cast<AxisId>(below(assembler.code.axes.size())))) ++i;
  }
  for (ValueId id = 0; id < assembler.code.instructions.size(); ++id) {
    if (below(root_every) == 0) assembler.show(id, id);
  }
}

std::optional<ValueId> RandomCode::operand(AxisId axis, Phys phys) {
  if (below(5) == 0 && phys != Phys::index) axis = ir::kRun;
  const auto& there = values_[{axis, phys}];
  if (there.empty()) return std::nullopt;
  return there[below(there.size())];
}

std::optional<ValueId> RandomCode::index_to(AxisId axis, AxisId target) {
  std::vector<ValueId> fitting;
  for (const ValueId each : values_[{axis, Phys::index}]) {
    if (target_[each] == target) fitting.push_back(each);
  }
  if (fitting.empty()) return std::nullopt;
  return fitting[below(fitting.size())];
}

std::optional<std::vector<ValueId>> RandomCode::operands(Op op, AxisId axis) {
  std::string signs = ir::info(op).operands;
  if (signs.ends_with('*')) {
    signs.pop_back();
    const std::size_t width = assembler.code.axes[axis].width;
    signs.resize(op == Op::weigh ? 1 + below(9) : width, signs[0]);
  }
  const Phys data = kData[below(op == Op::to_text || op == Op::in_set ? 6 : 7)];
  std::vector<ValueId> found;
  for (const char sign : signs) {
    Phys phys = sign == 'd' || sign == '=' ? data : ir::phys_of_sign(sign);
    if (op == Op::extend) phys = data == Phys::i32 || data == Phys::index ? data : Phys::u8;
    AxisId on = axis;
    if (op == Op::interleave || op == Op::interleave_bits) on = assembler.code.axes[axis].parent;
    // Indexes of one axis are compared and mixed.
    const bool again = phys == Phys::index && !found.empty() && assembler.code[found.back()].phys == phys;
    const auto next = again ? index_to(on, target_[found.back()]) : operand(on, phys);
    if (!next) return std::nullopt;
    found.push_back(*next);
  }
  return found;
}

// Operands of which some live on other axes.
std::optional<std::vector<ValueId>> RandomCode::looked_up(Op op, AxisId axis) {
  const auto& axes = assembler.code.axes;
  const auto other = static_cast<AxisId>(below(axes.size()));
  const Phys data = op == Op::gather_bits ? Phys::bits : op == Op::all_between ? Phys::i64 : kData[below(6)];
  const auto& there = values_[{other, data}];
  const auto& sets = values_[{other, Phys::bits}];
  if (there.empty() || sets.empty()) return std::nullopt;
  const ValueId element = there[below(there.size())];
  const ValueId set = sets[below(sets.size())];
  if (op == Op::gather || op == Op::gather_bits) {
    const auto index = index_to(axis, other);
    if (!index) return std::nullopt;
    return std::vector{element, *index};
  }
  // Bounds are those that are bounds.
  std::vector<std::pair<ValueId, ValueId>> bounds;
  for (const ir::Axis& each : axes) {
    const bool fits = each.kind == ir::Axis::Kind::expansion && each.source == other &&
                      (assembler.code[each.begin].axis == axis || assembler.code[each.begin].axis == ir::kRun);
    if (fits) bounds.emplace_back(each.begin, each.end);
  }
  const auto low = operand(axis, data);
  const auto high = operand(axis, data);
  if (bounds.empty() || !low || !high) return std::nullopt;
  const auto [begin, end] = bounds[below(bounds.size())];
  if (op == Op::member) return std::vector{*low, begin, end, element, set};
  return std::vector{*low, *high, begin, end, element, set};
}

bool RandomCode::add(Op op, AxisId axis) {
  const auto& axes = assembler.code.axes;
  const OpKind kind = ir::info(op).kind;
  const bool interleaves = op == Op::interleave || op == Op::interleave_bits;
  if (interleaves && axes[axis].kind != ir::Axis::Kind::literal) return false;
  if (op == Op::mean || op == Op::parts_figure || op == Op::parts_flag) return add_score(op, axis);
  std::optional<std::vector<ValueId>> found;
  AxisId lists = axis;
  if (kind == OpKind::segment) {
    // Of an axis of lists to its parent.
    lists = static_cast<AxisId>(2 + below(axes.size() - 2));
    axis = axes[lists].parent;
    found = operands(op, lists);
    if (found && assembler.code[found->back()].axis != lists) return false;
  } else if (op == Op::first_of_equals) {
    if (axis < 2) return false;
    found = operands(op, axis);
  } else if (kind == OpKind::gather || (kind == OpKind::search && !interleaves)) {
    found = looked_up(op, axis);
  } else {
    found = operands(op, axis);
  }
  if (!found) return false;
  const char sign = ir::info(op).result;
  Phys first = Phys::bits;
  for (const ValueId each : *found) {
    if (first == Phys::bits) first = assembler.code[each].phys;
  }
  const Phys phys = sign == 'd' ? first : ir::phys_of_sign(sign);
  AxisId target = 0;
  for (const ValueId each : *found) {
    if (assembler.code[each].phys == Phys::index) {
      target = target_[each];
      break;
    }
  }
  if (kind == OpKind::segment) target = lists;
  note(op, phys, axis, *found, index_for(op, first, found->size()), target);
  return true;
}

bool RandomCode::add_score(Op op, AxisId axis) {
  if (op == Op::mean) {
    // At most as many are set as there are.
    std::vector<ValueId> limbs;
    const std::size_t count = 1 + below(2);
    const ValueId one = values_[{ir::kRun, Phys::bits}][1];
    for (std::size_t i = 0; i < 2 * count; ++i) {
      const auto set = operand(axis, Phys::bits);
      if (!set) return false;
      const bool is_divisor = i >= count;
      limbs.push_back(
          note(Op::weigh, Phys::i64, axis, {*set, is_divisor ? one : *set}, index_for(Op::weigh, Phys::bits, 2)));
    }
    note(op, Phys::f64, axis, limbs, static_cast<std::uint32_t>(below(2)));
    return true;
  }
  std::vector<ValueId> parts;
  for (std::size_t i = 0; i < 2; ++i) {
    for (const char sign : std::string_view("ffbbfb")) {
      // Numbers of points, which are finite.
      std::vector<ValueId> points;
      for (const ValueId each : values_[{axis, Phys::f64}]) {
        if (assembler.code[each].op == Op::load || assembler.code[each].op == Op::constant) points.push_back(each);
      }
      const auto set = operand(axis, Phys::bits);
      if (points.empty() || !set) return false;
      parts.push_back(sign == 'f' ? points[below(points.size())] : *set);
    }
  }
  const ir::Figure figures[] = {ir::Figure::low, ir::Figure::high, ir::Figure::shown};
  const ir::Figure flags[] = {ir::Figure::has_value, ir::Figure::may_be_none, ir::Figure::has_shown};
  const bool is_flag = op == Op::parts_flag;
  const auto figure = static_cast<std::uint32_t>((is_flag ? flags : figures)[below(3)]);
  note(op, is_flag ? Phys::bits : Phys::f64, axis, parts, 2 * ir::kFigures + figure);
  return true;
}

std::uint32_t RandomCode::index_for(Op op, Phys phys, std::size_t count) {
  ir::Code& code = assembler.code;
  if (op == Op::in_set) {
    std::vector<std::uint32_t> constants;
    for (std::size_t i = below(4); i > 0; --i) constants.push_back(assembler.constant(scalar(phys), types::kError));
    code.sets.push_back(constants);
    return static_cast<std::uint32_t>(code.sets.size() - 1);
  }
  if (op == Op::weigh) {
    ir::Weights weights;
    const bool all_one = below(2) == 0;
    for (std::size_t i = 0; i < count; ++i) weights.of.push_back(all_one ? 1 : 1 + below(std::size_t{1} << 33));
    code.weights.push_back(weights);
    return static_cast<std::uint32_t>(code.weights.size() - 1);
  }
  if (op == Op::matches) return static_cast<std::uint32_t>(below(world_.program.patterns.size()));
  if (op == Op::seg_at_least) return static_cast<std::uint32_t>(1 + below(4));
  if (op != Op::to_text) return 0;
  switch (phys) {
    case Phys::u8: return world_.color;
    case Phys::i32: return types::kPeriod;
    case Phys::i64: return below(2) == 0 ? types::kInt : types::kDuration;
    case Phys::f64: return below(2) == 0 ? types::kNumber : types::kPercent;
    case Phys::version: return types::kVersion;
    case Phys::bits:
    case Phys::index:
    case Phys::text: return types::kText;
  }
  return types::kText;
}

types::Scalar RandomCode::scalar(Phys phys) {
  static const std::string kTexts[] = {"", "a", "abx", "  b ", "ÉCOLE", "param", "a long text that is no short string",
                                       "É"};
  static const char* const kVersions[] = {"1.2", "1.2.0", "v2.0-rc.1", "2.0"};
  const bool extreme = below(8) == 0;
  switch (phys) {
    case Phys::bits: return below(2) == 0;
    case Phys::u8: return types::EnumMember{static_cast<std::uint32_t>(below(5))};
    case Phys::i32:
      if (extreme) return base::Date{below(2) == 0 ? 2'932'896 : -719'162};
      return below(2) == 0 ? base::Date{static_cast<std::int32_t>(below(60'000))}
                           : base::Date{static_cast<std::int32_t>(below(6)) - 3};
    case Phys::i64:
      if (extreme)
        return below(2) == 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
      return static_cast<std::int64_t>(below(8)) * (below(2) == 0 ? 1 : base::kMicrosecondsPerDay) - 3;
    case Phys::f64:
      if (extreme) return below(2) == 0 ? -0.0 : 0.5;
      return static_cast<double>(below(201)) / 2;
    case Phys::text: return kTexts[below(std::size(kTexts))];
    case Phys::version: return *base::parse_version(kVersions[below(std::size(kVersions))]);
    case Phys::index: break;
  }
  return std::int64_t{0};
}

void RandomCode::fill_row(columns::Batch& batch, ir::TableId table) {
  const std::uint32_t row = batch.add_row(table);
  for (ir::ColumnId i = 0; i < kColumnsOfTable; ++i) {
    const ir::ColumnId column = table * kColumnsOfTable + i;
    const std::size_t state = below(10);
    if (state == 0) batch.set_absent(column, row);
    if (state > 1) batch.set(column, row, scalar(assembler.code.layout.columns[column].phys));
  }
  const ir::TableId child = table == ir::kSubjectsTable ? kLists
                            : table == kLists           ? kInner
                            : table == kShared          ? kInnerShared
                                                        : table;
  if (child == table) return;
  // Mostly short ones.
  const std::size_t rows = below(80) == 0 ? below(table == kLists ? 20 : 100) : below(5);
  for (std::size_t i = 0; i < rows; ++i) fill_row(batch, child);
}

columns::Batch RandomCode::shared() {
  columns::Batch batch(assembler.code.layout);
  for (ir::ColumnId column = 0; column < kColumnsOfTable; ++column) {
    if (below(4) != 0) batch.set(column, 0, scalar(assembler.code.layout.columns[column].phys));
  }
  for (std::size_t i = below(5); i > 0; --i) fill_row(batch, kShared);
  return batch;
}

columns::Batch RandomCode::batch(std::size_t subjects) {
  columns::Batch batch(assembler.code.layout);
  for (std::uint32_t row = 0; row < subjects; ++row) {
    fill_row(batch, ir::kSubjectsTable);
    for (std::uint32_t i = 0; i < 2; ++i) {
      if (below(2) == 0) batch.named(i).set(row);
    }
  }
  return batch;
}

}  // namespace muster::naive
