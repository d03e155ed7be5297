// SPDX-License-Identifier: Apache-2.0
// The interpreter against the naive evaluation, over random code and rows.
#include "runtime/interpret/interpreter.h"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "naive.h"
#include "naive_rows.h"
#include "random_code.h"

namespace muster::interpret {
namespace {

using columns::Executor;
using columns::Window;
using ir::Op;
using ir::Phys;
using ir::ValueId;
using kernels::Level;
using naive::Datum;

Datum shown(const columns::View& view, Phys phys, std::size_t row) {
  if (phys == Phys::bits) return std::int64_t{view.at(row) ? 1 : 0};
  return naive::read(view.data + (view.uniform ? 0 : row * ir::bytes_of(phys)), phys);
}

bool same(const Datum& a, const Datum& b) {
  if (const auto* x = std::get_if<double>(&a)) {
    const double y = std::get<double>(b);
    return (std::isnan(*x) && std::isnan(y)) || (*x == y && std::signbit(*x) == std::signbit(y));
  }
  if (std::holds_alternative<naive::Version>(a)) return std::get<naive::Version>(a) == std::get<naive::Version>(b);
  return a == b;
}

// Roots of subjects are compared in the window; those of lists, whose rows are counted for the window, in whole ones.
void expect_same(const ir::Code& code, const typed::Program& program, const Executor& executor,
                 const naive::Values& expected, Window window, bool is_whole) {
  for (const ir::TruthOut& out : code.outputs.gates) {
    const ir::Instruction& made = code[out.yes];
    const columns::View view = executor.value(out.yes);
    EXPECT_EQ(view.uniform, made.axis == ir::kRun);
    if (made.axis > ir::kSubjects && !is_whole) continue;
    const bool is_subjects = made.axis == ir::kSubjects;
    const std::size_t last = is_subjects ? window.last : expected.rows[made.axis];
    for (std::size_t row = is_subjects ? window.first : 0; row < last; ++row) {
      const naive::Cell& cell = expected.of[out.yes][row];
      if (!cell || same(shown(view, made.phys, row), *cell)) continue;
      FAIL() << "%" << out.yes << " = " << ir::info(made.op).name << " row " << row << " on axis " << made.axis
             << " of " << ir::name(made.phys) << '\n'
             << ir::print(code, program);
    }
    if (made.phys != Phys::bits || !is_whole || view.uniform) continue;
    for (std::size_t row = last; row % 512 != 0; ++row) ASSERT_FALSE(view.at(row)) << ir::info(made.op).name;
  }
}

// Where rows of lists are counted doesn't show in what is made without looking at the indexes themselves.
bool depends_on_numbering(const ir::Code& code, ValueId id, std::vector<signed char>& known) {
  if (known[id] >= 0) return known[id] != 0;
  const ir::Instruction& made = code[id];
  const bool is_looked_up = made.op == Op::gather || made.op == Op::gather_bits || made.op == Op::member ||
                            made.op == Op::some_between || made.op == Op::all_between;
  bool depends = false;
  for (const ValueId operand : code.operands_of(made)) {
    const bool is_index = code[operand].phys == Phys::index;
    depends = depends || (is_index && !is_looked_up) || (!is_index && depends_on_numbering(code, operand, known));
  }
  known[id] = depends ? 1 : 0;
  return depends;
}

ir::Code with_roots_of_subjects(ir::Code code) {
  std::vector<signed char> known(code.instructions.size(), -1);
  std::vector<ir::TruthOut> kept;
  for (const ir::TruthOut& out : code.outputs.gates) {
    const ir::Instruction& made = code[out.yes];
    if (made.axis == ir::kSubjects && made.phys != Phys::index && !depends_on_numbering(code, out.yes, known))
      kept.push_back(out);
  }
  code.outputs.gates = kept;
  return code;
}

std::vector<Level> levels() {
  std::vector<Level> found;
  for (const Level level : {Level::portable, Level::avx2, Level::avx512}) {
    if (kernels::is_there(level)) found.push_back(level);
  }
  return found;
}

TEST(Interpreter, makes_what_the_naive_evaluation_makes) {
  std::vector<std::size_t> used(ir::kOpCount);
  naive::World world;
  const std::size_t sizes[] = {1, 63, 64, 65, 0, 2, 130, 511, 512, 513};
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    SCOPED_TRACE(seed);
    naive::RandomCode random(world, seed);
    random.fill(150, seed % 3 == 0 ? 1 : 12);
    for (std::size_t op = 0; op < used.size(); ++op) used[op] += random.used[op];
    const ir::Code& code = random.assembler.code;
    ASSERT_EQ(ir::verify(code), std::vector<std::string>{});
    const columns::Batch shared = random.shared();
    std::vector<std::unique_ptr<Interpreter>> interpreters;
    for (const Level level : levels()) {
      interpreters.push_back(
          std::make_unique<Interpreter>(code, world.program, world.policy, world.run, shared, level));
    }
    // One interpreter takes batches of all sizes.
    for (std::size_t i = 0; i < 2; ++i) {
      const columns::Batch batch = random.batch(sizes[(seed + 3 * i) % std::size(sizes)]);
      const naive::Values expected = naive::evaluate(code, world.program, world.policy, world.run, shared, batch);
      const Window all{0, static_cast<std::uint32_t>(batch.subjects())};
      for (const auto& interpreter : interpreters) {
        ASSERT_EQ(interpreter->run(batch, all), Executor::Done::all);
        expect_same(code, world.program, *interpreter, expected, all, true);
        if (testing::Test::HasFailure()) return;
      }
    }
  }
  for (std::size_t op = 0; op < used.size(); ++op)
    EXPECT_GT(used[op], 0u) << ir::info(static_cast<Op>(op)).name << " was never made";
}

TEST(Interpreter, takes_a_batch_of_4096) {
  naive::World world;
  naive::RandomCode random(world, 77);
  random.fill(40, 2);
  const ir::Code& code = random.assembler.code;
  const columns::Batch shared = random.shared();
  const columns::Batch batch = random.batch(columns::kBatchRows);
  Interpreter interpreter(code, world.program, world.policy, world.run, shared);
  ASSERT_EQ(interpreter.run(batch, {0, columns::kBatchRows}), Executor::Done::all);
  expect_same(code, world.program, interpreter,
              naive::evaluate(code, world.program, world.policy, world.run, shared, batch), {0, columns::kBatchRows},
              true);
}

TEST(Interpreter, makes_windows_as_it_makes_all) {
  naive::World world;
  for (std::uint32_t seed = 100; seed < 104; ++seed) {
    SCOPED_TRACE(seed);
    naive::RandomCode random(world, seed);
    random.fill(150, 2);
    const ir::Code code = with_roots_of_subjects(random.assembler.code);
    ASSERT_GT(code.outputs.gates.size(), 10u);
    const columns::Batch shared = random.shared();
    const columns::Batch batch = random.batch(1040);
    const naive::Values expected = naive::evaluate(code, world.program, world.policy, world.run, shared, batch);
    for (const Level level : levels()) {
      Interpreter interpreter(code, world.program, world.policy, world.run, shared, level);
      for (const Window window : {Window{0, 1}, Window{1, 2}, Window{511, 513}, Window{512, 1024}, Window{700, 1040},
                                  Window{3, 3}, Window{1039, 1040}, Window{0, 1040}, Window{600, 601}}) {
        SCOPED_TRACE(window.first);
        ASSERT_EQ(interpreter.run(batch, window), Executor::Done::all);
        expect_same(code, world.program, interpreter, expected, window, false);
        if (testing::Test::HasFailure()) return;
      }
    }
  }
}

}  // namespace
}  // namespace muster::interpret
