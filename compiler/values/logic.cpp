// SPDX-License-Identifier: Apache-2.0
// Connectives and branches: what stands left is taken for granted right of it.
#include "compiler/values/analysis.h"

namespace muster::values {

using typed::Op;

// `and` where `passing` is true or unknown, `or` where it is false or unknown: an operand matters only while those
// before it don't decide.
Truths Analysis::joined(const Expr& expr, Truths passing) {
  const bool is_and = passing.yes();
  const std::size_t mark = facts_.mark(), given = given_.size();
  bool all_hold = true, some_decides = false, some_unknown = false, none_decides = true;
  for (std::size_t at = 0; at < expr.count; ++at) {
    const ExprId operand = program_.operand(expr, at);
    const Truths found = truths(operand);
    const bool holds = is_and ? found.yes() : found.no();
    all_hold = all_hold && holds;
    some_decides = some_decides || (is_and ? found.no() : found.yes());
    some_unknown = some_unknown || found.unknown();
    none_decides = none_decides && (holds || found.unknown());
    if (at + 1 < expr.count) enter(operand, passing);
  }
  facts_.back_to(mark);
  given_.resize(given);
  const bool unknown = some_unknown && none_decides;
  return is_and ? Truths(all_hold, some_decides, unknown) : Truths(some_decides, all_hold, unknown);
}

Truths Analysis::implied(const Expr& expr) {
  const ExprId first = program_.operand(expr, 0), second = program_.operand(expr, 1);
  const Truths given = truths(first);
  const std::size_t mark = facts_.mark(), count = given_.size();
  enter(first, kNotNo);
  const Truths then = truths(second);
  facts_.back_to(mark);
  given_.resize(count);
  const bool unknown =
      (given.unknown() && (then.no() || then.unknown())) || (then.unknown() && (given.yes() || given.unknown()));
  return {given.no() || then.yes(), given.yes() && then.no(), unknown};
}

Analysis::Value Analysis::conditional(const Expr& expr) {
  const ExprId condition = program_.operand(expr, 0);
  const Value when = value(condition);
  const Truths found(when.possible);
  const std::size_t mark = facts_.mark(), count = given_.size();
  enter(condition, kNotNo);
  const Value yes = value(program_.operand(expr, 1));
  facts_.back_to(mark);
  given_.resize(count);
  enter(condition, kNotYes);
  const Value no = value(program_.operand(expr, 2));
  facts_.back_to(mark);
  given_.resize(count);
  Value result;
  if (found.unknown() || (found.yes() && found.no()) || found.none()) {
    result.possible = either(yes.possible, no.possible);
  } else {
    result.possible = found.yes() ? yes.possible : no.possible;
  }
  result.possible.unknown = result.possible.unknown || found.unknown();
  return result;
}

Analysis::Value Analysis::chosen(const Expr& expr) {
  const std::size_t mark = facts_.mark(), count = given_.size();
  std::optional<Possible> all;
  bool unknown = false;
  for (std::size_t at = 0; at < expr.count; at += 2) {
    const bool is_else = at + 1 == expr.count;
    const ExprId condition = program_.operand(expr, at);
    if (!is_else) {
      const Value found = value(condition);
      if (findings_ != nullptr && !findings_->empty() && findings_->back().expression == condition)
        findings_->back().place = Finding::Place::branch_of_choose;
      unknown = unknown || Truths(found.possible).unknown();
    }
    const std::size_t inner = facts_.mark(), known = given_.size();
    if (!is_else) enter(condition, kNotNo);
    const Value then = value(is_else ? condition : program_.operand(expr, at + 1));
    facts_.back_to(inner);
    given_.resize(known);
    all = all ? either(*all, then.possible) : then.possible;
    if (!is_else) enter(condition, kNotYes);
  }
  facts_.back_to(mark);
  given_.resize(count);
  Value result{std::move(*all), 0, true};
  result.possible.unknown = result.possible.unknown || unknown;
  return result;
}

Analysis::Value Analysis::knowing(const Expr& expr) {
  const Value a = value(program_.operand(expr, 0));
  Value result;
  if (expr.op == Op::is_known) {
    result.possible = Truths(a.possible.known || a.possible.absent, a.possible.unknown, false).possible();
  } else if (expr.op == Op::is_present) {
    result.possible = Truths(a.possible.known, a.possible.absent, a.possible.unknown).possible();
    // A score that may be none is present or not while its value is open.
    if (a.is_open) result.possible = kAny.possible();
  } else {
    const Value b = value(program_.operand(expr, 1));
    Possible& possible = result.possible;
    possible = a.possible;
    (expr.op == Op::coalesce ? possible.absent : possible.unknown) = false;
    if (expr.op == Op::coalesce ? a.possible.absent : a.possible.unknown) {
      possible = possible.known || possible.absent || possible.unknown ? either(possible, b.possible) : b.possible;
    }
    result.is_open = a.is_open || b.is_open;
    if (result.is_open) possible = of_type(program_.types, expr.type), possible.absent = true;
  }
  return result;
}

}  // namespace muster::values
