// SPDX-License-Identifier: Apache-2.0
// Bitmaps, word by word, and the sum of weights of those that are set.
#include <bit>
#include <cstring>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using columns::words_of;

std::uint64_t* result_words(const Call& call) { return reinterpret_cast<std::uint64_t*>(call.result); }

void not_of(const Call& call) {
  const std::uint64_t* a = bits(call.operands[0]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_of(call.rows); ++w) result[w] = ~a[w];
  clear_tail(result, call.rows);
}

template <typename F>
void of_words(const Call& call) {
  const std::uint64_t* a = bits(call.operands[0]);
  const std::uint64_t* b = bits(call.operands[1]);
  std::uint64_t* result = result_words(call);
  for (std::size_t w = 0; w < words_of(call.rows); ++w) result[w] = F()(a[w], b[w]);
  clear_tail(result, call.rows);
}

struct And {
  std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a & b; }
};
struct Or {
  std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a | b; }
};
struct AndNot {
  std::uint64_t operator()(std::uint64_t a, std::uint64_t b) const { return a & ~b; }
};

void weigh(const Call& call) {
  const auto& weights = *static_cast<const ir::Weights*>(call.extra);
  auto* sums = reinterpret_cast<std::int64_t*>(call.result);
  std::memset(sums, 0, call.rows * sizeof(std::int64_t));
  for (std::size_t i = 0; i < call.operands.size(); ++i) {
    const std::uint64_t* words = bits(call.operands[i]);
    const auto weight = static_cast<std::int64_t>(weights.of[i]);
    for (std::size_t row = 0; row < call.rows; ++row) {
      const std::uint64_t word = words[row / columns::kRowsOfWord] >> (row % columns::kRowsOfWord);
      sums[row] += weight & -static_cast<std::int64_t>(word & 1u);
    }
  }
}

}  // namespace

Kernel bitmap_kernel(ir::Op op) {
  if (op == ir::Op::not_) return not_of;
  if (op == ir::Op::and_) return of_words<And>;
  if (op == ir::Op::or_) return of_words<Or>;
  if (op == ir::Op::and_not) return of_words<AndNot>;
  if (op == ir::Op::weigh) return weigh;
  return nullptr;
}

}  // namespace muster::kernels
