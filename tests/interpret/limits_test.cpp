// SPDX-License-Identifier: Apache-2.0
// Windows that are too large, and what stays as it is from run to run.
#include <gtest/gtest.h>

#include "random_code.h"
#include "runtime/interpret/interpreter.h"

namespace muster::interpret {
namespace {

using columns::Executor;
using ir::Op;
using ir::Phys;
using ir::ValueId;

constexpr ir::AxisId kList = 2, kSharedList = 3, kPairs = 4;

// Subjects with a list, a list of the run, and each element of the first with each of the second.
class Limits : public testing::Test {
 protected:
  Limits() {
    ir::Code& code = assembler_.code;
    code.layout.tables.resize(4);
    code.layout.tables[kList].parent = ir::kSubjectsTable;
    code.layout.tables[kSharedList].parent = ir::kRunTable;
    code.axes.resize(5);
    using Kind = ir::Axis::Kind;
    code.axes[ir::kSubjects].kind = Kind::subjects;
    for (const ir::AxisId axis : {kList, kSharedList}) {
      code.axes[axis].kind = Kind::table;
      code.axes[axis].parent = axis == kList ? ir::kSubjects : ir::kRun;
      code.axes[axis].table = axis;
    }
    begin_ = assembler_.add(Op::begin_of, Phys::index, ir::kRun, {}, kSharedList);
    end_ = assembler_.add(Op::end_of, Phys::index, ir::kRun, {}, kSharedList);
    list_begin_ = assembler_.add(Op::begin_of, Phys::index, ir::kSubjects, {}, kList);
    list_end_ = assembler_.add(Op::end_of, Phys::index, ir::kSubjects, {}, kList);
    code.axes[kPairs].kind = Kind::expansion;
    code.axes[kPairs].parent = kList;
    code.axes[kPairs].begin = begin_;
    code.axes[kPairs].end = end_;
    code.axes[kPairs].source = kSharedList;
  }

  // As many elements of the run's list, and of each subject's.
  void fill(std::size_t of_run, const std::vector<std::size_t>& of_subjects) {
    shared_ = std::make_unique<columns::Batch>(assembler_.code.layout);
    batch_ = std::make_unique<columns::Batch>(assembler_.code.layout);
    for (std::size_t i = 0; i < of_run; ++i) shared_->add_row(kSharedList);
    for (const std::size_t elements : of_subjects) {
      batch_->add_row(ir::kSubjectsTable);
      for (std::size_t i = 0; i < elements; ++i) batch_->add_row(kList);
    }
  }

  std::unique_ptr<Interpreter> interpreter() {
    EXPECT_EQ(ir::verify(assembler_.code), std::vector<std::string>{});
    return std::make_unique<Interpreter>(assembler_.code, world_.program, world_.policy, world_.run, *shared_);
  }

  naive::World world_;
  naive::Assembler assembler_;
  ValueId begin_ = 0, end_ = 0, list_begin_ = 0, list_end_ = 0;
  std::unique_ptr<columns::Batch> shared_, batch_;
};

TEST_F(Limits, rows_of_all_lists_count_together) {
  const ValueId pair = assembler_.add(Op::source_row, Phys::index, kPairs);
  assembler_.show(pair, pair);
  fill(1000, {2000, 2000, 100});
  const auto machine = interpreter();
  EXPECT_EQ(machine->run(*batch_, {0, 3}), Executor::Done::all);
  fill(1000, {2000, 2200, 100});
  const auto other = interpreter();
  EXPECT_EQ(other->run(*batch_, {0, 3}), Executor::Done::too_large);
  EXPECT_EQ(other->run(*batch_, {0, 2}), Executor::Done::too_large);
  EXPECT_EQ(other->run(*batch_, {0, 1}), Executor::Done::all);
  EXPECT_EQ(other->run(*batch_, {1, 3}), Executor::Done::all);
}

TEST_F(Limits, lists_of_the_run_may_be_too_large_at_once) {
  const ValueId one = assembler_.add(Op::ones, Phys::bits, ir::kRun);
  assembler_.show(one, one);
  fill(columns::kMostRows + 1, {1});
  EXPECT_EQ(interpreter()->run(*batch_, {0, 1}), Executor::Done::too_large);
}

TEST_F(Limits, steps_are_those_of_one_subject) {
  assembler_.code.steps.push_back({ir::kSubjects, list_begin_, list_end_, 5});
  world_.run.max_steps = 50;
  fill(0, {10, 9, 10});
  EXPECT_EQ(interpreter()->run(*batch_, {0, 3}), Executor::Done::all);
  world_.run.max_steps = 49;
  const auto machine = interpreter();
  EXPECT_EQ(machine->run(*batch_, {0, 3}), Executor::Done::too_large);
  EXPECT_EQ(machine->run(*batch_, {1, 2}), Executor::Done::all);
}

TEST_F(Limits, steps_of_lists_within_lists) {
  assembler_.code.steps.push_back({kList, begin_, end_, 2});
  assembler_.code.steps.push_back({ir::kSubjects, ir::kNoValue, ir::kNoValue, 7});
  world_.run.max_steps = 2 * 30 * 4 + 7;
  fill(4, {20, 10, 1});
  const auto machine = interpreter();
  EXPECT_EQ(machine->run(*batch_, {0, 2}), Executor::Done::all);
  EXPECT_EQ(machine->run(*batch_, {0, 3}), Executor::Done::too_large);
}

TEST_F(Limits, uniform_values_stay_and_others_are_made_anew) {
  const ValueId row = assembler_.add(Op::parent_row, Phys::index, kList);
  const ValueId all = assembler_.add(Op::less_equal, Phys::bits, kList, {row, row});
  const ValueId some = assembler_.add(Op::seg_any, Phys::bits, ir::kSubjects, {all});
  const ValueId first = assembler_.add(Op::seg_first, Phys::index, ir::kSubjects, {all});
  assembler_.show(some, first);
  assembler_.show(end_, end_);
  fill(3, {0, 2, 0, 1});
  const auto machine = interpreter();
  const columns::View end = machine->value(end_);
  EXPECT_TRUE(end.uniform);
  EXPECT_EQ(end.as<std::uint32_t>(0), 3u);
  ASSERT_EQ(machine->run(*batch_, {0, 4}), Executor::Done::all);
  const columns::View any = machine->value(some);
  EXPECT_EQ(any.bits[0], 0b1010u);
  // Of no rows the first is 0.
  const columns::View firsts = machine->value(first);
  EXPECT_EQ(firsts.as<std::uint32_t>(0), 0u);
  EXPECT_EQ(firsts.as<std::uint32_t>(1), 0u);
  EXPECT_EQ(firsts.as<std::uint32_t>(2), 0u);
  EXPECT_EQ(firsts.as<std::uint32_t>(3), 2u);
  const columns::Batch nobody(assembler_.code.layout);
  ASSERT_EQ(machine->run(nobody, {0, 0}), Executor::Done::all);
  EXPECT_EQ(end.as<std::uint32_t>(7), 3u);
}

}  // namespace
}  // namespace muster::interpret
