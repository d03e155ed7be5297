// SPDX-License-Identifier: Apache-2.0
#include "runtime/jit/long_lists.h"

#include <algorithm>
#include <cmath>

// Of the compiler's own library: 128 bits.
extern "C" __int128 __divti3(__int128 a, __int128 b);
extern "C" double __floattidf(__int128 value);

namespace muster::jit {

namespace {

using ir::Phys;

template <typename T>
void first_of_equals(const T* values, const std::uint64_t* set, std::uint64_t* kept, std::uint64_t begin,
                     std::uint64_t end) {
  std::vector<std::uint32_t> rows;
  for (std::uint64_t row = begin; row < end; ++row) {
    if (set == nullptr || (set[row / 64] >> (row % 64) & 1u) != 0) rows.push_back(static_cast<std::uint32_t>(row));
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [values](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && values[rows[i - 1]] == values[rows[i]]) continue;
    kept[rows[i] / 64] |= std::uint64_t{1} << (rows[i] % 64);
  }
}

template <typename F>
void* address_of(F* function) {
  return reinterpret_cast<void*>(function);
}

double floor_of(double value) { return std::floor(value); }
double ceil_of(double value) { return std::ceil(value); }
double trunc_of(double value) { return std::trunc(value); }

}  // namespace

const char* first_of_equals_name(Phys phys) {
  switch (phys) {
    case Phys::u8: return "muster_first_of_equals_u8";
    case Phys::i32: return "muster_first_of_equals_i32";
    case Phys::i64: return "muster_first_of_equals_i64";
    case Phys::f64: return "muster_first_of_equals_f64";
    case Phys::index: return "muster_first_of_equals_index";
    case Phys::bits:
    case Phys::text:
    case Phys::version: break;
  }
  return nullptr;
}

std::vector<Function> called_functions() {
  return {{first_of_equals_name(Phys::u8), address_of(first_of_equals<std::uint8_t>)},
          {first_of_equals_name(Phys::i32), address_of(first_of_equals<std::int32_t>)},
          {first_of_equals_name(Phys::i64), address_of(first_of_equals<std::int64_t>)},
          {first_of_equals_name(Phys::f64), address_of(first_of_equals<double>)},
          {first_of_equals_name(Phys::index), address_of(first_of_equals<std::uint32_t>)},
          {"__divti3", address_of(__divti3)},
          {"__floattidf", address_of(__floattidf)},
          // Of machines that have no instruction for it.
          {"floor", address_of(floor_of)},
          {"ceil", address_of(ceil_of)},
          {"trunc", address_of(trunc_of)}};
}

}  // namespace muster::jit
