// SPDX-License-Identifier: Apache-2.0
// Where all that is left agrees: `judge` says of each combination of the values that operands may still have what
// holds, and the whole is that where they all say the same.
#pragma once

#include "compiler/lower/lowering.h"

namespace muster::lower {

template <typename Judge>
Value Lowering::agreed(const Value& a, const Judge& judge) {
  if (a.left.empty()) return judge(a);
  ValueId yes = b_.ones(), no = b_.ones();
  for (const Alternative& each : a.left) {
    const Value one = judge(each.value);
    const ValueId impossible = b_.not_(each.possible);
    yes = b_.and_(yes, b_.or_(impossible, one.yes));
    no = b_.and_(no, b_.or_(impossible, no_of(one)));
  }
  return truth(yes, no);
}

template <typename Judge>
Value Lowering::agreed(const Value& a, const Value& b, const Judge& judge) {
  return agreed(a, [&](const Value& one) { return agreed(b, [&](const Value& other) { return judge(one, other); }); });
}

}  // namespace muster::lower
