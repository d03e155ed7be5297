// SPDX-License-Identifier: Apache-2.0
// Compiled groups against the kernels, over random code: each operation alone and all together, on machines with and
// without wide vectors, in batches and windows of every kind of size.
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "runtime/interpret/interpreter.h"
#include "tests/interpret/random_code.h"
#include "tests/jit/opened.h"

namespace muster {
namespace {

using columns::Executor;
using columns::View;
using columns::Window;
using interpret::Interpreter;
using ir::Op;
using ir::Phys;

template <typename T>
bool same_bytes(const View& a, const View& b, std::size_t row) {
  return std::memcmp(&a.as<T>(row), &b.as<T>(row), sizeof(T)) == 0;
}

bool same(const View& a, const View& b, Phys phys, std::size_t row) {
  switch (phys) {
    case Phys::bits: return a.at(row) == b.at(row);
    case Phys::u8: return same_bytes<std::uint8_t>(a, b, row);
    case Phys::i32:
    case Phys::index: return same_bytes<std::uint32_t>(a, b, row);
    case Phys::i64:
    case Phys::version: return same_bytes<std::uint64_t>(a, b, row);
    case Phys::f64:
      return same_bytes<double>(a, b, row) || (std::isnan(a.as<double>(row)) && std::isnan(b.as<double>(row)));
    case Phys::text: return a.as<columns::Text>(row).view() == b.as<columns::Text>(row).view();
  }
  return false;
}

class Pair {
 public:
  Pair(const jit_plugin::Plugin& plugin, naive::World& world, const ir::Code& code, const columns::Batch& shared,
       const std::string& cpu = {})
      : code_(code), world_(world) {
    const auto compiled = plugin.compile(code, {cpu, nullptr});
    EXPECT_TRUE(compiled.has_value()) << compiled.error();
    if (!compiled) return;
    by_kernels_ =
        std::make_unique<Interpreter>(code, world.program, world.policy, world.run, shared, kernels::Level::portable);
    compiled_ = std::make_unique<Interpreter>(code, world.program, world.policy, world.run, shared,
                                              kernels::best_level(), *compiled);
  }

  // Rows of lists are compared where all of them are the window's.
  void expect_same(const columns::Batch& batch, Window window) {
    ASSERT_NE(compiled_, nullptr);
    const Executor::Done done = by_kernels_->run(batch, window);
    ASSERT_EQ(compiled_->run(batch, window), done);
    if (done != Executor::Done::all) return;
    for (const ir::TruthOut& out : code_.outputs.gates) {
      const ir::Instruction& made = code_[out.yes];
      const bool is_subjects = made.axis == ir::kSubjects;
      if (!is_subjects && made.axis >= batch.layout().tables.size()) continue;
      if (!is_subjects && window.first > 0) continue;
      const View expected = by_kernels_->value(out.yes);
      const View found = compiled_->value(out.yes);
      const std::size_t end = is_subjects                      ? window.last
                              : made.axis == ir::kRun          ? 1
                              : window.last < batch.subjects() ? 0
                                                               : rows_of(batch, made.axis);
      for (std::size_t row = is_subjects ? window.first : 0; row < end; ++row) {
        if (same(expected, found, made.phys, row)) continue;
        FAIL() << "%" << out.yes << " = " << ir::info(made.op).name << " row " << row << " of " << end << " on axis "
               << made.axis << " of " << ir::name(made.phys) << '\n'
               << ir::print(code_, world_.program);
      }
      if (made.phys != Phys::bits || made.axis == ir::kRun || end == 0 || window.last < batch.subjects()) continue;
      for (std::size_t row = end; row % 512 != 0; ++row)
        ASSERT_FALSE(found.at(row)) << ir::info(made.op).name << " behind the last row";
    }
  }

 private:
  std::size_t rows_of(const columns::Batch& batch, ir::AxisId axis) const {
    const ir::TableId table = code_.axes[axis].table;
    return code_.axes[axis].parent == ir::kRun || table > naive::kInner ? 0 : batch.rows(table);
  }

  const ir::Code& code_;
  naive::World& world_;
  std::unique_ptr<Interpreter> by_kernels_, compiled_;
};

std::size_t size_of(std::uint32_t at) {
  const std::size_t sizes[] = {1, 63, 64, 65, 0, 130, 511, 512, 513, 1100};
  return sizes[at % std::size(sizes)];
}

TEST(Jit, MakesOfEachOperationWhatItsKernelMakes) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  naive::World world;
  for (std::uint32_t op = 0; op < ir::kOpCount; ++op) {
    if (ir::info(static_cast<Op>(op)).kind == ir::OpKind::leaf) continue;
    SCOPED_TRACE(ir::info(static_cast<Op>(op)).name);
    naive::RandomCode random(world, op);
    std::size_t added = 0;
    for (std::uint32_t i = 0; i < 200 && added < 16; ++i) {
      const auto axes = static_cast<ir::AxisId>(random.assembler.code.axes.size());
      if (random.add(static_cast<Op>(op), i % 2 == 0 ? ir::kSubjects : i % axes)) ++added;
    }
    ASSERT_GT(added, 0u);
    const auto& instructions = random.assembler.code.instructions;
    for (ir::ValueId id = 0; id < instructions.size(); ++id) {
      if (instructions[id].op == static_cast<Op>(op)) random.assembler.show(id, id);
    }
    ASSERT_EQ(ir::verify(random.assembler.code), std::vector<std::string>{});
    const columns::Batch shared = random.shared();
    Pair pair(*plugin, world, random.assembler.code, shared);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const columns::Batch batch = random.batch(size_of(op + 3 * i));
      pair.expect_same(batch, {0, static_cast<std::uint32_t>(batch.subjects())});
    }
    if (testing::Test::HasFatalFailure()) return;
  }
}

TEST(Jit, MakesOfRandomCodeWhatTheKernelsMake) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  naive::World world;
  const std::string cpus[] = {"", "x86-64-v3", "x86-64", ""};
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    naive::RandomCode random(world, seed);
    random.fill(seed % 4 == 3 ? 500 : 150, seed % 3 == 0 ? 1 : 12);
    const columns::Batch shared = random.shared();
#if defined(__x86_64__)
    const std::string& cpu = cpus[seed % std::size(cpus)];
#else
    const std::string cpu;
#endif
    Pair pair(*plugin, world, random.assembler.code, shared, cpu);
    for (std::uint32_t i = 0; i < 2; ++i) {
      const columns::Batch batch = random.batch(size_of(seed + 3 * i));
      pair.expect_same(batch, {0, static_cast<std::uint32_t>(batch.subjects())});
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Jit, MakesOfWindowsWhatTheKernelsMake) {
  const auto plugin = opened_jit();
  if (!plugin) GTEST_SKIP();
  naive::World world;
  for (std::uint32_t seed = 100; seed < 104; ++seed) {
    SCOPED_TRACE(seed);
    naive::RandomCode random(world, seed);
    random.fill(150, 2);
    const columns::Batch shared = random.shared();
    const columns::Batch batch = random.batch(1040);
    Pair pair(*plugin, world, random.assembler.code, shared);
    for (const Window window : {Window{0, 1}, Window{1, 2}, Window{511, 513}, Window{512, 1024}, Window{700, 1040},
                                Window{3, 3}, Window{1039, 1040}, Window{0, 1040}, Window{600, 601}}) {
      SCOPED_TRACE(window.first);
      pair.expect_same(batch, window);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace muster
