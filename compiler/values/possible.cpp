// SPDX-License-Identifier: Apache-2.0
#include "compiler/values/possible.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/calendar.h"

namespace muster::values {

namespace {

bool has_equal(const std::vector<Scalar>& list, const Scalar& value) {
  return std::any_of(list.begin(), list.end(), [&](const Scalar& each) { return types::equal(each, value); });
}

bool within(const Possible& possible, const Scalar& value) {
  return !(possible.low && types::less(value, *possible.low)) && !(possible.high && types::less(*possible.high, value));
}

// A value at an end that is excluded moves the end by a step.
void tighten_ends(Possible& possible) {
  for (bool moved = true; moved;) {
    moved = false;
    for (const Scalar& excluded : possible.never) {
      if (possible.low && types::equal(*possible.low, excluded)) {
        if (const auto next = after(excluded)) possible.low = next, moved = true;
      }
      if (possible.high && types::equal(*possible.high, excluded)) {
        if (const auto next = before(excluded)) possible.high = next, moved = true;
      }
    }
  }
}

template <typename Whole>
std::optional<Whole> moved(Whole value, Whole step) {
  if (step > 0 ? value == std::numeric_limits<Whole>::max() : value == std::numeric_limits<Whole>::min())
    return std::nullopt;
  return static_cast<Whole>(value + step);
}

std::optional<Scalar> neighbour(const Scalar& value, int step) {
  const auto made = [](auto number, auto make) -> std::optional<Scalar> {
    return number ? std::optional<Scalar>(make(*number)) : std::nullopt;
  };
  const auto number = [step](double from) -> std::optional<double> {
    const double next = std::nextafter(from, step * std::numeric_limits<double>::infinity());
    return std::isfinite(next) ? std::optional(next) : std::nullopt;
  };
  if (const auto* i = std::get_if<std::int64_t>(&value))
    return made(moved<std::int64_t>(*i, step), [](std::int64_t n) { return n; });
  if (const auto* x = std::get_if<double>(&value)) return made(number(*x), [](double n) { return n; });
  if (const auto* p = std::get_if<types::Percent>(&value))
    return made(number(p->points), [](double n) { return types::Percent{n}; });
  if (const auto* d = std::get_if<base::Date>(&value))
    return made(moved<std::int32_t>(d->days, step), [](std::int32_t n) { return base::Date{n}; });
  if (const auto* t = std::get_if<base::Instant>(&value))
    return made(moved<std::int64_t>(t->microseconds, step), [](std::int64_t n) { return base::Instant{n}; });
  if (const auto* d = std::get_if<base::Duration>(&value))
    return made(moved<std::int64_t>(d->microseconds, step), [](std::int64_t n) { return base::Duration{n}; });
  if (const auto* q = std::get_if<base::Period>(&value))
    return made(moved<std::int32_t>(q->months, step), [](std::int32_t n) { return base::Period{n}; });
  return std::nullopt;
}

}  // namespace

std::optional<Scalar> after(const Scalar& value) { return neighbour(value, 1); }
std::optional<Scalar> before(const Scalar& value) { return neighbour(value, -1); }

bool Possible::may_be(const Scalar& value) const {
  return known && within(*this, value) && !has_equal(never, value) && !(only && !has_equal(*only, value));
}

std::optional<Scalar> Possible::single() const {
  if (!known) return std::nullopt;
  if (only) return only->size() == 1 ? std::optional(only->front()) : std::nullopt;
  return low && high && types::equal(*low, *high) ? low : std::nullopt;
}

Truths::Truths(const Possible& possible)
    : Truths(possible.may_be(true), possible.may_be(false), possible.unknown || possible.absent) {}

Possible Truths::possible() const {
  Possible possible;
  possible.unknown = unknown();
  possible.only.emplace();
  if (yes()) possible.only->push_back(true);
  if (no()) possible.only->push_back(false);
  possible.known = !possible.only->empty();
  return possible;
}

Possible of_type(const types::Table& table, types::TypeId type, const std::optional<types::Range>& range) {
  Possible possible;
  possible.absent = table.is_optional(type);
  type = table.without_optional(type);
  const types::Kind kind = table.kind(type);
  if (kind == types::Kind::boolean) {
    possible.only = std::vector<Scalar>{true, false};
  } else if (kind == types::Kind::enumeration) {
    const std::size_t names = table.enum_of(type).names.size();
    if (names <= kMostValues) {
      possible.only.emplace();
      for (std::uint32_t i = 0; i < names; ++i) possible.only->push_back(types::EnumMember{i});
    }
  } else if (kind == types::Kind::date || kind == types::Kind::time) {
    const base::Date first = *base::make_date({1, 1, 1}), last = *base::make_date({9999, 12, 31});
    const bool is_date = kind == types::Kind::date;
    possible.low = is_date ? Scalar(first) : Scalar(base::start_of(first));
    possible.high = is_date ? Scalar(last) : Scalar(base::end_of(last));
  }
  if (range) {
    possible.low = range->low;
    possible.high = range->high;
    settle(possible);
  }
  return possible;
}

Possible exactly(Scalar value) {
  Possible possible;
  possible.unknown = false;
  possible.only = std::vector<Scalar>{value};
  // Ends are for types with an order; of others nobody asks for them.
  possible.low = possible.high = std::move(value);
  return possible;
}

Possible only_unknown() {
  Possible possible;
  possible.known = false;
  return possible;
}

void settle(Possible& possible) {
  if (possible.only) {
    auto& list = *possible.only;
    list.erase(
        std::remove_if(list.begin(), list.end(),
                       [&](const Scalar& each) { return !within(possible, each) || has_equal(possible.never, each); }),
        list.end());
    if (list.empty()) possible.known = false;
  }
  tighten_ends(possible);
  if (possible.low && possible.high && types::less(*possible.high, *possible.low)) possible.known = false;
}

void keep(Possible& possible, const Possible& among) {
  if (!among.known) possible.known = false;
  if (among.low && (!possible.low || types::less(*possible.low, *among.low))) possible.low = among.low;
  if (among.high && (!possible.high || types::less(*among.high, *possible.high))) possible.high = among.high;
  if (among.only) {
    if (!possible.only) {
      possible.only = among.only;
    } else {
      auto& list = *possible.only;
      list.erase(
          std::remove_if(list.begin(), list.end(), [&](const Scalar& each) { return !has_equal(*among.only, each); }),
          list.end());
    }
  }
  for (const Scalar& excluded : among.never) {
    if (possible.never.size() < kMostValues && !has_equal(possible.never, excluded)) possible.never.push_back(excluded);
  }
  settle(possible);
}

Possible either(const Possible& a, const Possible& b) {
  Possible both;
  both.unknown = a.unknown || b.unknown;
  both.absent = a.absent || b.absent;
  both.known = a.known || b.known;
  if (!a.known || !b.known) {
    const Possible& some = a.known ? a : b;
    both.low = some.low, both.high = some.high, both.only = some.only, both.never = some.never;
    return both;
  }
  if (a.low && b.low) both.low = types::less(*b.low, *a.low) ? b.low : a.low;
  if (a.high && b.high) both.high = types::less(*a.high, *b.high) ? b.high : a.high;
  if (a.only && b.only) {
    both.only = a.only;
    for (const Scalar& each : *b.only) {
      if (!has_equal(*both.only, each)) both.only->push_back(each);
    }
    if (both.only->size() > kMostValues) both.only.reset();
  }
  for (const Scalar& each : a.never) {
    if (!b.may_be(each)) both.never.push_back(each);
  }
  return both;
}

Relations compare(const Possible& a, const Possible& b) {
  if (!a.known || !b.known) return {false, false, false};
  Relations relations;
  if (a.only && b.only) {
    relations = {false, false, false};
    for (const Scalar& left : *a.only) {
      for (const Scalar& right : *b.only) {
        if (types::equal(left, right))
          relations.equal = true;
        else
          (types::less(left, right) ? relations.less : relations.greater) = true;
      }
    }
    return relations;
  }
  const auto lies_below = [](const Possible& x, const Possible& y) {  // some x below some y
    return !x.low || !y.high || types::less(*x.low, *y.high);
  };
  relations.less = lies_below(a, b);
  relations.greater = lies_below(b, a);
  const auto meets = [](const Possible& few, const Possible& other) {
    return std::any_of(few.only->begin(), few.only->end(), [&](const Scalar& each) { return other.may_be(each); });
  };
  if (a.only)
    relations.equal = meets(a, b);
  else if (b.only)
    relations.equal = meets(b, a);
  else
    relations.equal =
        !(a.high && b.low && types::less(*a.high, *b.low)) && !(b.high && a.low && types::less(*b.high, *a.low));
  return relations;
}

Relations holding(typed::Op comparison) {
  using typed::Op;
  const bool orders_up = comparison == Op::less || comparison == Op::less_equal || comparison == Op::not_equal;
  const bool orders_down = comparison == Op::greater || comparison == Op::greater_equal || comparison == Op::not_equal;
  const bool equals = comparison == Op::equal || comparison == Op::less_equal || comparison == Op::greater_equal;
  return {orders_up, equals, orders_down};
}

}  // namespace muster::values
