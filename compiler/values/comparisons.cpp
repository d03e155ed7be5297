// SPDX-License-Identifier: Apache-2.0
#include "compiler/values/analysis.h"

#include <algorithm>

namespace muster::values {

using typed::Op;

bool Analysis::is_sure(const Value& value) {
  return !value.is_open && !value.possible.unknown && !value.possible.absent;
}

Truths Analysis::compared(Op op, const Value& a, const Value& b) const {
  Relations relations = compare(a.possible, b.possible);
  if (a.number == b.number) {
    relations = relations & Relations{false, true, false};
  } else if (!a.is_open && !b.is_open) {
    relations = relations & facts_.between(a.number, b.number);
  }
  if (!may_be_equal(a, b)) relations.equal = false;
  const Relations wanted = holding(op);
  const Relations met = relations & wanted;
  const Relations missed = relations & Relations{!wanted.less, !wanted.equal, !wanted.greater};
  return {met.any(), missed.any(), !is_sure(a) || !is_sure(b)};
}

Truths Analysis::compared(const Expr& expr) {
  return compared(expr.op, value(program_.operand(expr, 0)), value(program_.operand(expr, 1)));
}

Truths Analysis::in_range(const Expr& expr) {
  const Value x = value(program_.operand(expr, 0));
  const Truths low = compared(Op::less_equal, value(program_.operand(expr, 1)), x);
  const Truths high = compared(Op::less_equal, x, value(program_.operand(expr, 2)));
  Possible within = x.possible;
  keep(within, [&] {
    Possible ends;
    ends.low = value(program_.operand(expr, 1)).possible.low;
    ends.high = value(program_.operand(expr, 2)).possible.high;
    return ends;
  }());
  // Of several values that a count may still be, one may lie in the range while each end is unknown.
  return {low.yes() && high.yes() && (within.known || x.is_open), low.no() || high.no(),
          low.unknown() || high.unknown()};
}

Truths Analysis::in_list(const Expr& expr) {
  const Value x = value(program_.operand(expr, 0));
  const ExprId list_id = program_.operand(expr, 1);
  const Expr& list = program_.expr(list_id);
  if (list.op != Op::list_literal) return kAny;
  Possible rest = x.possible;
  bool yes = false, unknown = !is_sure(x);
  for (const ExprId id : program_.operands_of(list)) {
    const Value element = value(id);
    const Truths equal = compared(Op::equal, x, element);
    yes = yes || equal.yes();
    unknown = unknown || equal.unknown();
    if (const auto only = element.possible.single(); only && rest.never.size() < kMostValues) {
      rest.never.push_back(*only);
    }
  }
  settle(rest);
  return {yes, rest.known || !x.possible.known, unknown};
}

void Analysis::assume_comparison(const Expr& expr, Truths allowed) {
  const Value a = value(program_.operand(expr, 0));
  if (allowed == kUnknown) return;
  const bool holds = allowed.yes();
  if (allowed.yes() && allowed.no()) return;
  if (expr.op == Op::in_list) {
    const Expr& list = program_.expr(program_.operand(expr, 1));
    if (list.op != Op::list_literal || list.count == 0 || list.count > kMostValues) return;
    Possible among;
    if (holds) among.only.emplace();
    for (const ExprId id : program_.operands_of(list)) {
      const Value element = value(id);
      const auto only = is_sure(element) ? element.possible.single() : std::nullopt;
      if (!only && holds) return;
      if (only) (holds ? *among.only : among.never).push_back(*only);
    }
    return narrow(a, among, allowed);
  }
  if (expr.op == Op::in_range) {
    if (!holds) return;
    const Value low = value(program_.operand(expr, 1)), high = value(program_.operand(expr, 2));
    Possible among;
    if (!allowed.unknown() || is_sure(low)) among.low = low.possible.low;
    if (!allowed.unknown() || is_sure(high)) among.high = high.possible.high;
    return narrow(a, among, allowed);
  }
  const Value b = value(program_.operand(expr, 1));
  const Relations wanted = holding(expr.op);
  const Relations relations = holds ? wanted : Relations{!wanted.less, !wanted.equal, !wanted.greater};
  if (!a.is_open && !b.is_open && a.number != b.number)
    facts_.set(a.number, b.number, facts_.between(a.number, b.number) & relations);
  // If x stands so to y, which values of x are left?
  const auto left = [](const Possible& y, Relations stands) {
    Possible among;
    if (!stands.greater && y.high)
      among.high = stands.equal || y.only ? y.high : before(*y.high) ? before(*y.high) : y.high;
    if (!stands.less && y.low) among.low = stands.equal || y.only ? y.low : after(*y.low) ? after(*y.low) : y.low;
    if (!stands.less && !stands.greater) among.only = y.only, among.never = y.never;
    if (!stands.equal) {
      if (const auto only = y.single()) among.never.push_back(*only);
    }
    return among;
  };
  // Where the other side is unknown, so is the comparison, whatever this side is.
  if (!allowed.unknown() || is_sure(b)) narrow(a, left(b.possible, relations), allowed);
  if (!allowed.unknown() || is_sure(a)) narrow(b, left(a.possible, relations.swapped()), allowed);
}

}  // namespace muster::values
