// SPDX-License-Identifier: Apache-2.0
// The loops that portable kernels are made of: a function of one row becomes a function of columns. Operands that are
// uniform are read once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/version_number.h"
#include "runtime/kernels/call.h"

namespace muster::kernels {

using Version = const base::VersionNumber*;
using Index = std::uint32_t;

// The result is a bitmap.
struct Bit {};

template <typename T, bool uniform>
class Values {
 public:
  explicit Values(const Operand& operand) : at_(column<T>(operand)), one_(uniform ? *at_ : T{}) {}
  T operator[](std::size_t row) const {
    if constexpr (uniform) {
      return one_;
    } else {
      return at_[row];
    }
  }

 private:
  const T* at_;
  T one_;
};

// Calls `then` with the operand as it is: a column or one value.
template <typename T, typename Then>
void with_values(const Operand& operand, Then then) {
  if (operand.uniform) {
    then(Values<T, true>(operand));
  } else {
    then(Values<T, false>(operand));
  }
}

// The lowest bits of 64 bytes, each of them 0 or 1: a product moves those of eight into its highest byte.
inline std::uint64_t packed(const std::uint8_t* flags) {
  std::uint64_t word = 0;
  for (unsigned i = 0; i < 8; ++i) {
    std::uint64_t eight = 0;
    for (unsigned j = 0; j < 8; ++j) eight |= std::uint64_t{flags[8 * i + j]} << (8 * j);
    word |= (eight * 0x0102040810204080u >> 56) << (8 * i);
  }
  return word;
}

// Words of which the rows are f(row). Asks for no row behind the last.
template <typename F>
void fill_bits(std::uint64_t* words, std::size_t rows, F f) {
  constexpr std::size_t kWord = columns::kRowsOfWord;
  const std::size_t full = rows / kWord;
  for (std::size_t w = 0; w < full; ++w) {
    std::uint8_t flags[kWord];
    for (std::size_t i = 0; i < kWord; ++i) flags[i] = f(w * kWord + i) ? 1 : 0;
    words[w] = packed(flags);
  }
  std::size_t next = full;
  if (rows % kWord != 0) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < rows % kWord; ++i) word |= std::uint64_t{f(full * kWord + i) ? 1u : 0u} << i;
    words[next++] = word;
  }
  for (; next < columns::words_of(rows); ++next) words[next] = 0;
}

template <typename R, typename F>
void fill(const Call& call, F f) {
  if constexpr (std::is_same_v<R, Bit>) {
    fill_bits(reinterpret_cast<std::uint64_t*>(call.result), call.rows, f);
  } else {
    R* result = reinterpret_cast<R*>(call.result);
    for (std::size_t row = 0; row < call.rows; ++row) result[row] = f(row);
  }
}

template <typename R, typename A, typename F>
void of_one(const Call& call) {
  with_values<A>(call.operands[0], [&](auto a) { fill<R>(call, [&](std::size_t row) { return F()(a[row]); }); });
}

template <typename R, typename A, typename B, typename F>
void of_two(const Call& call) {
  with_values<A>(call.operands[0], [&](auto a) {
    with_values<B>(call.operands[1],
                   [&](auto b) { fill<R>(call, [&](std::size_t row) { return F()(a[row], b[row]); }); });
  });
}

// Where bits of a bitmap behind its last row are anything, they are 0 again.
inline void clear_tail(std::uint64_t* words, std::size_t rows) {
  constexpr std::size_t kWord = columns::kRowsOfWord;
  std::size_t next = rows / kWord;
  if (rows % kWord != 0) words[next++] &= (std::uint64_t{1} << (rows % kWord)) - 1;
  for (; next < columns::words_of(rows); ++next) words[next] = 0;
}

// The order of the language on data of each kind. Rows without a version are less than others and equal none.
struct Order {
  template <typename T>
  static bool less(T a, T b) {
    return a < b;
  }
  template <typename T>
  static bool equal(T a, T b) {
    return a == b;
  }
  static bool less(columns::Text a, columns::Text b) { return a.view() < b.view(); }
  static bool equal(columns::Text a, columns::Text b) { return a.view() == b.view(); }
  static bool less(Version a, Version b) { return b != nullptr && (a == nullptr || *a < *b); }
  static bool equal(Version a, Version b) { return a != nullptr && b != nullptr && *a == *b; }
};

// Calls `make` with a value of the type in which data of this kind lie, and gives what it gives; of bits nothing.
template <typename Make>
Kernel for_data(ir::Phys phys, Make make) {
  switch (phys) {
    case ir::Phys::bits: return nullptr;
    case ir::Phys::u8: return make(std::uint8_t{});
    case ir::Phys::i32: return make(std::int32_t{});
    case ir::Phys::i64: return make(std::int64_t{});
    case ir::Phys::f64: return make(double{});
    case ir::Phys::text: return make(columns::Text{});
    case ir::Phys::version: return make(Version{});
    case ir::Phys::index: return make(Index{});
  }
  return nullptr;
}

}  // namespace muster::kernels
