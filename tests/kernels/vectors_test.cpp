// SPDX-License-Identifier: Apache-2.0
// Kernels of each instruction set against the portable ones: all lengths of tails, columns and uniform operands,
// random bytes.
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "runtime/kernels/kernels.h"

namespace muster::kernels {
namespace {

using columns::Buffer;
using ir::Op;
using ir::Phys;

std::mt19937_64& random_bits() {
  static std::mt19937_64 random(7);
  return random;
}

std::size_t below(std::size_t end) { return random_bits()() % end; }
std::size_t padded(std::size_t rows) { return (rows + 511) / 512 * 512 + 512; }

std::vector<std::size_t> lengths() {
  std::vector<std::size_t> found;
  for (std::size_t rows = 1; rows <= 130; ++rows) found.push_back(rows);
  for (const std::size_t rows : {511, 512, 513, 4096, 5001}) found.push_back(rows);
  return found;
}

void put_double(double* at) {
  constexpr double kSpecial[] = {0.0,
                                 -0.0,
                                 1.5,
                                 std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::max(),
                                 5e-324};
  if (below(2) == 0) *at = kSpecial[below(std::size(kSpecial))];
}

// Small numbers meet often, large ones overflow.
Buffer random_column(Phys phys, std::size_t rows) {
  Buffer buffer;
  const std::size_t bytes = ir::bytes_of(phys);
  buffer.grow(padded(rows) * (bytes == 0 ? 1 : bytes));
  for (std::size_t i = 0; i < buffer.size(); i += 8) {
    const std::uint64_t word = random_bits()();
    std::memcpy(buffer.data() + i, &word, sizeof word);
  }
  const bool is_small = below(2) == 0;
  for (std::size_t row = 0; row < padded(rows); ++row) {
    if (phys == Phys::f64) put_double(buffer.as<double>() + row);
    if (phys == Phys::i64 && is_small) buffer.as<std::int64_t>()[row] = static_cast<std::int64_t>(below(5)) - 2;
    if (phys == Phys::i32 && is_small) buffer.as<std::int32_t>()[row] = static_cast<std::int32_t>(below(5)) - 2;
    if (phys == Phys::u8 && is_small) buffer.as<std::uint8_t>()[row] = static_cast<std::uint8_t>(below(5));
    if (phys == Phys::index && is_small) buffer.as<std::uint32_t>()[row] = static_cast<std::uint32_t>(below(7000));
  }
  return buffer;
}

struct Case {
  Op op = Op::not_;
  Phys data = Phys::bits;
  std::vector<Phys> operands;
  Phys result = Phys::bits;
};

// Those that have more than a portable kernel.
std::vector<Case> cases() {
  std::vector<Case> found;
  for (const Op op : {Op::not_, Op::and_, Op::or_, Op::and_not}) {
    found.push_back({op, Phys::bits, {Phys::bits}, Phys::bits});
    if (op != Op::not_) found.back().operands.push_back(Phys::bits);
  }
  for (const Phys phys : {Phys::u8, Phys::i32, Phys::i64, Phys::f64, Phys::index}) {
    for (const Op op : {Op::equal, Op::less, Op::less_equal}) found.push_back({op, phys, {phys, phys}, Phys::bits});
    found.push_back({Op::select, phys, {Phys::bits, phys, phys}, phys});
    found.push_back({Op::gather, phys, {phys, Phys::index}, phys});
  }
  for (const Op op : {Op::add, Op::subtract}) found.push_back({op, Phys::i64, {Phys::i64, Phys::i64}, Phys::i64});
  for (const Op op : {Op::add_ok, Op::subtract_ok})
    found.push_back({op, Phys::i64, {Phys::i64, Phys::i64}, Phys::bits});
  for (const Op op : {Op::fadd, Op::fsubtract, Op::fmultiply, Op::fdivide})
    found.push_back({op, Phys::f64, {Phys::f64, Phys::f64}, Phys::f64});
  found.push_back({Op::is_finite, Phys::f64, {Phys::f64}, Phys::bits});
  found.push_back({Op::in_set, Phys::u8, {Phys::u8}, Phys::bits});
  found.push_back({Op::gather_bits, Phys::index, {Phys::bits, Phys::index}, Phys::bits});
  for (const std::size_t count : {1u, 2u, 3u, 7u, 40u})
    found.push_back({Op::weigh, Phys::i64, std::vector<Phys>(count, Phys::bits), Phys::i64});
  return found;
}

// NaN is NaN, whichever it is.
bool same_rows(Phys phys, const Buffer& a, const Buffer& b, std::size_t rows) {
  if (phys == Phys::bits) return std::memcmp(a.data(), b.data(), columns::words_of(rows) * 8) == 0;
  for (std::size_t row = 0; phys == Phys::f64 && row < rows; ++row) {
    const double x = a.as<double>()[row];
    const double y = b.as<double>()[row];
    if (std::memcmp(&x, &y, sizeof x) != 0 && !(x != x && y != y)) return false;
  }
  return phys == Phys::f64 || std::memcmp(a.data(), b.data(), rows * ir::bytes_of(phys)) == 0;
}

void compare(const Case& each, Level level, std::size_t rows) {
  const Kernel fast = kernel(each.op, each.data, level);
  const Kernel plain = kernel(each.op, each.data, Level::portable);
  ASSERT_NE(plain, nullptr);
  MemberSet set;
  for (std::uint64_t& word : set.u8) word = random_bits()();
  ir::Weights weights;
  const std::size_t heaviest = std::size_t{1} << (below(2) == 0 ? below(3) : below(41));
  for (std::size_t i = 0; i < each.operands.size(); ++i) weights.of.push_back(1 + below(heaviest));
  const bool is_gather = each.op == Op::gather || each.op == Op::gather_bits;
  const std::size_t source_rows = is_gather ? below(3000) : 0;
  // Each operand is a column or uniform.
  const bool has_data = each.operands.back() != Phys::bits;
  const std::size_t shapes = has_data ? std::size_t{1} << each.operands.size() : 1;
  for (std::size_t shape = 0; shape < shapes; ++shape) {
    std::vector<Buffer> columns;
    std::vector<Operand> operands;
    for (std::size_t i = 0; i < each.operands.size(); ++i) {
      columns.push_back(random_column(each.operands[i], is_gather && i == 0 ? source_rows : rows));
      // What lies behind the last row of a bitmap is 0, but in one that stands for uniform bits.
      if (each.operands[i] == Phys::bits && below(4) != 0) clear_tail(columns[i].as<std::uint64_t>(), rows);
      operands.push_back({columns[i].data(), each.operands[i] != Phys::bits && (shape >> i & 1) != 0});
    }
    Buffer expected;
    Buffer found = random_column(each.result, rows);
    expected.grow(found.size());
    void* extra = each.op == Op::weigh ? static_cast<void*>(&weights) : &set;
    plain({rows, expected.data(), operands, nullptr, source_rows, extra});
    fast({rows, found.data(), operands, nullptr, source_rows, extra});
    ASSERT_TRUE(same_rows(each.result, found, expected, rows))
        << ir::info(each.op).name << " of " << ir::name(each.data) << ", " << rows << " rows, shape " << shape;
  }
}

// Sums of a byte and past it.
constexpr std::size_t kManyBitmaps[] = {255, 256};

class Vectors : public testing::TestWithParam<Level> {};

TEST_P(Vectors, make_the_same_rows) {
  if (!is_there(GetParam())) GTEST_SKIP() << "this machine has none of these instructions";
  for (const Case& each : cases()) {
    for (const std::size_t rows : lengths()) {
      compare(each, GetParam(), rows);
      if (HasFatalFailure()) return;
    }
  }
}

struct SomeLists {
  // Of up to so many rows, behind some that are of none.
  SomeLists(std::size_t parents, std::size_t longest, std::size_t in_front) {
    offsets.grow((parents + 1) * sizeof(std::uint32_t));
    auto* at = offsets.as<std::uint32_t>();
    at[0] = static_cast<std::uint32_t>(in_front);
    for (std::size_t parent = 0; parent < parents; ++parent)
      at[parent + 1] = at[parent] + static_cast<std::uint32_t>(below(longest + 1));
    lists.offsets = at;
    lists.parents = parents;
    lists.rows = at[parents];
    filled.grow(columns::words_of(parents + 1) * 8);
    last_rows.grow(columns::words_of(lists.rows + 1) * 8);
    mark_lists(lists, filled.as<std::uint64_t>(), last_rows.as<std::uint64_t>());
  }

