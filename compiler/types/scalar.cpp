// SPDX-License-Identifier: Apache-2.0
#include "compiler/types/scalar.h"

#include <type_traits>

#include "base/number_text.h"
#include "compiler/types/types.h"

namespace muster::types {

static_assert(std::variant_size_v<Scalar> == static_cast<std::size_t>(Kind::record),
              "a scalar's index is its type's kind");

bool less(const Scalar& left, const Scalar& right) { return left < right; }

bool Range::holds(const Scalar& value) const { return !less(value, low) && !less(high, value); }

bool equal(const Scalar& left, const Scalar& right) { return left == right; }

std::string to_text(const Table& table, TypeId type, const Scalar& value) {
  return std::visit(
      [&](const auto& held) -> std::string {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool>) {
          return held ? "true" : "false";
        } else if constexpr (std::is_same_v<Held, std::int64_t>) {
          return std::to_string(held);
        } else if constexpr (std::is_same_v<Held, Percent>) {
          return base::to_text(held.points) + "%";
        } else if constexpr (std::is_same_v<Held, std::string>) {
          return held;
        } else if constexpr (std::is_same_v<Held, EnumMember>) {
          return table.enum_of(table.without_optional(type)).names[held.index].name;
        } else {
          return base::to_text(held);
        }
      },
      value);
}

std::string to_text(const Table& table, TypeId type, const Range& range) {
  return to_text(table, type, range.low) + ".." + to_text(table, type, range.high);
}

}  // namespace muster::types
