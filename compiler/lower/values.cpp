// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::AxisId;
using ir::kNoValue;

Value Lowering::truth(ValueId yes, ValueId no) {
  Value value;
  value.type = types::kBool;
  value.yes = yes;
  value.known = b_.either(yes, no);
  return value;
}

Value Lowering::scalar(types::TypeId type, ValueId known, ValueId data) const {
  Value value;
  value.type = type;
  value.known = known;
  value.data = data;
  return value;
}

Value Lowering::nothing(types::TypeId type) {
  const auto any_of = [](types::Kind kind) -> types::Scalar {
    switch (kind) {
      case types::Kind::number: return 0.0;
      case types::Kind::percent: return types::Percent{};
      case types::Kind::text: return std::string();
      case types::Kind::date: return base::Date{};
      case types::Kind::time: return base::Instant{};
      case types::Kind::duration: return base::Duration{};
      case types::Kind::period: return base::Period{};
      case types::Kind::version: return base::VersionNumber{};
      case types::Kind::enumeration: return types::EnumMember{};
      case types::Kind::integer:
      case types::Kind::boolean:
      case types::Kind::record:
      case types::Kind::list:
      case types::Kind::optional:
      case types::Kind::error: return std::int64_t{0};
    }
    return std::int64_t{0};
  };
  const types::TypeId held = types().without_optional(type);
  Value value;
  value.type = type;
  if (!types().is_scalar(held)) return value;
  if (phys(held) == ir::Phys::bits) {
    value.yes = b_.zeros();
  } else {
    value.data = b_.constant(any_of(types().kind(held)), held, phys(held));
  }
  return value;
}

Value Lowering::plain(Value value) {
  value.interval.reset();
  value.left.clear();
  return value;
}

Value Lowering::needed(Value value) {
  value.absent = b_.zeros();
  return value;
}

ValueId Lowering::no_of(const Value& value) { return b_.and_not(value.known, value.yes); }

Value Lowering::negated(const Value& value) {
  Value result;
  result.type = types::kBool;
  result.known = value.known;
  result.yes = no_of(value);
  return result;
}

AxisId Lowering::axis_of(const Value& value) {
  AxisId axis = ir::kRun;
  const auto add = [&](ValueId each) {
    if (each != kNoValue) axis = b_.join(axis, b_.axis_of(each));
  };
  for (const ValueId each : {value.known, value.absent, value.data, value.yes}) add(each);
  for (const RecordSource& source : value.records) {
    add(source.guard);
    if (source.row != kNoValue) {
      add(source.row);
    } else {
      axis = b_.join(axis, b_.table_axis(source.place.table));
    }
  }
  for (const ListSource& source : value.lists) {
    for (const ValueId each : {source.guard, source.begin, source.end}) add(each);
  }
  if (value.interval) {
    const Interval& ends = *value.interval;
    for (const ValueId each : {ends.low, ends.high, ends.has, ends.bounded, ends.or_absent}) add(each);
  }
  for (const Alternative& each : value.left) {
    add(each.possible);
    axis = b_.join(axis, axis_of(each.value));
  }
  return axis;
}

Value Lowering::selected(ValueId condition, const Value& a, const Value& b) {
  if (condition == b_.ones()) return a;
  if (condition == b_.zeros()) return b;
  Value value;
  value.type = a.type;
  value.known = b_.select(condition, a.known, b.known);
  value.absent = b_.select(condition, a.absent, b.absent);
  if (a.data != kNoValue) value.data = b_.select(condition, a.data, b.data);
  if (a.yes != kNoValue) value.yes = b_.select(condition, a.yes, b.yes);
  const auto join = [&](const auto& of_a, const auto& of_b, auto& sources) {
    sources = of_a;
    for (auto& source : sources) source.guard = b_.and_(source.guard, condition);
    for (auto source : of_b) {
      source.guard = b_.and_not(source.guard, condition);
      sources.push_back(std::move(source));
    }
  };
  join(a.records, b.records, value.records);
  join(a.lists, b.lists, value.lists);
  if (a.interval && b.interval) {
    const Interval &one = *a.interval, &other = *b.interval;
    value.interval =
        Interval{b_.select(condition, one.low, other.low), b_.select(condition, one.high, other.high),
                 b_.select(condition, one.has, other.has), b_.select(condition, one.bounded, other.bounded),
                 b_.select(condition, one.or_absent, other.or_absent)};
  }
  return value;
}

Value Lowering::masked(Value value, ValueId known) {
  value.known = b_.and_(value.known, known);
  value.absent = b_.and_(value.absent, known);
  if (value.yes != kNoValue) value.yes = b_.and_(value.yes, known);
  return value;
}

// What lives elsewhere than on the index' own other axis is brought there first.
Value Lowering::gathered(const Value& value, AxisId from, ValueId row) {
  const auto move = [&](ValueId each) { return each == kNoValue ? each : b_.gather(b_.at(each, from), row); };
  Value moved = value;
  for (ValueId* each : {&moved.known, &moved.absent, &moved.data, &moved.yes}) *each = move(*each);
  for (RecordSource& source : moved.records) {
    source.guard = move(source.guard);
    const AxisId table = b_.table_axis(source.place.table);
    if (source.row != kNoValue) {
      source.row = move(source.row);
    } else if (table != ir::kRun) {
      source.row = table == from ? row : b_.gather(b_.row_of(from, table), row);
    }
  }
  for (ListSource& source : moved.lists) {
    for (ValueId* each : {&source.guard, &source.begin, &source.end}) *each = move(*each);
  }
  return moved;
}

ValueId Lowering::equals(const Value& a, const Value& b) {
  if (a.yes == kNoValue) return b_.rowwise(Op::equal, {a.data, b.data});
  return b_.or_(b_.and_(a.yes, b.yes), b_.and_(no_of(a), no_of(b)));
}

}  // namespace muster::lower
