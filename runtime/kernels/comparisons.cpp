// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "runtime/kernels/families.h"

namespace muster::kernels {

namespace {

template <typename T>
struct Equal {
  bool operator()(T a, T b) const { return Order::equal(a, b); }
};
template <typename T>
struct Less {
  bool operator()(T a, T b) const { return Order::less(a, b); }
};
template <typename T>
struct LessEqual {
  bool operator()(T a, T b) const { return Order::less(a, b) || Order::equal(a, b); }
};

// No set holds NaN.
template <typename T>
bool is_among(const std::vector<T>& sorted, T value) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), value);
  return found != sorted.end() && *found == value;
}

template <typename T>
bool holds(const MemberSet& set, T value) {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    return bit(set.u8, value);
  } else if constexpr (std::is_same_v<T, double>) {
    return is_among(set.doubles, value);
  } else if constexpr (std::is_same_v<T, columns::Text>) {
    return set.texts.find(value.view()) != set.texts.end();
  } else if constexpr (std::is_same_v<T, Version>) {
    return std::any_of(set.versions.begin(), set.versions.end(),
                       [&](Version each) { return Order::equal(value, each); });
  } else {
    return is_among(set.integers, std::int64_t{value});
  }
}

template <typename T>
void in_set(const Call& call) {
  const auto& set = *static_cast<const MemberSet*>(call.extra);
  with_values<T>(call.operands[0],
                 [&](auto a) { fill<Bit>(call, [&](std::size_t row) { return holds(set, a[row]); }); });
}

}  // namespace

Kernel comparison_kernel(ir::Op op, ir::Phys data) {
  return for_data(data, [op](auto value) -> Kernel {
    using T = decltype(value);
    if (op == ir::Op::equal) return of_two<Bit, T, T, Equal<T>>;
    if (op == ir::Op::less) return of_two<Bit, T, T, Less<T>>;
    if (op == ir::Op::less_equal) return of_two<Bit, T, T, LessEqual<T>>;
    if (op == ir::Op::in_set) return in_set<T>;
    return nullptr;
  });
}

}  // namespace muster::kernels
