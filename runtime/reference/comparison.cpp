// SPDX-License-Identifier: Apache-2.0
// Comparisons and membership. They decide from what is left of their operands: from the low and high of counts
// and scores, and from each value that a choose may still have.
#include <set>

#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using types::Scalar;

namespace {

// From low to high, both in. Without a high there is no limit.
struct Ends {
  const Scalar* low;
  const Scalar* high;
  bool meet() const { return low == high; }
};

std::optional<Ends> ends(const Value& value) {
  if (value.is_known()) return Ends{&value.scalar, &value.scalar};
  if (!value.is_unknown() || !value.remaining || !value.remaining->low) return std::nullopt;
  return Ends{&*value.remaining->low, value.remaining->high ? &*value.remaining->high : nullptr};
}

bool before(const Ends& a, const Ends& b) { return a.high != nullptr && types::less(*a.high, *b.low); }
bool not_after(const Ends& a, const Ends& b) { return a.high != nullptr && !types::less(*b.low, *a.high); }

Truth is_equal(const Ends& a, const Ends& b) {
  if (a.meet() && b.meet()) return truth_of(types::equal(*a.low, *b.low));
  return before(a, b) || before(b, a) ? Truth::no : Truth::unknown;
}

Truth is_less(const Ends& a, const Ends& b) {
  if (before(a, b)) return Truth::yes;
  return not_after(b, a) ? Truth::no : Truth::unknown;
}

Truth compare_ends(Op op, const Ends& a, const Ends& b) {
  if (op == Op::equal) return is_equal(a, b);
  if (op == Op::not_equal) return negation(is_equal(a, b));
  if (op == Op::less) return is_less(a, b);
  if (op == Op::greater_equal) return negation(is_less(a, b));
  if (op == Op::greater) return is_less(b, a);
  return negation(is_less(b, a));  // less_equal
}

// `low <= x and x <= high`, for each value of x that is left.
Truth is_between(const Value& x, const Value& low, const Value& high) {
  const auto at = ends(x);
  const auto from = ends(low);
  const auto to = ends(high);
  const Truth above = at && from ? negation(is_less(*at, *from)) : Truth::unknown;
  const Truth below = at && to ? negation(is_less(*to, *at)) : Truth::unknown;
  if (above == Truth::no || below == Truth::no) return Truth::no;
  if (above == Truth::yes && below == Truth::yes) return Truth::yes;
  if (at && !at->meet() && from && to && before(*to, *from)) return Truth::no;  // nothing lies in between
  return Truth::unknown;
}

// The scalars of a list: those that are known, and whether there are others.
struct Members {
  struct Less {
    bool operator()(const Scalar* a, const Scalar* b) const { return types::less(*a, *b); }
  };
  std::vector<Value> all;
  std::set<const Scalar*, Less> known;
  bool some_unknown = false;

  explicit Members(const Value& list) {
    const List elements(list);
    all.reserve(elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) all.push_back(needed(elements.at(i)));
    for (const Value& element : all) {
      if (element.is_known()) {
        known.insert(&element.scalar);
      } else {
        some_unknown = true;
      }
    }
  }
};

// A Kleene `or` of `x == element`.
Truth is_member(const Value& x, const Members& members) {
  if (members.all.empty()) return Truth::no;
  const auto at = ends(x);
  if (!at) return Truth::unknown;
  const Truth missed = members.some_unknown ? Truth::unknown : Truth::no;
  if (at->meet()) return members.known.contains(at->low) ? Truth::yes : missed;
  const auto first = members.known.lower_bound(at->low);
  const auto behind = at->high == nullptr ? members.known.end() : members.known.upper_bound(at->high);
  if (first == behind) return missed;
  // A count: true if every number from low to high is in the list. Between two scores lie too many values.
  const auto* low = std::get_if<std::int64_t>(at->low);
  if (low == nullptr || at->high == nullptr) return Truth::unknown;
  const auto found = static_cast<std::uint64_t>(std::distance(first, behind));
  const auto wanted = static_cast<std::uint64_t>(std::get<std::int64_t>(*at->high) - *low) + 1;
  return found == wanted ? Truth::yes : Truth::unknown;
}

}  // namespace

