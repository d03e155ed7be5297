// SPDX-License-Identifier: Apache-2.0
// What goes over lists, and what stands for another expression.
#include "compiler/values/analysis.h"

#include <utility>

namespace muster::values {

using typed::Op;

Analysis::Value Analysis::called(const Expr& expr) {
  // What they hold is looked at where it stands.
  auto* const told = std::exchange(findings_, nullptr);
  Value found;
  if (expr.op == Op::let) {
    found = value(program_.lets[expr.index].value);
  } else {
    const typed::Define& define = program_.defines[expr.index];
    std::vector<Value> arguments;
    for (const ExprId id : program_.operands_of(expr)) arguments.push_back(value(id));
    auto outer = variables_;
    for (std::size_t i = 0; i < arguments.size(); ++i) variables_[define.parameters[i]] = arguments[i];
    ++calls_;
    const std::size_t mark = facts_.mark(), given = given_.size();
    found = value(define.body);
    facts_.back_to(mark);
    given_.resize(given);
    --calls_;
    variables_ = std::move(outer);
  }
  findings_ = told;
  return found;
}

Possible Analysis::size_of(ExprId list) {
  const Expr& expr = program_.expr(list);
  const Value held = value(list);
  Possible size;
  size.unknown = held.possible.unknown || held.possible.absent;
  size.low = std::int64_t{0};
  if (expr.op == Op::list_literal) size.low = size.high = static_cast<std::int64_t>(expr.count);
  size.known = held.possible.known;
  if (const Possible* fact = facts_.of(size_number(held.number))) {
    size.unknown = size.unknown && fact->unknown;
    keep(size, *fact);
  }
  return size;
}

// Of an element; what it says holds until the caller goes back to its mark.
Truths Analysis::where(const Expr& expr) {
  const ExprId where = program_.operand(expr, 1);
  if (where == typed::kNoExpr) return kYes;
  const Truths found = truths(where);
  enter(where, kNotNo);
  return found;
}

Truths Analysis::quantified(const Expr& expr) {
  const Possible size = size_of(program_.operand(expr, 0));
  const bool may_be_empty = !size.known || size.may_be(std::int64_t{0});
  const bool may_hold_some = size.known && !(size.high && types::less(*size.high, Scalar(std::int64_t{1})));
  const std::size_t mark = facts_.mark(), given = given_.size();
  const Truths among = where(expr);
  const Truths body = truths(program_.operand(expr, 2));
  facts_.back_to(mark);
  given_.resize(given);

  const bool yes = may_hold_some && among.yes() && body.yes();
  const bool no = may_hold_some && (among.no() || (among.yes() && body.no()));
  const bool unknown = may_hold_some && ((among.unknown() && !(body == kNo)) || (body.unknown() && !(among == kNo)));
  if (expr.op == Op::any || expr.op == Op::no) {
    const Truths any(yes, may_be_empty || no, size.unknown || unknown);
    return expr.op == Op::any ? any : any.opposite();
  }
  if (expr.op == Op::all) {
    const bool kept = may_hold_some && (among.no() || body.yes());
    return {may_be_empty || kept, may_hold_some && among.yes() && body.no(), size.unknown || unknown};
  }
  const Value wanted = value(program_.operand(expr, 3));
  Possible count;
  count.unknown = size.unknown || unknown;
  count.low = no || unknown || !size.low ? Scalar(std::int64_t{0}) : *size.low;
  count.high = yes || unknown ? size.high : Scalar(std::int64_t{0});
  // Where no size is left the list is unknown, and this anything.
  if (!size.known) count.low = std::int64_t{0}, count.high.reset();
  const Op op = expr.op == Op::at_least ? Op::greater_equal : expr.op == Op::at_most ? Op::less_equal : Op::equal;
  return compared(op, {std::move(count), numbering_.of(Op::error, 0, {}), true}, wanted);
}

Possible Analysis::aggregated(const Expr& expr) {
  const ExprId list = program_.operand(expr, 0);
  const Possible size = size_of(list);
  const std::size_t mark = facts_.mark(), given = given_.size();
  const Truths among = where(expr);
  Possible element = only_unknown();
  if (expr.count > 2) element = value(program_.operand(expr, 2)).possible;
  facts_.back_to(mark);
  given_.resize(given);

  if (expr.op == Op::count) {
    Possible count;
    count.low = std::int64_t{0};
    // Where no size is left the list is unknown, and its count anything.
    if (size.known) count.high = size.high;
    if (among.yes() || among.unknown()) return count;
    count.high = std::int64_t{0};
    return count;
  }
  Possible found = of_type(program_.types, expr.type);
  if (expr.op == Op::min || expr.op == Op::max) {
    found = element;
    found.never.clear();
    found.unknown = found.absent = true;
    found.known = true;
  }
  return found;
}

}  // namespace muster::values
