// SPDX-License-Identifier: Apache-2.0
// Values as they are, in other places. An index may be that of an empty list, so each is held against the rows that
// there are: where there are none the result is 0, behind the last row it is some row's value.
#include <algorithm>
#include <cstring>
#include <numeric>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

template <typename T>
void select(const Call& call) {
  const std::uint64_t* chosen = bits(call.operands[0]);
  with_values<T>(call.operands[1], [&](auto a) {
    with_values<T>(call.operands[2],
                   [&](auto b) { fill<T>(call, [&](std::size_t row) { return bit(chosen, row) ? a[row] : b[row]; }); });
  });
}

template <typename T>
void gather(const Call& call) {
  if (call.source_rows == 0) {
    std::memset(call.result, 0, call.rows * sizeof(T));
    return;
  }
  const auto last = static_cast<Index>(call.source_rows - 1);
  with_values<T>(call.operands[0], [&](auto source) {
    with_values<Index>(call.operands[1], [&](auto index) {
      fill<T>(call, [&](std::size_t row) { return source[std::min(index[row], last)]; });
    });
  });
}

void gather_bits(const Call& call) {
  if (call.source_rows == 0) {
    std::memset(call.result, 0, columns::words_of(call.rows) * sizeof(std::uint64_t));
    return;
  }
  const auto last = static_cast<Index>(call.source_rows - 1);
  const std::uint64_t* source = bits(call.operands[0]);
  with_values<Index>(call.operands[1], [&](auto index) {
    fill<Bit>(call, [&](std::size_t row) { return bit(source, std::min(index[row], last)); });
  });
}

// Calls each(parent, its first row) for those that have rows.
template <typename Each>
void for_each_list(const Lists& lists, Each each) {
  for (std::size_t parent = 0; parent < lists.parents; ++parent) {
    if (lists.offsets[parent] < lists.offsets[parent + 1]) each(parent, lists.offsets[parent]);
  }
}

template <typename T>
void interleave(const Call& call) {
  T* result = reinterpret_cast<T*>(call.result);
  for (std::size_t e = 0; e < call.operands.size(); ++e) {
    with_values<T>(call.operands[e], [&](auto element) {
      for_each_list(*call.lists, [&](std::size_t parent, std::size_t first) { result[first + e] = element[parent]; });
    });
  }
}

void interleave_bits(const Call& call) {
  auto* result = reinterpret_cast<std::uint64_t*>(call.result);
  std::memset(result, 0, columns::words_of(call.rows) * sizeof(std::uint64_t));
  for (std::size_t e = 0; e < call.operands.size(); ++e) {
    const std::uint64_t* element = bits(call.operands[e]);
    for_each_list(*call.lists, [&](std::size_t parent, std::size_t first) {
      const std::size_t row = first + e;
      result[row / columns::kRowsOfWord] |= std::uint64_t{bit(element, parent) ? 1u : 0u}
                                            << (row % columns::kRowsOfWord);
    });
  }
}

void parent_row(const Call& call) {
  const Lists& lists = *call.lists;
  auto* result = reinterpret_cast<Index*>(call.result);
  std::fill_n(result, lists.offsets[0], Index{0});
  for (std::size_t parent = 0; parent < lists.parents; ++parent)
    std::fill(result + lists.offsets[parent], result + lists.offsets[parent + 1], static_cast<Index>(parent));
}

void source_row(const Call& call) {
  const Lists& lists = *call.lists;
  auto* result = reinterpret_cast<Index*>(call.result);
  with_values<Index>(call.operands[0], [&](auto begin) {
    for (std::size_t parent = 0; parent < lists.parents; ++parent) {
      Index source = begin[parent];
      for (Index row = lists.offsets[parent]; row < lists.offsets[parent + 1]; ++row) result[row] = source++;
    }
  });
}

void own_row(const Call& call) {
  auto* result = reinterpret_cast<Index*>(call.result);
  std::iota(result, result + call.rows, Index{0});
}

void begin_of(const Call& call) { std::memcpy(call.result, call.lists->offsets, call.rows * sizeof(Index)); }

void end_of(const Call& call) { std::memcpy(call.result, call.lists->offsets + 1, call.rows * sizeof(Index)); }

}  // namespace

Kernel move_kernel(ir::Op op, ir::Phys data) {
  if (op == ir::Op::gather_bits) return gather_bits;
  if (op == ir::Op::interleave_bits) return interleave_bits;
  if (op == ir::Op::parent_row) return parent_row;
  if (op == ir::Op::source_row) return source_row;
  if (op == ir::Op::own_row) return own_row;
  if (op == ir::Op::begin_of) return begin_of;
  if (op == ir::Op::end_of) return end_of;
  return for_data(data, [op](auto value) -> Kernel {
    using T = decltype(value);
    if (op == ir::Op::select) return select<T>;
    if (op == ir::Op::gather) return gather<T>;
    if (op == ir::Op::interleave) return interleave<T>;
    return nullptr;
  });
}

}  // namespace muster::kernels
