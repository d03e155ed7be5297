// SPDX-License-Identifier: Apache-2.0
// Arithmetic from ends to ends. Rounding keeps the order of numbers, so the ends of a result come from ends.
#include "compiler/values/analysis.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace muster::values {

using typed::Op;

namespace {

struct Ends {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::optional<double> as_number(const Scalar& value) {
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  if (const auto* x = std::get_if<double>(&value)) return *x;
  if (const auto* p = std::get_if<types::Percent>(&value)) return p->points;
  if (const auto* d = std::get_if<base::Duration>(&value)) return static_cast<double>(d->microseconds);
  if (const auto* d = std::get_if<base::Date>(&value)) return static_cast<double>(d->days) * base::kMicrosecondsPerDay;
  if (const auto* t = std::get_if<base::Instant>(&value)) return static_cast<double>(t->microseconds);
  return std::nullopt;
}

// Wider by some roundings: of whole numbers past 2^53, and of steps in between.
double wider(double value, double direction) {
  for (int i = 0; i < 4; ++i) value = std::nextafter(value, direction);
  return value;
}

Ends ends_of(const Possible& possible) {
  Ends ends;
  if (possible.low) ends.low = wider(as_number(*possible.low).value_or(-kInfinity), -kInfinity);
  if (possible.high) ends.high = wider(as_number(*possible.high).value_or(kInfinity), kInfinity);
  return ends;
}

template <typename Step>
Ends over(Ends a, Ends b, Step step) {
  Ends found{kInfinity, -kInfinity};
  for (const double left : {a.low, a.high}) {
    for (const double right : {b.low, b.high}) {
      const double made = step(left, right);
      if (std::isnan(made)) return {};
      found.low = std::min(found.low, made);
      found.high = std::max(found.high, made);
    }
  }
  return found;
}

// Whole numbers past what a double holds exactly are kept without an end.
std::optional<Scalar> whole_end(double value, bool is_low, types::Kind kind) {
  constexpr double kExact = 9007199254740992.0;
  if (!(std::fabs(value) < kExact)) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(is_low ? std::floor(value) : std::ceil(value));
  if (kind == types::Kind::integer) return whole;
  if (kind == types::Kind::duration) return base::Duration{whole};
  return std::nullopt;
}

void set_ends(Possible& possible, Ends ends, types::Kind kind) {
  ends = {wider(ends.low, -kInfinity), wider(ends.high, kInfinity)};
  if (kind == types::Kind::integer || kind == types::Kind::duration) {
    possible.low = whole_end(ends.low, true, kind);
    possible.high = whole_end(ends.high, false, kind);
  } else if (kind == types::Kind::number || kind == types::Kind::percent) {
    const auto made = [kind](double value) {
      return kind == types::Kind::number ? Scalar(value) : Scalar(types::Percent{value});
    };
    if (std::isfinite(ends.low)) possible.low = made(ends.low);
    if (std::isfinite(ends.high)) possible.high = made(ends.high);
  }
}

// The ends exactly where both operands are whole and small, so that `size(a) + 1` has no slack.
bool set_whole_ends(Possible& found, Op op, const Possible& a, const Possible& b) {
  constexpr std::int64_t kSmall = std::int64_t{1} << 30;
  const auto small = [](const std::optional<Scalar>& end) -> const std::int64_t* {
    const auto* i = end ? std::get_if<std::int64_t>(&*end) : nullptr;
    return i != nullptr && *i<kSmall&& * i> - kSmall ? i : nullptr;
  };
  const bool adds = op == Op::add;
  if (!adds && op != Op::subtract) return false;
  const auto *low = small(a.low), *high = small(a.high), *first = small(adds ? b.low : b.high),
             *last = small(adds ? b.high : b.low);
  if (low != nullptr && first != nullptr) found.low = adds ? *low + *first : *low - *first;
  if (high != nullptr && last != nullptr) found.high = adds ? *high + *last : *high - *last;
  return true;
}

template <typename Day>
std::optional<Scalar> moved(const Scalar& end, const Scalar& by) {
  const Day* day = std::get_if<Day>(&end);
  if (day == nullptr) return std::nullopt;
  std::optional<Day> result;
  if (const auto* period = std::get_if<base::Period>(&by)) result = base::add(*day, *period);
  if (const auto* duration = std::get_if<base::Duration>(&by)) result = base::add(*day, *duration);
  return result ? std::optional<Scalar>(*result) : std::nullopt;
}

// A day or instant by one distance: later days stay later, so ends move to ends. What leaves the calendar is unknown.
void move_ends(Possible& found, Op op, const Possible& from, const Possible& distance) {
  std::optional<Scalar> by = distance.single();
  if (by && op == Op::subtract) {
    if (const auto* period = std::get_if<base::Period>(&*by)) {
      const auto back = base::negate(*period);
      by = back ? std::optional<Scalar>(*back) : std::nullopt;
    } else if (const auto* duration = std::get_if<base::Duration>(&*by)) {
      const auto back = base::negate(*duration);
      by = back ? std::optional<Scalar>(*back) : std::nullopt;
    }
  }
  if (!by) return;
  for (const auto end : {&Possible::low, &Possible::high}) {
    if (!(from.*end)) continue;
    auto at = moved<base::Date>(*(from.*end), *by);
    if (!at) at = moved<base::Instant>(*(from.*end), *by);
    if (at) found.*end = at;
  }
}

std::optional<Scalar> zero_of(types::Kind kind) {
  if (kind == types::Kind::integer) return std::int64_t{0};
  if (kind == types::Kind::number) return 0.0;
  if (kind == types::Kind::percent) return types::Percent{0};
  return base::Duration{0};
}

Ends quotient(const Possible& a, const Possible& b, bool& never) {
  const Ends by = ends_of(b);
  const auto only = b.single();
  never = only && as_number(*only) == 0.0;
  if (!(by.low > 0) && !(by.high < 0)) return {};
  return over(ends_of(a), by, [](double x, double y) { return x / y; });
}

}  // namespace

Possible Analysis::calculated(const Expr& expr, const std::vector<Value>& operands) const {
  const types::Table& table = program_.types;
  const types::Kind kind = table.kind(table.without_optional(expr.type));
  Possible found = of_type(table, expr.type);
  const bool any_open = std::any_of(operands.begin(), operands.end(), [](const Value& each) {
    return each.possible.unknown || each.possible.absent || each.is_open;
  });
  const bool all_known =
      std::all_of(operands.begin(), operands.end(), [](const Value& each) { return each.possible.known; });
  const Possible& a = operands[0].possible;
  const Op op = expr.op;
  if ((kind == types::Kind::date || kind == types::Kind::time) && operands.size() == 2)
    move_ends(found, op, a, operands[1].possible);
  bool never = false;
  // Whether it can be unknown although its operands are known.
  bool may_fail = true;
  Ends ends;
  if (operands.size() == 2 && (op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide)) {
    const Possible& b = operands[1].possible;
    if (kind == types::Kind::integer && set_whole_ends(found, op, a, b)) {
    } else if (op == Op::divide) {
      set_ends(found, quotient(a, b, never), kind);
    } else {
      const bool is_part = kind == types::Kind::number &&
                           (table.kind(program_.expr(program_.operand(expr, 0)).type) == types::Kind::percent ||
                            table.kind(program_.expr(program_.operand(expr, 1)).type) == types::Kind::percent);
      ends = over(ends_of(a), ends_of(b), [&](double x, double y) {
        return op == Op::add ? x + y : op == Op::subtract ? x - y : is_part ? x * y / 100 : x * y;
      });
      set_ends(found, ends, kind);
    }
  } else if ((op == Op::min_of || op == Op::max_of) && operands.size() == 2 && !operands[0].is_open &&
             !operands[1].is_open) {
    found = either(a, operands[1].possible);
    may_fail = false;
  } else if (op == Op::widen || op == Op::to_number || op == Op::to_percent) {
    ends = Ends{};
    if (a.low) ends.low = as_number(*a.low).value_or(-kInfinity);
    if (a.high) ends.high = as_number(*a.high).value_or(kInfinity);
    const auto made = [kind](double value) {
      return kind == types::Kind::percent ? Scalar(types::Percent{value}) : Scalar(value);
    };
    if (std::isfinite(ends.low)) found.low = made(ends.low);
    if (std::isfinite(ends.high)) found.high = made(ends.high);
    found.absent = found.absent && a.absent;
    may_fail = false;
    // An `int?` stays absent where it is.
    if (op == Op::widen && table.is_optional(expr.type)) {
      found.unknown = a.unknown || operands[0].is_open;
      found.known = a.known;
      return found;
    }
  } else if (op == Op::days || op == Op::hours) {
    const double unit = op == Op::days ? static_cast<double>(base::kMicrosecondsPerDay) : 3600e6;
    ends = ends_of(a);
    set_ends(found, {ends.low / unit, ends.high / unit}, kind);
    may_fail = false;
  } else if (op == Op::abs || op == Op::length) {
    found.low = zero_of(kind);
    may_fail = op == Op::abs;
  }
  found.unknown = any_open || may_fail;
  if (!all_known || never) found.known = false;
  return found;
}

}  // namespace muster::values