Value Evaluator::compare(const Expr& expr) {
  const Value a = needed(evaluate(operand(expr, 0)));
  const Value b = needed(evaluate(operand(expr, 1)));
  return compare_values(expr.op, a, b);
}

Value Evaluator::compare_values(Op op, const Value& a, const Value& b) {
  return agreed(a, b, [&](const Value& one, const Value& other) {
    const auto left = ends(one);
    const auto right = ends(other);
    return left && right ? compare_ends(op, *left, *right) : Truth::unknown;
  });
}

// The reasons of an unknown are those of the two comparisons that leave it so.
Value Evaluator::in_range(const Expr& expr) {
  const Value x = needed(evaluate(operand(expr, 0)));
  const Value low = needed(evaluate(operand(expr, 1)));
  const Value high = needed(evaluate(operand(expr, 2)));
  std::optional<Truth> all;
  for (const Value& one : alternatives(x)) {
    const Value decided =
        agreed(low, high, [&](const Value& from, const Value& to) { return is_between(one, from, to); });
    const Truth truth = decided.truth();
    if (all && *all != truth) all = Truth::unknown;
    if (!all) all = truth;
  }
  if (*all != Truth::unknown) return Value::known(*all, {});
  if (x.is_known() && low.is_known() && !types::less(x.scalar, low.scalar)) return unknown_of({&high});
  if (x.is_known() && high.is_known() && !types::less(high.scalar, x.scalar)) return unknown_of({&low});
  return unknown_of({&x, &low, &high});
}

// `x in xs` and `xs contains x`: one thing, read in another order.
Value Evaluator::membership(const Expr& expr) {
  const bool list_first = expr.op == Op::contains;
  const Value first = needed(evaluate(operand(expr, 0)));
  const Value second = needed(evaluate(operand(expr, 1)));
  const Value& list = list_first ? first : second;
  const Value& x = list_first ? second : first;
  CausesBuilder element_causes;
  bool through_absent = x.through_absent || list.through_absent;
  const Value decided = agreed(list, [&](const Value& one_list) {
    if (!one_list.is_known()) return Truth::unknown;
    const Members members(one_list);
    count_steps(members.all.size());
    for (const Value& element : members.all) {
      element_causes.add(element.causes);
      through_absent = through_absent || element.through_absent;
    }
    return agreed(x, [&](const Value& one) { return is_member(one, members); }).truth();
  });
  if (decided.is_known()) return decided;
  CausesBuilder causes;
  if (!list_first) causes.add(x.causes);
  causes.add(list.causes);
  causes.add(element_causes.take());
  if (list_first) causes.add(x.causes);
  Value unknown = Value::unknown(causes.take());
  unknown.through_absent = through_absent;
  return unknown;
}

// `a contains any b`, `a contains all b`: over the elements of b, each of them in a.
Value Evaluator::contains_several(const Expr& expr) {
  const Value a = needed(evaluate(operand(expr, 0)));
  const Value b = needed(evaluate(operand(expr, 1)));
  const Truth decided_by = expr.op == Op::contains_all ? Truth::no : Truth::yes;
  if (!a.remaining && !b.remaining) return contains_lists(a, b, decided_by);
  return agreed(a, b,
                [&](const Value& one, const Value& other) { return contains_lists(one, other, decided_by).truth(); });
}

Value Evaluator::contains_lists(const Value& a, const Value& b, Truth decided_by) {
  if (!b.is_known()) return unknown_of({&a, &b});
  const Members wanted(b);
  count_steps(wanted.all.size());
  if (wanted.all.empty()) return Value::known(negation(decided_by), {});
  if (!a.is_known()) return unknown_of({&a});
  const Members members(a);
  count_steps(members.all.size());
  CausesBuilder in_a;
  for (const Value& element : members.all) in_a.add(element.causes);
  const Causes unknown_members = in_a.take();
  Fold fold(decided_by);
  for (const Value& element : wanted.all) {
    const Truth truth = is_member(element, members);
    CausesBuilder causes;
    if (truth == Truth::unknown) {
      causes.add(unknown_members);
      causes.add(element.causes);
    }
    fold.add(Value::known(truth, causes.take()));
  }
  return fold.result();
}

}  // namespace muster::reference