  Buffer offsets, filled, last_rows;
  Lists lists;
};

TEST_P(Vectors, add_up_many_bitmaps) {
  if (!is_there(GetParam())) GTEST_SKIP() << "this machine has none of these instructions";
  for (const std::size_t count : kManyBitmaps) {
    for (std::size_t i = 0; i < 12; ++i)
      compare({Op::weigh, Phys::i64, std::vector<Phys>(count, Phys::bits), Phys::i64}, GetParam(), 1 + below(700));
  }
}

TEST_P(Vectors, make_the_same_of_lists) {
  if (!is_there(GetParam())) GTEST_SKIP() << "this machine has none of these instructions";
  for (const std::size_t parents : lengths()) {
    for (const std::size_t longest : {0, 1, 3, 6, 200}) {
      for (const std::size_t in_front : {0, 1, 64, 511}) {
        if (parents > 1000 && longest > 6) continue;
        const SomeLists some(parents, longest, in_front);
        Buffer set = random_column(Phys::bits, some.lists.rows);
        Buffer sparse = random_column(Phys::bits, some.lists.rows);
        for (std::size_t w = 0; w < sparse.size() / 8; ++w)
          sparse.as<std::uint64_t>()[w] &= random_bits()() & random_bits()();
        for (const Buffer* each : std::initializer_list<const Buffer*>{&set, &sparse}) {
          const Operand operand{each->data(), false};
          std::vector<std::pair<Op, std::uint32_t>> ops{{Op::seg_any, 0}, {Op::seg_count, 0}};
          for (const std::uint32_t number : {1, 2, 3, 8, 9, 150}) ops.emplace_back(Op::seg_at_least, number);
          for (auto [op, number] : ops) {
            const Phys result = op == Op::seg_count ? Phys::i64 : Phys::bits;
            Buffer found = random_column(result, parents);
            Buffer expected;
            expected.grow(found.size());
            kernel(op, Phys::bits, Level::portable)({parents, expected.data(), {&operand, 1}, &some.lists, 0, &number});
            kernel(op, Phys::bits, GetParam())({parents, found.data(), {&operand, 1}, &some.lists, 0, &number});
            ASSERT_TRUE(same_rows(result, found, expected, parents))
                << ir::info(op).name << ' ' << number << " of " << parents << " lists of up to " << longest << ", "
                << in_front << " in front";
          }
        }
      }
    }
  }
}

TEST_P(Vectors, make_most_of_the_hot_ones) {
  std::size_t own = 0;
  for (const Case& each : cases())
    own += kernel(each.op, each.data, GetParam()) != kernel(each.op, each.data, Level::portable) ? 1 : 0;
  if (GetParam() == Level::portable) {
    EXPECT_EQ(own, 0u);
  } else {
    EXPECT_GT(own, cases().size() * 3 / 4);
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, Vectors, testing::Values(Level::portable, Level::avx2, Level::avx512));

}  // namespace
}  // namespace muster::kernels
