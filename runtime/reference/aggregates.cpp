// SPDX-License-Identifier: Apache-2.0
// What is made of the elements of a list. An element counts where its condition isn't false; an element whose
// condition or value is unknown leaves the whole unknown, for its condition's reasons and then its value's.
#include <set>
#include <utility>

#include "runtime/reference/calculate.h"
#include "runtime/reference/evaluator.h"

namespace muster::reference {

using base::Duration;
using typed::Expr;
using typed::Op;
using types::Percent;
using types::Scalar;

namespace {

// Ints and durations are added exactly and checked at the end; doubles in the order of the list.
class Total {
 public:
  void add(const Scalar& value) {
    ++count_;
    if (const auto* i = std::get_if<std::int64_t>(&value)) whole_ += *i;
    if (const auto* d = std::get_if<Duration>(&value)) whole_ += d->microseconds;
    if (const auto* x = std::get_if<double>(&value)) real_ += *x;
    if (const auto* p = std::get_if<Percent>(&value)) real_ += p->points;
  }

  std::optional<Scalar> sum(types::Kind kind) const {
    if (kind == types::Kind::integer) return fitting(whole_);
    if (kind == types::Kind::duration) return fitting_duration(whole_);
    if (kind == types::Kind::percent) return finite_percent(real_);
    return finite(real_);
  }

  // Of one element or more. Of ints it is a number, of durations cut to a microsecond towards zero.
  std::optional<Scalar> mean(types::Kind kind) const {
    const auto count = static_cast<double>(count_);
    if (kind == types::Kind::integer) return finite(static_cast<double>(whole_) / count);
    if (kind == types::Kind::duration) return fitting_duration(whole_ / count_);
    if (kind == types::Kind::percent) return finite_percent(real_ / count);
    return finite(real_ / count);
  }

  bool empty() const { return count_ == 0; }

 private:
  __int128 whole_ = 0;
  double real_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace

Value Evaluator::size(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) return list;
  return Value::known(Scalar(static_cast<std::int64_t>(List(list).size())));
}

// With an unknown element among several it is open which are equal.
Value Evaluator::distinct(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) return list;
  const List elements(list);
  count_steps(elements.size());
  std::vector<Value> kept;
  std::set<Scalar> seen;
  bool absent_seen = false;
  bool unknown_seen = false;
  CausesBuilder causes;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    Value element = elements.at(i);
    if (element.is_unknown()) {
      unknown_seen = true;
      causes.add(element.causes);
    }
    const bool fresh = element.is_known() ? seen.insert(element.scalar).second : !std::exchange(absent_seen, true);
    if (fresh || element.is_unknown()) kept.push_back(std::move(element));
  }
  if (unknown_seen && elements.size() > 1) return Value::unknown(causes.take());
  return Value::list(std::move(kept));
}

// Calls `each` with the value of each element that counts, where all of that is known.
template <typename Each>
Value Evaluator::over_values(const Expr& expr, Each each) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) return list;
  bool open = false;
  bool through_absent = false;
  CausesBuilder causes;
  const auto leaves_open = [&](const Value& value) {
    if (!value.is_unknown()) return;
    open = true;
    through_absent = through_absent || value.through_absent;
    causes.add(value.causes);
  };
  for_each_element(expr, list, [&](const Value& element) {
    if (has(expr, 1)) {
      const Value where = needed_value(operand(expr, 1));
      const bool out = where.truth() == Truth::no;
      leaves_open(where);
      if (out) {
        not_taken(operand(expr, 2));
        return;
      }
    }
    const Value value = needed_value(operand(expr, 2));
    leaves_open(value);
    if (!open) each(element, value.scalar);
  });
  if (!open) return Value::absent();
  Value unknown = Value::unknown(causes.take());
  unknown.through_absent = through_absent;
  return unknown;
}

Value Evaluator::total(const Expr& expr) {
  Total total;
  Value open = over_values(expr, [&](const Value&, const Scalar& value) { total.add(value); });
  if (open.is_unknown()) return open;
  const types::Kind kind = program_.types.kind(program_.expr(operand(expr, 2)).type);
  if (expr.op == Op::sum) return calculated(expr, total.sum(kind));
  return total.empty() ? Value::absent() : calculated(expr, total.mean(kind));
}

Value Evaluator::extreme(const Expr& expr) {
  std::optional<Scalar> found;
  Value open = over_values(expr, [&](const Value&, const Scalar& value) {
    const bool better = !found || (expr.op == Op::min ? types::less(value, *found) : types::less(*found, value));
    if (better) found = value;
  });
  if (open.is_unknown()) return open;
  return found ? Value::known(std::move(*found)) : Value::absent();
}

// Of elements with equal keys the last.
Value Evaluator::latest(const Expr& expr) {
  std::optional<Scalar> key;
  Value found = Value::absent();
  Value open = over_values(expr, [&](const Value& element, const Scalar& value) {
    if (key && types::less(value, *key)) return;
    key = value;
    found = element;
  });
  return open.is_unknown() ? open : found;
}

// Only what stands before the first element that surely holds can be it instead.
Value Evaluator::first(const Expr& expr) {
  const Value list = needed_value(operand(expr, 0));
  if (!list.is_known()) return list;
  std::optional<Value> found;
  bool open = false;
  bool through_absent = false;
  CausesBuilder causes;
  for_each_element(expr, list, [&](const Value& element) {
    const Value where = has(expr, 1) ? needed_value(operand(expr, 1)) : Value::known(Truth::yes, {});
    if (found || where.truth() == Truth::no) return;
    if (where.truth() == Truth::yes) {
      found = element;
      return;
    }
    open = true;
    through_absent = through_absent || where.through_absent;
    causes.add(where.causes);
  });
  if (!open) return found ? plain(*found) : Value::absent();
  Value unknown = Value::unknown(causes.take());
  unknown.through_absent = through_absent;
  return unknown;
}

}  // namespace muster::reference
