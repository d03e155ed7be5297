// SPDX-License-Identifier: Apache-2.0
// Rows of one parent make one. Which of its rows count is asked word by word, so that long lists of few are quick.
#include <bit>
#include <cstring>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

using columns::kRowsOfWord;

std::uint64_t from(std::size_t bit) { return ~std::uint64_t{0} << bit; }

// Calls each(word of the rows of `words` that lie in [begin, end), the word's first row) until it says no.
template <typename Each>
void for_each_word(const std::uint64_t* words, std::size_t begin, std::size_t end, Each each) {
  for (std::size_t row = begin / kRowsOfWord * kRowsOfWord; row < end; row += kRowsOfWord) {
    std::uint64_t word = words[row / kRowsOfWord];
    if (row < begin) word &= from(begin - row);
    if (end - row < kRowsOfWord) word &= ~from(end - row);
    if (word != 0 && !each(word, row)) return;
  }
}

template <typename Each>
void for_each_set(const std::uint64_t* words, std::size_t begin, std::size_t end, Each each) {
  for_each_word(words, begin, end, [&](std::uint64_t word, std::size_t row) {
    for (; word != 0; word &= word - 1) each(row + static_cast<std::size_t>(std::countr_zero(word)));
    return true;
  });
}

template <typename R, typename F>
void of_lists(const Call& call, F f) {
  const std::uint32_t* offsets = call.lists->offsets;
  fill<R>(call, [&](std::size_t parent) { return f(offsets[parent], offsets[parent + 1]); });
}

// Most lists are short and lie in one word, whose rows of the list these are.
bool is_in_one_word(std::size_t begin, std::size_t end) {
  return begin < end && begin / kRowsOfWord == (end - 1) / kRowsOfWord;
}
std::uint64_t rows_in_word(const std::uint64_t* words, std::size_t begin, std::size_t end) {
  return words[begin / kRowsOfWord] << (kRowsOfWord - 1 - (end - 1) % kRowsOfWord) >> (kRowsOfWord - (end - begin));
}

void any(const Call& call) {
  const std::uint64_t* set = bits(call.operands[0]);
  of_lists<Bit>(call, [&](std::size_t begin, std::size_t end) {
    if (is_in_one_word(begin, end)) return rows_in_word(set, begin, end) != 0;
    bool found = false;
    for_each_word(set, begin, end, [&](std::uint64_t, std::size_t) {
      found = true;
      return false;
    });
    return found;
  });
}

void count(const Call& call) {
  const std::uint64_t* set = bits(call.operands[0]);
  of_lists<std::int64_t>(call, [&](std::size_t begin, std::size_t end) {
    if (is_in_one_word(begin, end)) return std::int64_t{std::popcount(rows_in_word(set, begin, end))};
    std::int64_t count = 0;
    for_each_word(set, begin, end, [&](std::uint64_t word, std::size_t) {
      count += std::popcount(word);
      return true;
    });
    return count;
  });
}

void at_least(const Call& call) {
  const std::uint64_t* set = bits(call.operands[0]);
  const auto wanted = static_cast<int>(*static_cast<const std::uint32_t*>(call.extra));
  of_lists<Bit>(call, [&](std::size_t begin, std::size_t end) {
    int count = 0;
    for_each_word(set, begin, end, [&](std::uint64_t word, std::size_t) {
      count += std::popcount(word);
      return count < wanted;
    });
    return count >= wanted;
  });
}

void first(const Call& call) {
  const std::uint64_t* set = bits(call.operands[0]);
  of_lists<Index>(call, [&](std::size_t begin, std::size_t end) {
    std::size_t found = 0;
    for_each_word(set, begin, end, [&](std::uint64_t word, std::size_t row) {
      found = row + static_cast<std::size_t>(std::countr_zero(word));
      return false;
    });
    return static_cast<Index>(found);
  });
}

// The exact sum of the rows that are set, and how many they are.
struct Total {
  __int128 sum = 0;
  std::int64_t count = 0;
};

struct Sum {
  using Result = std::int64_t;
  Result operator()(Total total) const { return static_cast<Result>(static_cast<std::uint64_t>(total.sum)); }
};
struct SumOk {
  using Result = Bit;
  bool operator()(Total total) const { return total.sum == static_cast<std::int64_t>(total.sum); }
};
struct Mean {
  using Result = double;
  double operator()(Total total) const { return static_cast<double>(total.sum) / static_cast<double>(total.count); }
};
struct MeanCut {
  using Result = std::int64_t;
  Result operator()(Total total) const {
    return total.count == 0 ? 0 : static_cast<std::int64_t>(total.sum / total.count);
  }
};

