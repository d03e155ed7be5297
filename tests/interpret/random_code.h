// SPDX-License-Identifier: Apache-2.0
// Column code of random operations that fit, over a layout with lists in lists, of subjects and of the run.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/columns/batch.h"
#include "runtime/evidence/run.h"

namespace muster::naive {

// Writes code, instruction after instruction.
class Assembler {
 public:
  ir::Code code;

  ir::ValueId add(ir::Op op, ir::Phys phys, ir::AxisId axis, const std::vector<ir::ValueId>& operands = {},
                  std::uint32_t index = 0);
  std::uint32_t constant(types::Scalar value, types::TypeId type);
  // A gate asks for both.
  void show(ir::ValueId a, ir::ValueId b) { code.outputs.gates.push_back({a, b}); }
};

constexpr ir::TableId kLists = 2, kInner = 3, kShared = 4, kInnerShared = 5;

// Everything that code is run with.
struct World {
  World();
  typed::Program program;
  typed::Policy policy;
  evidence::Run run;
  types::TypeId color = types::kError;
};

class RandomCode {
 public:
  RandomCode(World& world, std::uint32_t seed);

  // `operations` more than the leaves. Every so many values is a root; of those on lists too.
  void fill(std::size_t operations, std::size_t root_every);
  // Adds one of these on this axis, if something fits.
  bool add(ir::Op op, ir::AxisId axis);

  columns::Batch shared();
  columns::Batch batch(std::size_t subjects);

  Assembler assembler;
  std::vector<std::size_t> used = std::vector<std::size_t>(ir::kOpCount);

 private:
  void lay_out();
  void add_axes();
  void add_leaves();
  std::optional<ir::ValueId> operand(ir::AxisId axis, ir::Phys phys);
  std::optional<ir::ValueId> index_to(ir::AxisId axis, ir::AxisId target);
  std::optional<std::vector<ir::ValueId>> operands(ir::Op op, ir::AxisId axis);
  std::optional<std::vector<ir::ValueId>> looked_up(ir::Op op, ir::AxisId axis);
  bool add_score(ir::Op op, ir::AxisId axis);
  ir::ValueId note(ir::Op op, ir::Phys phys, ir::AxisId axis, const std::vector<ir::ValueId>& operands,
                   std::uint32_t index, ir::AxisId target = 0);
  std::uint32_t index_for(ir::Op op, ir::Phys phys, std::size_t count);
  types::Scalar scalar(ir::Phys phys);
  void fill_row(columns::Batch& batch, ir::TableId table);
  std::size_t below(std::size_t end) { return random_() % end; }

  World& world_;
  std::mt19937 random_;
  std::map<std::pair<ir::AxisId, ir::Phys>, std::vector<ir::ValueId>> values_;
  std::vector<ir::AxisId> target_;  // by value: the axis that an index is of
};

}  // namespace muster::naive
