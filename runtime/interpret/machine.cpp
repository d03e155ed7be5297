// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/machine.h"

#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

namespace muster::interpret {

using columns::Batch;
using columns::View;
using ir::AxisId;
using ir::Instruction;
using ir::Op;
using ir::OpKind;
using ir::Phys;
using ir::ValueId;

Interpreter::Machine::Machine(const ir::Code& code, const typed::Program& program, const typed::Policy& policy,
                              const evidence::Run& run, const Batch& shared, kernels::Level level,
                              std::shared_ptr<const groups::Compiled> compiled)
    : code_(code),
      compiled_(std::move(compiled)),
      max_steps_(run.max_steps),
      plan_(make_plan(code, compiled_ ? &compiled_->groups : nullptr)),
      tasks_(code, program, policy, run, level),
      frames_(code.layout),
      axes_(code.axes.size()),
      registers_(plan_.registers.size()),
      places_(2 * code.instructions.size()) {
  for (ValueId id = 0; id < code.instructions.size(); ++id) {
    const Instruction& each = code[id];
    AxisRows& axis = axes_[each.axis];
    if (groups::is_in_batch(each.op)) axis.in_batch.push_back(id);
    if (plan_.register_of[id] != kNoRegister) axis.in_registers.push_back(id);
    const bool is_in_group = compiled_ && compiled_->groups.group_of[id] != groups::kNoGroup;
    if (!is_in_group && (each.op == Op::seg_any || each.op == Op::seg_at_least) && level != kernels::Level::portable)
      axes_[code[code.operands_of(each).back()].axis].is_marked = true;
  }
  const std::vector<Step> once = prepared(plan_.once, arena_of_run_);
  steps_ = prepared(plan_.each_run, arena_of_batch_);
  if (compiled_) scratch_.grow(compiled_->scratch);
  frames_.set_shared(shared);
  grow_uniform_bits(1);
  is_too_large_ = !perform(once, shared);
  fixed_list_rows_ = list_rows_;
}

columns::Executor::Done Interpreter::Machine::run(const Batch& batch, columns::Window window) {
  if (is_too_large_) return Done::too_large;
  arena_of_batch_.clear();
  frames_.set(batch, window);
  list_rows_ = fixed_list_rows_;
  return perform(steps_, batch) && takes_few_steps() ? Done::all : Done::too_large;
}

View Interpreter::Machine::value(ValueId root) const {
  const Instruction& made = code_[root];
  const std::byte* place = places_[root];
  View view;
  // No rows of its axis were there so far.
  if (place == nullptr) return view;
  view.uniform = made.axis == ir::kRun;
  const std::size_t in_front = rows_in_front(made.axis);
  if (made.phys == Phys::bits) {
    view.bits = reinterpret_cast<const std::uint64_t*>(place) - in_front / columns::kRowsOfWord;
  } else {
    view.data = place - in_front * ir::bytes_of(made.phys);
  }
  return view;
}

// ---- Before evidence ----

std::vector<Interpreter::Machine::Step> Interpreter::Machine::prepared(const std::vector<Plan::Step>& planned,
                                                                       Arena& arena) {
  std::vector<Step> steps;
  for (const Plan::Step& each : planned) {
    if (each.kind == Plan::Step::Kind::value) {
      const Step step = prepared(each.id, arena);
      if (step.kernel != nullptr) steps.push_back(step);
    } else if (each.kind == Plan::Step::Kind::group) {
      steps.push_back(prepared_group(each.id));
    } else {
      Step step;
      step.id = step.axis = each.id;
      steps.push_back(step);
    }
  }
  return steps;
}

Interpreter::Machine::Step Interpreter::Machine::prepared_group(std::uint32_t id) {
  Step step;
  step.group = &compiled_->groups.groups[id];
  step.function = compiled_->functions[id];
  step.id = id;
  step.axis = step.group->axis;
  step.first_operand = static_cast<std::uint32_t>(slots_.size());
  slots_.resize(slots_.size() + step.group->slots.size());
  return step;
}

Interpreter::Machine::Step Interpreter::Machine::prepared(ValueId value, Arena& arena) {
  const Instruction& made = code_[value];
  const Work work = tasks_.work_of(made, arena);
  Step step;
  if (groups::is_in_batch(made.op)) return step;
  if (work.kernel == nullptr) throw std::logic_error(std::string("no kernel for ") + ir::info(made.op).name);
  step.kernel = work.kernel;
  step.extra = work.extra;
  step.id = value;
  step.axis = made.axis;
  step.first_operand = static_cast<std::uint32_t>(operands_.size());
  for (const ValueId operand : code_.operands_of(made)) add_operand(made, operand);
  if (made.op == Op::source_row) add_operand(made, code_.axes[made.axis].begin);
  step.count = static_cast<std::uint32_t>(operands_.size()) - step.first_operand;
  step.lists = lists_of(made);
  step.source_rows = source_rows_of(made);
  return step;
}

void Interpreter::Machine::add_operand(const Instruction& of, ValueId value) {
  const Instruction& operand = code_[value];
  const bool on_run = operand.axis == ir::kRun;
  // One bit is a bitmap of its own where all rows are the run's one.
  const bool among_one = of.axis == ir::kRun && ir::info(of.op).kind == OpKind::rowwise;
  const bool stands_for_all = on_run && operand.phys == Phys::bits && !among_one;
  operands_.push_back({nullptr, on_run && operand.phys != Phys::bits});
  sources_.push_back(value + (stands_for_all ? static_cast<std::uint32_t>(code_.instructions.size()) : 0));
}

const kernels::Lists* Interpreter::Machine::lists_of(const Instruction& instruction) const {
  if (instruction.op == Op::begin_of || instruction.op == Op::end_of) return &axes_[instruction.index].lists;
  if (ir::info(instruction.op).kind == OpKind::segment)
    return &axes_[code_[code_.operands_of(instruction).back()].axis].lists;
  return &axes_[instruction.axis].lists;
}

const std::size_t* Interpreter::Machine::source_rows_of(const Instruction& instruction) const {
  const auto operands = code_.operands_of(instruction);
  if (ir::info(instruction.op).kind == OpKind::gather) return &axes_[code_[operands[0]].axis].rows;
  if (instruction.op != Op::member && instruction.op != Op::some_between && instruction.op != Op::all_between)
    return &most_rows_;
  // Where both the elements and which of them are set are uniform nobody can tell which axis they stand for.
  for (const ValueId of : operands.last(2)) {
    if (code_[of].axis != ir::kRun) return &axes_[code_[of].axis].rows;
  }
  return &most_rows_;
}

// ---- Steps ----

bool Interpreter::Machine::perform(const std::vector<Step>& steps, const Batch& batch) {
  for (const Step& step : steps) {
    if (step.group != nullptr) {
      make_group(step);
      continue;
    }
    if (step.kernel == nullptr) {
      if (!build(step.id, batch)) return false;
      continue;
    }
    const AxisRows& axis = axes_[step.axis];
    if (axis.rows == 0) continue;
    kernels::Operand* operands = operands_.data() + step.first_operand;
    for (std::uint32_t i = 0; i < step.count; ++i) operands[i].data = places_[sources_[step.first_operand + i]];
    step.kernel({axis.rows, places_[step.id], {operands, step.count}, step.lists, *step.source_rows, step.extra});
    if (step.axis == ir::kRun) note_uniform_bits(step.id);
  }
  return true;
}

void Interpreter::Machine::make_group(const Step& step) {
  const AxisRows& axis = axes_[step.axis];
  if (axis.rows == 0) return;
  std::uint64_t* slots = slots_.data() + step.first_operand;
  for (std::size_t i = 0; i < step.group->slots.size(); ++i) slots[i] = number(step.group->slots[i]);
  step.function(slots, axis.rows, scratch_.data());
}

std::uint64_t Interpreter::Machine::number(groups::Slot slot) const {
  switch (slot.kind) {
    case groups::Slot::Kind::value: return reinterpret_cast<std::uint64_t>(places_[slot.id]);
    case groups::Slot::Kind::offsets: return reinterpret_cast<std::uint64_t>(axes_[slot.id].lists.offsets);
    case groups::Slot::Kind::parents: return axes_[slot.id].lists.parents;
    case groups::Slot::Kind::rows: return axes_[slot.id].rows;
  }
  return 0;
}

void Interpreter::Machine::note_uniform_bits(ValueId value) {
  if (code_[value].phys != Phys::bits) return;
  uniform_bits_.push_back(value);
  const bool is_set = kernels::bit(reinterpret_cast<const std::uint64_t*>(places_[value]), 0);
  places_[code_.instructions.size() + value] = (is_set ? ones_ : zeros_).data();
}

void Interpreter::Machine::grow_uniform_bits(std::size_t rows) {
  if (rows > most_rows_) most_rows_ = rows;
  const std::size_t bytes = columns::words_of(rows) * sizeof(std::uint64_t);
  if (ones_.size() >= bytes) return;
  zeros_.grow(bytes);
  ones_.grow(bytes);
  std::memset(ones_.data(), 0xff, ones_.size());
  for (const ValueId value : uniform_bits_) {
    const bool is_set = kernels::bit(reinterpret_cast<const std::uint64_t*>(places_[value]), 0);
    places_[code_.instructions.size() + value] = (is_set ? ones_ : zeros_).data();
  }
}

void Interpreter::Machine::place_in_batch(ValueId value, const Batch& batch) {
  const Instruction& made = code_[value];
  const AxisRows& axis = axes_[made.axis];
  const std::size_t words = axis.shift / columns::kRowsOfWord;
  // Nothing writes to what no step makes.
  const auto in_batch = [&](const auto* at) {
    places_[value] = const_cast<std::byte*>(reinterpret_cast<const std::byte*>(at));
  };
  if (made.op == Op::named) return in_batch(batch.named(made.index).words() + words);
  const columns::ColumnData& column = batch.column(made.index);
  if (made.op == Op::known) return in_batch(column.known.words() + words);
  if (made.op == Op::absent) return in_batch(column.absent.words() + words);
  if (made.op == Op::yes) return in_batch(column.yes.words() + words);
  return in_batch(column.data.data() + axis.shift * ir::bytes_of(made.phys));
}

void Interpreter::Machine::place_in_registers(AxisId id) {
  AxisRows& axis = axes_[id];
  const std::size_t in_front = rows_in_front(id);
  if (axis.rows <= axis.placed_rows && in_front == axis.placed_front) return;
  axis.placed_rows = axis.rows;
  axis.placed_front = in_front;
  // Kernels go up to 64 rows.
  const std::size_t rows = (in_front + axis.rows + 63) / 64 * 64;
  for (const ValueId value : axis.in_registers) {
    columns::Buffer& memory = registers_[plan_.register_of[value]];
    const Phys phys = code_[value].phys;
    if (phys == Phys::bits) {
      memory.grow(columns::words_of(rows) * sizeof(std::uint64_t));
      places_[value] = memory.data() + in_front / 8;
    } else {
      memory.grow(rows * ir::bytes_of(phys));
      places_[value] = memory.data() + in_front * ir::bytes_of(phys);
    }
  }
}

// ---- Axes ----

bool Interpreter::Machine::build(AxisId id, const Batch& batch) {
  if (!set_rows(id) || !afford(id)) return false;
  AxisRows& axis = axes_[id];
  grow_uniform_bits(axis.rows);
  if (axis.is_marked) {
    axis.filled.grow(columns::words_of(axis.lists.parents + 1) * sizeof(std::uint64_t));
    axis.last_rows.grow(columns::words_of(axis.rows + 1) * sizeof(std::uint64_t));
    kernels::mark_lists(axis.lists, axis.filled.as<std::uint64_t>(), axis.last_rows.as<std::uint64_t>());
  }
  if (axis.rows == 0) return true;
  place_in_registers(id);
  for (const ValueId value : axis.in_batch) {
    place_in_batch(value, batch);
    if (id == ir::kRun) note_uniform_bits(value);
  }
  return true;
}

bool Interpreter::Machine::set_rows(AxisId id) {
  AxisRows& axis = axes_[id];
  const ir::Axis& declared = code_.axes[id];
  switch (declared.kind) {
    case ir::Axis::Kind::run:
      axis.rows = 1;
      hang_from_run(axis);
      return true;
    case ir::Axis::Kind::subjects:
      set_frame(axis, frames_[ir::kSubjectsTable]);
      hang_from_run(axis);
      return true;
    case ir::Axis::Kind::table:
      set_frame(axis, frames_[declared.table]);
      axis.lists = frames_[declared.table].lists;
      return true;
    case ir::Axis::Kind::literal: return set_literal(id);
    case ir::Axis::Kind::expansion: return set_expansion(id);
  }
  return false;
}

void Interpreter::Machine::set_frame(AxisRows& axis, const Frame& frame) {
  axis.rows = frame.rows();
  axis.first = frame.first();
  axis.shift = frame.shift;
}

// All rows are of the run's one.
void Interpreter::Machine::hang_from_run(AxisRows& axis) {
  axis.offsets.grow(2 * sizeof(std::uint32_t));
  auto* offsets = axis.offsets.as<std::uint32_t>();
  offsets[0] = 0;
  offsets[1] = static_cast<std::uint32_t>(axis.rows);
  axis.lists = {offsets, 1, axis.rows, nullptr, nullptr, false};
}

bool Interpreter::Machine::set_literal(AxisId id) {
  AxisRows& axis = axes_[id];
  const AxisRows& parent = axes_[code_.axes[id].parent];
  const std::uint64_t width = code_.axes[id].width;
  const std::uint64_t rows = (parent.rows - parent.first) * width;
  if (rows > columns::kMostRows) return false;
  axis.rows = rows;
  axis.offsets.grow((parent.rows + 1) * sizeof(std::uint32_t));
  auto* offsets = axis.offsets.as<std::uint32_t>();
  for (std::size_t row = 0; row <= parent.rows; ++row)
    offsets[row] = row < parent.first ? 0 : static_cast<std::uint32_t>((row - parent.first) * width);
  axis.lists = {offsets, parent.rows, axis.rows, nullptr, nullptr, false};
  return true;
}

bool Interpreter::Machine::set_expansion(AxisId id) {
  AxisRows& axis = axes_[id];
  const AxisRows& parent = axes_[code_.axes[id].parent];
  axis.offsets.grow((parent.rows + 1) * sizeof(std::uint32_t));
  auto* offsets = axis.offsets.as<std::uint32_t>();
  const auto bound = [&](ValueId value, std::size_t row) {
    return reinterpret_cast<const std::uint32_t*>(places_[value])[code_[value].axis == ir::kRun ? 0 : row];
  };
  std::uint64_t rows = 0;
  for (std::size_t row = 0; row < parent.rows; ++row) {
    offsets[row] = static_cast<std::uint32_t>(rows);
    if (row < parent.first) continue;
    const std::uint32_t begin = bound(code_.axes[id].begin, row);
    const std::uint32_t end = bound(code_.axes[id].end, row);
    if (end > begin) rows += end - begin;
    if (rows > columns::kMostRows) return false;
  }
  offsets[parent.rows] = static_cast<std::uint32_t>(rows);
  axis.rows = rows;
  axis.lists = {offsets, parent.rows, axis.rows, nullptr, nullptr, false};
  return true;
}

bool Interpreter::Machine::afford(AxisId id) {
  const ir::Axis::Kind kind = code_.axes[id].kind;
  if (kind == ir::Axis::Kind::run || kind == ir::Axis::Kind::subjects) return true;
  list_rows_ += axes_[id].rows - axes_[id].first;
  return list_rows_ <= columns::kMostRows;
}

// No subject takes more steps than the longest of its own lists say and, of lists within lists, all of the window's.
bool Interpreter::Machine::takes_few_steps() const {
  unsigned __int128 steps = 0;
  for (const ir::Steps& each : code_.steps) steps += static_cast<unsigned __int128>(elements(each)) * each.times;
  return steps <= max_steps_;
}

std::uint64_t Interpreter::Machine::elements(const ir::Steps& steps) const {
  const AxisRows& within = axes_[steps.within];
  const bool of_subject = steps.within == ir::kSubjects;
  const std::uint64_t walks = of_subject && within.rows > within.first ? 1 : within.rows - within.first;
  if (steps.begin == ir::kNoValue || walks == 0) return walks;
  const AxisId axis = code_[steps.begin].axis;
  const AxisRows& of = axes_[axis];
  const auto bound = [&](ValueId value, std::size_t row) {
    return reinterpret_cast<const std::uint32_t*>(places_[value])[code_[value].axis == ir::kRun ? 0 : row];
  };
  std::uint64_t all = 0, longest = 0;
  for (std::size_t row = of.first; row < of.rows; ++row) {
    const std::uint32_t begin = bound(steps.begin, row), end = bound(steps.end, row);
    const std::uint64_t size = end > begin ? end - begin : 0;
    all += size;
    longest = size > longest ? size : longest;
  }
  return axis == steps.within && !of_subject ? all : walks * longest;
}

}  // namespace muster::interpret
