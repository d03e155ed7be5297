// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/calculate.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace muster::reference {

using base::Date;
using base::Duration;
using base::Instant;
using base::Period;
using typed::Op;
using types::Percent;
using types::Scalar;

namespace {

using Result = std::optional<Scalar>;

template <typename Found>
Result scalar(const std::optional<Found>& found) {
  return found ? Result(Scalar(*found)) : std::nullopt;
}

template <typename Kind>
const Kind* as(const Scalar& value) {
  return std::get_if<Kind>(&value);
}

Result whole(double value) {
  // 2^63 is a double, 2^63 - 1 is none.
  constexpr double kEnd = 9223372036854775808.0;
  if (!(value >= -kEnd && value < kEnd)) return std::nullopt;
  return Scalar(static_cast<std::int64_t>(value));
}

Result negated(const Scalar& a) {
  if (const auto* i = as<std::int64_t>(a)) return fitting(-static_cast<__int128>(*i));
  if (const auto* x = as<double>(a)) return Scalar(-*x);
  if (const auto* p = as<Percent>(a)) return Scalar(Percent{-p->points});
  if (const auto* d = as<Duration>(a)) return scalar(base::negate(*d));
  if (const auto* q = as<Period>(a)) return scalar(base::negate(*q));
  return std::nullopt;
}

Result absolute(const Scalar& a) {
  if (const auto* i = as<std::int64_t>(a)) return *i < 0 ? negated(a) : a;
  if (const auto* x = as<double>(a)) return Scalar(std::fabs(*x));
  if (const auto* p = as<Percent>(a)) return Scalar(Percent{std::fabs(p->points)});
  if (const auto* d = as<Duration>(a)) return d->microseconds < 0 ? negated(a) : a;
  return std::nullopt;
}

Result sum(const Scalar& a, const Scalar& b) {
  if (const auto* i = as<std::int64_t>(a)) return fitting(static_cast<__int128>(*i) + std::get<std::int64_t>(b));
  if (const auto* x = as<double>(a)) return finite(*x + std::get<double>(b));
  if (const auto* p = as<Percent>(a)) return finite_percent(p->points + std::get<Percent>(b).points);
  if (const auto* d = as<Duration>(a)) return scalar(base::add(*d, std::get<Duration>(b)));
  if (const auto* day = as<Date>(a)) {
    if (const auto* period = as<Period>(b)) return scalar(base::add(*day, *period));
    return scalar(base::add(*day, std::get<Duration>(b)));
  }
  if (const auto* instant = as<Instant>(a)) {
    if (const auto* period = as<Period>(b)) return scalar(base::add(*instant, *period));
    return scalar(base::add(*instant, std::get<Duration>(b)));
  }
  return std::nullopt;
}

Result difference(const Scalar& a, const Scalar& b) {
  if (const auto* i = as<std::int64_t>(a)) return fitting(static_cast<__int128>(*i) - std::get<std::int64_t>(b));
  if (const auto* x = as<double>(a)) return finite(*x - std::get<double>(b));
  if (const auto* p = as<Percent>(a)) return finite_percent(p->points - std::get<Percent>(b).points);
  if (const auto* later = as<Date>(a)) {
    if (const auto* earlier = as<Date>(b)) return Scalar(base::difference(*later, *earlier));
  }
  if (const auto* later = as<Instant>(a)) {
    if (const auto* earlier = as<Instant>(b)) return Scalar(base::difference(*later, *earlier));
  }
  const Result back = negated(b);
  return back ? sum(a, *back) : std::nullopt;
}

// `number * percent` is that part of the number. The points go in first, so that 7% of 100 is 7.
Result part(double number, Percent percent) {
  const double points = number * percent.points;
  if (std::isfinite(points)) return Scalar(points / 100);
  return finite(number / 100 * percent.points);
}

Result product(const Scalar& a, const Scalar& b) {
  if (const auto* i = as<std::int64_t>(a)) {
    if (const auto* j = as<std::int64_t>(b)) return fitting(static_cast<__int128>(*i) * *j);
    if (const auto* d = as<Duration>(b)) return scalar(base::multiply(*d, *i));
  }
  if (const auto* x = as<double>(a)) {
    if (const auto* y = as<double>(b)) return finite(*x * *y);
    if (const auto* p = as<Percent>(b)) return part(*x, *p);
  }
  if (const auto* p = as<Percent>(a)) return part(std::get<double>(b), *p);
  if (const auto* d = as<Duration>(a)) return scalar(base::multiply(*d, std::get<std::int64_t>(b)));
  return std::nullopt;
}

Result quotient(double a, double b) { return b == 0 ? std::nullopt : finite(a / b); }

Result quotient(const Scalar& a, const Scalar& b) {
  if (const auto* x = as<double>(a)) return quotient(*x, std::get<double>(b));
  if (const auto* p = as<Percent>(a)) return quotient(p->points, std::get<Percent>(b).points);
  if (const auto* d = as<Duration>(a)) {
    return quotient(static_cast<double>(d->microseconds), static_cast<double>(std::get<Duration>(b).microseconds));
  }
  return std::nullopt;
}

double in_units_of(const Scalar& duration, std::int64_t microseconds) {
  return static_cast<double>(std::get<Duration>(duration).microseconds) / static_cast<double>(microseconds);
}

double as_number(const Scalar& a) {
  if (const auto* i = as<std::int64_t>(a)) return static_cast<double>(*i);
  if (const auto* p = as<Percent>(a)) return p->points;
  return std::get<double>(a);
}

}  // namespace

Result calculate(Op op, const Scalar& a) {
  if (op == Op::negate) return negated(a);
  if (op == Op::abs) return absolute(a);
  if (op == Op::round) return whole(std::round(as_number(a)));  // half away from zero
  if (op == Op::floor) return whole(std::floor(as_number(a)));
  if (op == Op::ceil) return whole(std::ceil(as_number(a)));
  if (op == Op::days) return Scalar(in_units_of(a, base::kMicrosecondsPerDay));
  if (op == Op::hours) return Scalar(in_units_of(a, 3600 * base::kMicrosecondsPerSecond));
  if (op == Op::to_date) return Scalar(base::date_of(std::get<Instant>(a)));
  if (op == Op::to_number) return Scalar(as_number(a));
  if (op == Op::to_percent) return Scalar(Percent{as_number(a)});
  return std::nullopt;
}

Result calculate(Op op, const Scalar& a, const Scalar& b) {
  if (op == Op::add) return sum(a, b);
  if (op == Op::subtract) return difference(a, b);
  if (op == Op::multiply) return product(a, b);
  if (op == Op::divide) return quotient(a, b);
  if (op == Op::min_of) return types::less(b, a) ? b : a;
  if (op == Op::max_of) return types::less(a, b) ? b : a;
  return std::nullopt;
}

Result finite(double value) { return std::isfinite(value) ? Result(Scalar(value)) : std::nullopt; }

Result finite_percent(double points) { return std::isfinite(points) ? Result(Scalar(Percent{points})) : std::nullopt; }

Result fitting(__int128 value) {
  if (value < std::numeric_limits<std::int64_t>::min() || value > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return Scalar(static_cast<std::int64_t>(value));
}

Result fitting_duration(__int128 microseconds) {
  const Result value = fitting(microseconds);
  return value ? Result(Scalar(Duration{std::get<std::int64_t>(*value)})) : std::nullopt;
}

}  // namespace muster::reference
