// SPDX-License-Identifier: Apache-2.0
// Kleene's connectives, what asks whether something is known or there, and the branches.
#include <utility>

#include "compiler/lower/agreed.h"
#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::kNoValue;
using TypedOp = typed::Op;

Value Lowering::connective(const Expr& expr) {
  const bool is_or = expr.op == TypedOp::or_;
  Value result = truth(is_or ? b_.zeros() : b_.ones(), is_or ? b_.ones() : b_.zeros());
  for (const ExprId id : program_.operands_of(expr)) {
    const Value each = needed_value(id);
    const ValueId no = no_of(result);
    result = is_or ? truth(b_.or_(result.yes, each.yes), b_.and_(no, no_of(each)))
                   : truth(b_.and_(result.yes, each.yes), b_.or_(no, no_of(each)));
  }
  return result;
}

Value Lowering::conjunction(const std::vector<Value>& values) {
  ValueId yes = b_.ones(), no = b_.zeros();
  for (const Value& each : values) {
    yes = b_.and_(yes, each.yes);
    no = b_.or_(no, no_of(each));
  }
  return truth(yes, no);
}

// `not a or b`
Value Lowering::implies(const Expr& expr) {
  const Value a = needed_value(operand(expr, 0));
  const Value b = needed_value(operand(expr, 1));
  return truth(b_.or_(no_of(a), b.yes), b_.and_(a.yes, no_of(b)));
}

// Of a choose: whether all values that are left are present. Of a count or score: it is, unless it may be none.
Value Lowering::is_present(const Expr& expr) {
  const Value value = evaluate(operand(expr, 0));
  return agreed(value, [&](const Value& one) {
    ValueId present = one.known;
    if (one.interval) {
      const ValueId somewhere = b_.and_not(one.interval->has, one.interval->or_absent);
      present = b_.or_(present, b_.and_not(somewhere, one.absent));
    }
    return truth(present, one.absent);
  });
}

Value Lowering::assume(const Expr& expr) {
  const Value a = plain_value(operand(expr, 0));
  const Value b = plain_value(operand(expr, 1));
  return selected(b_.or_(a.known, a.absent), a, b);
}

// Unknown where the condition is, unless both ways lead to one value. Records and lists are never taken for one.
Value Lowering::if_(const Expr& expr) {
  const Value condition = needed_value(operand(expr, 0));
  const Value a = plain_value(operand(expr, 1));
  const Value b = plain_value(operand(expr, 2));
  const ValueId no = no_of(condition);
  const auto decided = [&](ValueId of_a, ValueId of_b, ValueId of_both) {
    return b_.or_(b_.or_(b_.and_(condition.yes, of_a), b_.and_(no, of_b)), b_.and_not(of_both, condition.known));
  };
  Value value = selected(no, b, a);
  const ValueId same = is_scalar(expr.type) ? b_.and_(b_.and_(a.known, b.known), equals(a, b)) : b_.zeros();
  value.known = decided(a.known, b.known, same);
  value.absent = decided(a.absent, b.absent, b_.and_(a.absent, b.absent));
  if (value.yes != kNoValue) value.yes = b_.and_(value.yes, value.known);
  return value;
}

Value Lowering::choose(const Expr& expr) {
  std::vector<Alternative> left;
  ValueId found = b_.zeros();
  for (std::size_t at = 0; at + 1 < expr.count; at += 2) {
    const Value condition = needed_value(operand(expr, at));
    const ValueId possible = b_.and_not(b_.not_(no_of(condition)), found);
    left.push_back({possible, plain_value(operand(expr, at + 1))});
    found = b_.or_(found, b_.and_(possible, condition.yes));
  }
  left.push_back({b_.not_(found), plain_value(operand(expr, expr.count - 1u))});

  // The first that is possible, where all others that are agree with it.
  Value value = left.back().value;
  for (std::size_t at = left.size() - 1; at-- > 0;) value = selected(left[at].possible, left[at].value, value);
  ValueId known = b_.ones(), absent = b_.ones(), several = b_.zeros(), any = b_.zeros();
  for (const Alternative& each : left) {
    several = b_.or_(several, b_.and_(any, each.possible));
    any = b_.or_(any, each.possible);
  }
  for (const Alternative& each : left) {
    ValueId agrees = each.value.known;
    if (is_scalar(expr.type)) agrees = b_.and_(agrees, equals(each.value, value));
    known = b_.and_(known, b_.or_(b_.not_(each.possible), agrees));
    absent = b_.and_(absent, b_.or_(b_.not_(each.possible), each.value.absent));
  }
  if (!is_scalar(expr.type)) known = b_.and_not(known, several);
  value.known = known;
  value.absent = absent;
  if (value.yes != kNoValue) value.yes = b_.and_(value.yes, known);
  value.left = std::move(left);
  return value;
}

}  // namespace muster::lower