template <typename F>
void of_total(const Call& call) {
  const std::uint64_t* set = bits(call.operands[1]);
  with_values<std::int64_t>(call.operands[0], [&](auto value) {
    of_lists<typename F::Result>(call, [&](std::size_t begin, std::size_t end) {
      Total total;
      for_each_set(set, begin, end, [&](std::size_t row) {
        total.sum += value[row];
        ++total.count;
      });
      return F()(total);
    });
  });
}

void sum_of_doubles(const Call& call) {
  const std::uint64_t* set = bits(call.operands[1]);
  with_values<double>(call.operands[0], [&](auto value) {
    of_lists<double>(call, [&](std::size_t begin, std::size_t end) {
      double sum = 0;
      for_each_set(set, begin, end, [&](std::size_t row) { sum += value[row]; });
      return sum;
    });
  });
}

template <typename T>
struct Least {
  bool operator()(T value, T best) const { return Order::less(value, best); }
};
template <typename T>
struct Greatest {
  bool operator()(T value, T best) const { return Order::less(best, value); }
};
template <typename T>
struct LastGreatest {
  bool operator()(T value, T best) const { return !Order::less(value, best); }
};

template <typename T, typename Better>
void extreme(const Call& call) {
  const std::uint64_t* set = bits(call.operands[1]);
  with_values<T>(call.operands[0], [&](auto value) {
    of_lists<Index>(call, [&](std::size_t begin, std::size_t end) {
      std::size_t best = 0;
      bool found = false;
      for_each_set(set, begin, end, [&](std::size_t row) {
        if (found && !Better()(value[row], value[best])) return;
        best = row;
        found = true;
      });
      return static_cast<Index>(best);
    });
  });
}

}  // namespace

Kernel segment_kernel(ir::Op op, ir::Phys data) {
  using ir::Op;
  if (op == Op::seg_any) return any;
  if (op == Op::seg_at_least) return at_least;
  if (op == Op::seg_count) return count;
  if (op == Op::seg_first) return first;
  if (op == Op::seg_sum) return of_total<Sum>;
  if (op == Op::seg_sum_ok) return of_total<SumOk>;
  if (op == Op::seg_mean) return of_total<Mean>;
  if (op == Op::seg_mean_cut) return of_total<MeanCut>;
  if (op == Op::seg_fsum) return sum_of_doubles;
  return for_data(data, [op](auto value) -> Kernel {
    using T = decltype(value);
    if (op == Op::seg_min) return extreme<T, Least<T>>;
    if (op == Op::seg_max) return extreme<T, Greatest<T>>;
    if (op == Op::seg_latest) return extreme<T, LastGreatest<T>>;
    return nullptr;
  });
}

void mark_lists(Lists& lists, std::uint64_t* filled, std::uint64_t* last_rows) {
  std::memset(filled, 0, columns::words_of(lists.parents) * sizeof(std::uint64_t));
  std::memset(last_rows, 0, columns::words_of(lists.rows) * sizeof(std::uint64_t));
  lists.filled = filled;
  lists.last_rows = last_rows;
  const std::uint32_t* offsets = lists.offsets;
  std::size_t at = 0;
  std::uint64_t word = 0;
  if (lists.rows > 0 && offsets[0] > 0) {
    at = (offsets[0] - 1) / kRowsOfWord;
    word = std::uint64_t{1} << ((offsets[0] - 1) % kRowsOfWord);
  }
  std::size_t filled_ones = 0;
  for (std::size_t parent = 0; parent < lists.parents; ++parent) {
    const std::uint32_t end = offsets[parent + 1];
    if (offsets[parent] == end) continue;
    ++filled_ones;
    filled[parent / kRowsOfWord] |= std::uint64_t{1} << (parent % kRowsOfWord);
    const std::size_t next = (end - 1) / kRowsOfWord;
    if (next != at) {
      last_rows[at] = word;
      at = next;
      word = 0;
    }
    word |= std::uint64_t{1} << ((end - 1) % kRowsOfWord);
  }
  if (lists.rows > 0) last_rows[at] = word;
  lists.all_filled = filled_ones == lists.parents;
}

}  // namespace muster::kernels
