// SPDX-License-Identifier: Apache-2.0
// Going over a list that may stand in several places: `each` says what becomes of the rows of one of them.
#pragma once

#include <utility>

#include "compiler/lower/lowering.h"

namespace muster::lower {

template <typename Each>
Value Lowering::over_sources(const Value& list, ir::AxisId parent, const Each& each) {
  Value result;
  for (std::size_t at = list.lists.size(); at-- > 0;) {
    const Walk rows = walk(list.lists[at], parent);
    b_.enter(rows.axis);
    Value one = each(rows);
    b_.leave();
    result = at + 1 == list.lists.size() ? std::move(one) : selected(list.lists[at].guard, one, result);
  }
  return result;
}

// With the expression's variable bound to the element. What is said of an unknown list is the caller's matter where
// it is a count; else it is unknown.
template <typename Each>
Value Lowering::over(const Expr& expr, const Value& list, const Each& each) {
  count_steps(list);
  Value result = over_sources(list, context_of(expr, list), [&](const Walk& rows) {
    Value outer = std::exchange(variables_[expr.index], rows.element);
    Value made = each(rows);
    variables_[expr.index] = std::move(outer);
    return made;
  });
  return result.interval ? result : masked(std::move(result), list.known);
}

}  // namespace muster::lower
