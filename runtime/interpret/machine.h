// SPDX-License-Identifier: Apache-2.0
// Axes with the rows that they have in a window, values with the memory that they lie in, and the steps from one to
// the next. Private to the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/columns/executor.h"
#include "runtime/groups/groups.h"
#include "runtime/interpret/arena.h"
#include "runtime/interpret/frames.h"
#include "runtime/interpret/interpreter.h"
#include "runtime/interpret/plan.h"
#include "runtime/interpret/tasks.h"

namespace muster::interpret {

class Interpreter::Machine {
 public:
  Machine(const ir::Code& code, const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
          const columns::Batch& shared, kernels::Level level, std::shared_ptr<const groups::Compiled> compiled);

  Done run(const columns::Batch& batch, columns::Window window);
  columns::View value(ir::ValueId root) const;

 private:
  struct AxisRows {
    std::size_t rows = 0;
    std::size_t first = 0;  // rows before this one are outside of the window
    std::size_t shift = 0;  // row of the batch less row of the axis
    kernels::Lists lists;   // in the parent's rows
    columns::Buffer offsets, filled, last_rows;
    bool is_marked = false;  // something needs the marks of its lists
    std::vector<ir::ValueId> in_batch, in_registers;
    std::size_t placed_rows = 0;   // those in registers have room for them
    std::size_t placed_front = 0;  // behind so many others
  };

  struct Step {
    kernels::Kernel kernel = nullptr;  // null, and no group: the axis `id` is built
    std::uint32_t id = 0;
    ir::AxisId axis = 0;
    std::uint32_t first_operand = 0, count = 0;  // of operands_ and sources_
    const kernels::Lists* lists = nullptr;
    const std::size_t* source_rows = nullptr;
    void* extra = nullptr;
    const groups::Group* group = nullptr;  // not null: `function` makes its values, from first_operand of slots_
    groups::Function function = nullptr;
  };

  std::vector<Step> prepared(const std::vector<Plan::Step>& planned, Arena& arena);
  Step prepared(ir::ValueId value, Arena& arena);
  Step prepared_group(std::uint32_t group);
  void add_operand(const ir::Instruction& of, ir::ValueId value);
  const kernels::Lists* lists_of(const ir::Instruction& instruction) const;
  const std::size_t* source_rows_of(const ir::Instruction& instruction) const;
  void note_uniform_bits(ir::ValueId value);

  bool perform(const std::vector<Step>& steps, const columns::Batch& batch);
  void make_group(const Step& step);
  std::uint64_t number(groups::Slot slot) const;
  bool build(ir::AxisId axis, const columns::Batch& batch);
  bool set_rows(ir::AxisId axis);
  static void set_frame(AxisRows& axis, const Frame& frame);
  static void hang_from_run(AxisRows& axis);
  bool set_literal(ir::AxisId axis);
  bool set_expansion(ir::AxisId axis);
  bool afford(ir::AxisId axis);
  bool takes_few_steps() const;
  std::uint64_t elements(const ir::Steps& steps) const;
  void place_in_batch(ir::ValueId value, const columns::Batch& batch);
  void place_in_registers(ir::AxisId axis);
  void grow_uniform_bits(std::size_t rows);
  std::size_t rows_in_front(ir::AxisId axis) const { return axis == ir::kSubjects ? axes_[axis].shift : 0; }

  const ir::Code& code_;
  std::shared_ptr<const groups::Compiled> compiled_;  // may be null
  std::uint64_t max_steps_;
  Plan plan_;
  Tasks tasks_;
  Frames frames_;
  Arena arena_of_run_, arena_of_batch_;
  std::vector<AxisRows> axes_;
  std::size_t most_rows_ = 1;  // of any axis so far
  std::vector<columns::Buffer> registers_;
  // Where each value lies; behind them, by value, the bitmaps that stand for those uniform bits.
  std::vector<std::byte*> places_;
  std::vector<ir::ValueId> uniform_bits_;  // that were made
  columns::Buffer zeros_, ones_;
  std::vector<kernels::Operand> operands_;
  std::vector<std::uint64_t> slots_;  // of all groups
  columns::Buffer scratch_;
  std::vector<std::uint32_t> sources_;  // where each operand stands in places_
  std::vector<Step> steps_;
  std::uint64_t fixed_list_rows_ = 0, list_rows_ = 0;  // of all axes of lists
  bool is_too_large_ = false;
};

}  // namespace muster::interpret
