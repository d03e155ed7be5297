// SPDX-License-Identifier: Apache-2.0
// Segments word by word. Lists of a few elements are the usual case, so some twenty of them share a word.
//
//   rows set      0 1 0  0 0  1     lists of 3, 2 and 1 rows
//   last rows     0 0 1  0 1  1     of each list
//   the others    1 1 0  1 0  0     added to the rows set but the last, they carry into the last row of lists
//                                   in which one is set, over words too
//   found         0 0 1  0 0  1     pext puts these together, pdep apart again where lists are empty
#include "runtime/kernels/families.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#include <vector>

#define MUSTER_BMI2 __attribute__((target("bmi,bmi2,popcnt")))

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;
using columns::words_of;
using ir::Op;
using ir::Phys;

std::size_t words_with_rows(std::size_t rows) { return (rows + kRowsOfWord - 1) / kRowsOfWord; }

// Bits one after the other, from the lowest.
class BitWriter {
 public:
  explicit BitWriter(std::uint64_t* words) : next_(words) {}

  // No bit of `bits` is set from `count` on.
  MUSTER_BMI2 void put(std::uint64_t bits, unsigned count) {
    word_ |= bits << used_;
    if (used_ + count >= kRowsOfWord) {
      *next_++ = word_;
      // Of a word that began at 0 nothing is left.
      word_ = used_ == 0 ? 0 : bits >> (kRowsOfWord - used_);
      used_ -= kRowsOfWord;
    }
    used_ += count;
  }
  // With zeros up to `end`.
  void finish(std::uint64_t* end) {
    if (used_ > 0) *next_++ = word_;
    while (next_ < end) *next_++ = 0;
  }

 private:
  std::uint64_t* next_;
  std::uint64_t word_ = 0;
  unsigned used_ = 0;
};

// Bits that lie together, from the lowest, go to where a bit of `filled` is set. From the last to the first, as none
// moves down.
MUSTER_BMI2 void spread(std::uint64_t* words, const std::uint64_t* filled, std::size_t count) {
  std::size_t rank = 0;
  for (std::size_t w = 0; w < count; ++w) rank += static_cast<std::size_t>(_mm_popcnt_u64(filled[w]));
  for (std::size_t w = count; w-- > 0;) {
    if (filled[w] == 0) {
      words[w] = 0;
      continue;
    }
    rank -= static_cast<std::size_t>(_mm_popcnt_u64(filled[w]));
    const std::size_t shift = rank % kRowsOfWord;
    std::uint64_t together = words[rank / kRowsOfWord] >> shift;
    if (shift != 0 && rank / kRowsOfWord + 1 < count)
      together |= words[rank / kRowsOfWord + 1] << (kRowsOfWord - shift);
    words[w] = _pdep_u64(together, filled[w]);
  }
}

// Takes the first row that is set from each list: less 1 in its first row, the rows up to that one change, and none
// behind it. Where none is set the last row keeps the change within the list.
//
//   rows set      0 1 1  0 0  1
//   with last     0 1 1  0 1  1
//   less first    1 0 1  1 0  0
//   both          0 0 1  0 0  0
struct Dropped {
  unsigned char borrow = 0;

  MUSTER_BMI2 std::uint64_t from(std::uint64_t set, std::uint64_t firsts, std::uint64_t lasts) {
    unsigned long long left = 0;
    borrow = _subborrow_u64(borrow, set | lasts, firsts, &left);
    return set & left;
  }
};

constexpr std::size_t kMostDropped = 7;

// Lists of which a row is set when so many were taken away.
template <std::size_t dropped>
MUSTER_BMI2 void any_but(const Call& call) {
  const Lists& lists = *call.lists;
  auto* result = reinterpret_cast<std::uint64_t*>(call.result);
  const std::uint64_t* set = bits(call.operands[0]);
  BitWriter writer(result);
  unsigned char carry = 0;
  // Rows in front of all lists are marked like one that comes first.
  bool is_in_front = lists.rows > 0 && lists.offsets[0] > 0;
  std::array<Dropped, dropped> drops;
  std::uint64_t last_before = 1;
  for (std::size_t w = 0; w < words_with_rows(lists.rows); ++w) {
    const std::uint64_t last = lists.last_rows[w];
    std::uint64_t left = set[w];
    const std::uint64_t first = last << 1 | last_before;
    last_before = last >> (kRowsOfWord - 1);
    for (Dropped& each : drops) left = each.from(left, first, last);
    unsigned long long sum = 0;
    carry = _addcarry_u64(carry, left & ~last, ~last, &sum);
    std::uint64_t found = _pext_u64(sum | left, last);
    auto count = static_cast<unsigned>(_mm_popcnt_u64(last));
    if (is_in_front && count > 0) {
      found >>= 1;
      --count;
      is_in_front = false;
    }
    writer.put(found, count);
  }
  writer.finish(result + words_of(call.rows));
  if (!lists.all_filled) spread(result, lists.filled, words_with_rows(call.rows));
}

void at_least(const Call& call) {
  constexpr Kernel kOf[] = {any_but<0>, any_but<1>, any_but<2>, any_but<3>,
                            any_but<4>, any_but<5>, any_but<6>, any_but<7>};
  const std::size_t dropped = *static_cast<const std::uint32_t*>(call.extra) - 1;
  dropped <= kMostDropped ? kOf[dropped](call) : segment_kernel(Op::seg_at_least, Phys::bits)(call);
}

// How many rows are set up to this one; `before` has those before each word.
MUSTER_BMI2 inline std::uint32_t rank(const std::uint64_t* set, const std::uint32_t* before, std::uint32_t last) {
  const std::uint64_t word = _bzhi_u64(set[last / kRowsOfWord], last % kRowsOfWord + 1);
  return before[last / kRowsOfWord] + static_cast<std::uint32_t>(_mm_popcnt_u64(word));
}

MUSTER_BMI2 void count(const Call& call) {
  const Lists& lists = *call.lists;
  const std::uint32_t* offsets = lists.offsets;
  auto* counts = reinterpret_cast<std::int64_t*>(call.result);
  const std::uint64_t* set = bits(call.operands[0]);
  std::vector<std::uint32_t> before(words_with_rows(lists.rows) + 1);
  for (std::size_t w = 0; w + 1 < before.size(); ++w)
    before[w + 1] = before[w] + static_cast<std::uint32_t>(_mm_popcnt_u64(set[w]));
  std::size_t parent = 0;
  // The first that has rows, so that there is a row before each end.
  while (parent < call.rows && offsets[parent + 1] == offsets[0]) counts[parent++] = 0;
  std::uint32_t before_list = offsets[0] == 0 ? 0 : rank(set, before.data(), offsets[0] - 1);
  for (; parent < call.rows; ++parent) {
    const std::uint32_t with_list = rank(set, before.data(), offsets[parent + 1] - 1);
    counts[parent] = with_list - before_list;
    before_list = with_list;
  }
}

}  // namespace

Kernel bmi2_kernel(ir::Op op) {
  if (op == ir::Op::seg_any) return any_but<0>;
  if (op == ir::Op::seg_at_least) return at_least;
  if (op == ir::Op::seg_count) return count;
  return nullptr;
}

}  // namespace muster::kernels

#else

namespace muster::kernels {

Kernel bmi2_kernel(ir::Op) { return nullptr; }

}  // namespace muster::kernels

#endif
