// SPDX-License-Identifier: Apache-2.0
// What is looked for among other rows. Bounds come from the code: what lies outside of the axis isn't looked at.
#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;

// Short lists are compared pair by pair, others are sorted.
constexpr std::size_t kShort = 16;

template <typename T, typename Value>
void keep_first_of_pairs(const Value& value, const std::uint64_t* set, std::uint64_t* kept, std::size_t begin,
                         std::size_t end) {
  for (std::size_t row = begin; row < end; ++row) {
    bool fresh = bit(set, row);
    for (std::size_t other = begin; fresh && other < row; ++other)
      fresh = !(bit(set, other) && Order::equal(value[other], value[row]));
    if (fresh) kept[row / kRowsOfWord] |= std::uint64_t{1} << (row % kRowsOfWord);
  }
}

template <typename T, typename Value>
void keep_first_of_sorted(const Value& value, const std::uint64_t* set, std::uint64_t* kept,
                          std::vector<std::uint32_t>& rows) {
  std::erase_if(rows, [&](std::uint32_t row) { return !bit(set, row); });
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return Order::less(value[a], value[b]); });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && Order::equal(value[rows[i - 1]], value[rows[i]])) continue;
    kept[rows[i] / kRowsOfWord] |= std::uint64_t{1} << (rows[i] % kRowsOfWord);
  }
}

template <typename T>
void first_of_equals(const Call& call) {
  auto* kept = reinterpret_cast<std::uint64_t*>(call.result);
  std::memset(kept, 0, columns::words_of(call.rows) * sizeof(std::uint64_t));
  const std::uint64_t* set = bits(call.operands[1]);
  const Lists& lists = *call.lists;
  std::vector<std::uint32_t> rows;
  with_values<T>(call.operands[0], [&](auto value) {
    for (std::size_t parent = 0; parent < lists.parents; ++parent) {
      const std::uint32_t begin = lists.offsets[parent];
      const std::uint32_t end = lists.offsets[parent + 1];
      if (end - begin <= kShort) {
        keep_first_of_pairs<T>(value, set, kept, begin, end);
      } else {
        rows.clear();
        for (std::uint32_t row = begin; row < end; ++row) rows.push_back(row);
        keep_first_of_sorted<T>(value, set, kept, rows);
      }
    }
  });
}

// Rows begin to end of the elements' axis, for each row of the result.
class Ranges {
 public:
  Ranges(const Call& call, const Operand& begin, const Operand& end)
      : rows_(static_cast<Index>(call.source_rows)), begin_(begin), end_(end) {}
  std::size_t begin(std::size_t row) const { return std::min(at(begin_, row), rows_); }
  std::size_t end(std::size_t row) const { return std::min(at(end_, row), rows_); }

 private:
  static Index at(const Operand& operand, std::size_t row) { return column<Index>(operand)[operand.uniform ? 0 : row]; }

  Index rows_;
  const Operand& begin_;
  const Operand& end_;
};

template <typename Ok>
bool any_of_rows(std::size_t begin, std::size_t end, const std::uint64_t* set, Ok ok) {
  for (std::size_t row = begin; row < end; ++row) {
    if (bit(set, row) && ok(row)) return true;
  }
  return false;
}

template <typename T>
void member(const Call& call) {
  const Ranges ranges(call, call.operands[1], call.operands[2]);
  const std::uint64_t* set = bits(call.operands[4]);
  with_values<T>(call.operands[0], [&](auto wanted) {
    with_values<T>(call.operands[3], [&](auto element) {
      fill<Bit>(call, [&](std::size_t row) {
        const T value = wanted[row];
        return any_of_rows(ranges.begin(row), ranges.end(row), set,
                           [&](std::size_t at) { return Order::equal(value, element[at]); });
      });
    });
  });
}

template <typename T>
void some_between(const Call& call) {
  const Ranges ranges(call, call.operands[2], call.operands[3]);
  const std::uint64_t* set = bits(call.operands[5]);
  const Operand& low = call.operands[0];
  const Operand& high = call.operands[1];
  with_values<T>(call.operands[4], [&](auto element) {
    fill<Bit>(call, [&](std::size_t row) {
      const T least = column<T>(low)[low.uniform ? 0 : row];
      const T most = column<T>(high)[high.uniform ? 0 : row];
      return any_of_rows(ranges.begin(row), ranges.end(row), set, [&](std::size_t at) {
        const T value = element[at];
        return (Order::less(least, value) || Order::equal(least, value)) &&
               (Order::less(value, most) || Order::equal(value, most));
      });
    });
  });
}

// There are no more different numbers than elements, so only few can be asked for.
void all_between(const Call& call) {
  const Ranges ranges(call, call.operands[2], call.operands[3]);
  const Operand& low = call.operands[0];
  const Operand& high = call.operands[1];
  const std::uint64_t* set = bits(call.operands[5]);
  std::vector<std::uint64_t> seen;
  with_values<std::int64_t>(call.operands[4], [&](auto element) {
    fill<Bit>(call, [&](std::size_t row) {
      const std::int64_t least = column<std::int64_t>(low)[low.uniform ? 0 : row];
      const std::int64_t most = column<std::int64_t>(high)[high.uniform ? 0 : row];
      if (least > most) return true;
      const std::size_t begin = ranges.begin(row);
      const std::size_t end = ranges.end(row);
      const std::uint64_t steps = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
      if (begin >= end || steps >= end - begin) return false;
      seen.assign(steps / kRowsOfWord + 1, 0);
      for (std::size_t at = begin; at < end; ++at) {
        if (!bit(set, at) || element[at] < least || element[at] > most) continue;
        const std::uint64_t step = static_cast<std::uint64_t>(element[at]) - static_cast<std::uint64_t>(least);
        seen[step / kRowsOfWord] |= std::uint64_t{1} << (step % kRowsOfWord);
      }
      std::uint64_t found = 0;
      for (const std::uint64_t word : seen) found += static_cast<std::uint64_t>(std::popcount(word));
      return found == steps + 1;
    });
  });
}

}  // namespace

Kernel search_kernel(ir::Op op, ir::Phys data) {
  if (op == ir::Op::all_between) return all_between;
  return for_data(data, [op](auto value) -> Kernel {
    using T = decltype(value);
    if (op == ir::Op::first_of_equals) return first_of_equals<T>;
    if (op == ir::Op::member) return member<T>;
    if (op == ir::Op::some_between) return some_between<T>;
    return nullptr;
  });
}

}  // namespace muster::kernels
