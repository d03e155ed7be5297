// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/values.h"

#include <utility>

namespace muster::reference {

Value Value::known(types::Scalar scalar) {
  Value value;
  value.state = State::known;
  value.scalar = std::move(scalar);
  return value;
}

Value Value::known(Truth truth, Causes causes) {
  return truth == Truth::unknown ? unknown(std::move(causes)) : known(types::Scalar(truth == Truth::yes));
}

Value Value::list(std::vector<Value> elements) {
  Value value;
  value.state = State::known;
  value.elements = std::make_shared<const std::vector<Value>>(std::move(elements));
  return value;
}

Value Value::absent() {
  Value value;
  value.state = State::absent;
  return value;
}

Value Value::unknown(Causes causes) {
  Value value;
  value.causes = std::move(causes);
  return value;
}

Truth Value::truth() const { return is_known() ? truth_of(std::get<bool>(scalar)) : Truth::unknown; }

Value between(types::Scalar low, std::optional<types::Scalar> high, Causes causes) {
  if (high && types::equal(low, *high)) return Value::known(std::move(low));
  Value value = Value::unknown(std::move(causes));
  Remaining remaining;
  remaining.low = std::move(low);
  remaining.high = std::move(high);
  value.remaining = std::make_shared<const Remaining>(std::move(remaining));
  return value;
}

Value plain(Value value) {
  value.remaining = nullptr;
  return value;
}

Value needed(Value value) {
  if (!value.is_absent()) return value;
  Value unknown = Value::unknown({});
  unknown.through_absent = true;
  return unknown;
}

List::List(const Value& value) {
  if (value.elements) {
    made_ = value.elements.get();
  } else {
    read_ = &value.datum->items;
  }
}

Value List::at(std::size_t index) const { return made_ ? (*made_)[index] : read((*read_)[index]); }

Value read(const evidence::Datum& datum) {
  Value value;
  value.state = datum.state;
  switch (datum.state) {
    case State::known:
      value.scalar = datum.scalar;
      value.datum = &datum;
      break;
    case State::absent: break;
    case State::unknown: value.causes = Causes::of(datum, datum.reason); break;
  }
  return value;
}

Value unknown_of(std::initializer_list<const Value*> operands) {
  CausesBuilder causes;
  bool through_absent = false;
  for (const Value* operand : operands) {
    if (!operand->is_unknown()) continue;
    causes.add(operand->causes);
    through_absent = through_absent || operand->through_absent;
  }
  Value value = Value::unknown(causes.take());
  value.through_absent = through_absent;
  return value;
}

Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

Truth negation(Truth truth) {
  switch (truth) {
    case Truth::no: return Truth::yes;
    case Truth::yes: return Truth::no;
    case Truth::unknown: return Truth::unknown;
  }
  return Truth::unknown;
}

std::span<const Value> alternatives(const Value& value) {
  if (value.remaining && !value.remaining->values.empty()) return value.remaining->values;
  return {&value, 1};
}

void Fold::add(const Value& value) {
  if (decided_) return;
  const Truth truth = value.truth();
  if (truth == decided_by_) {
    decided_ = true;
  } else if (truth == Truth::unknown) {
    unknown_ = true;
    through_absent_ = through_absent_ || value.through_absent;
    causes_.add(value.causes);
  }
}

Value Fold::result() {
  if (decided_) return Value::known(decided_by_, {});
  if (!unknown_) return Value::known(negation(decided_by_), {});
  Value value = Value::unknown(causes_.take());
  value.through_absent = through_absent_;
  return value;
}

}  // namespace muster::reference
