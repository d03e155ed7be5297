// SPDX-License-Identifier: Apache-2.0
// A value while a subject is judged: known, known to be absent, or unknown with the data that left it so. Of
// some unknowns more is known than nothing: a count and a score have a low and a high, a choose has the values
// that are left. Values point into the evidence and live no longer than it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "compiler/types/scalar.h"
#include "compiler/types/types.h"
#include "runtime/evidence/datum.h"
#include "runtime/reference/causes.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::reference {

using evidence::State;
using verdicts::Truth;

struct Remaining;

struct Value {
  State state = State::unknown;
  bool through_absent = false;                         // unknown only because something absent was read
  types::Scalar scalar;                                // known, of a scalar type
  const evidence::Datum* datum = nullptr;              // known, as it stands in the evidence
  std::shared_ptr<const std::vector<Value>> elements;  // known: a list that the policy made
  Causes causes;                                       // unknown
  std::shared_ptr<const Remaining> remaining;          // unknown: what it may still be

  static Value known(types::Scalar scalar);
  static Value known(Truth truth, Causes causes);  // an unknown truth has causes
  static Value list(std::vector<Value> elements);
  static Value absent();
  static Value unknown(Causes causes);

  bool is_known() const { return state == State::known; }
  bool is_absent() const { return state == State::absent; }
  bool is_unknown() const { return state == State::unknown; }
  Truth truth() const;  // of a bool
};

// What an unknown may still be: an interval, or one of several values, each again known, absent or unknown.
struct Remaining {
  std::optional<types::Scalar> low;   // with a low it is an interval, both ends in
  std::optional<types::Scalar> high;  // without one there is no limit
  bool or_absent = false;             // a score that may be none
  std::vector<Value> values;
};

// A count or score between low and high; known where they meet and it can't be absent.
Value between(types::Scalar low, std::optional<types::Scalar> high, Causes causes);

// Without what is left of it: how everything but a comparison, a let and a define takes a value.
Value plain(Value value);

// Where a value is needed: an absent one is unknown, for no reason in the data.
Value needed(Value value);

// The list of a value, whoever made it.
class List {
 public:
  explicit List(const Value& value);  // known; must outlive the list
  std::size_t size() const { return made_ ? made_->size() : read_->size(); }
  Value at(std::size_t index) const;

 private:
  const std::vector<Value>* made_ = nullptr;
  const std::vector<evidence::Datum>* read_ = nullptr;
};

// A datum of the evidence as a value.
Value read(const evidence::Datum& datum);

// Unknown for the reasons of all its operands that are unknown, in their order.
Value unknown_of(std::initializer_list<const Value*> operands);

Truth truth_of(bool value);
Truth negation(Truth truth);

// The values that a choose has left, else the value itself.
std::span<const Value> alternatives(const Value& value);

// Where all that is left agrees: `judge` says of each combination of alternatives what holds.
template <typename Judge>
Value agreed(const Value& a, Judge judge) {
  std::optional<Truth> all;
  for (const Value& one : alternatives(a)) {
    const Truth truth = judge(one);
    if (all && *all != truth) return unknown_of({&a});
    all = truth;
  }
  return *all == Truth::unknown ? unknown_of({&a}) : Value::known(*all, {});
}

template <typename Judge>
Value agreed(const Value& a, const Value& b, Judge judge) {
  std::optional<Truth> all;
  for (const Value& one : alternatives(a)) {
    for (const Value& other : alternatives(b)) {
      const Truth truth = judge(one, other);
      if (all && *all != truth) return unknown_of({&a, &b});
      all = truth;
    }
  }
  return *all == Truth::unknown ? unknown_of({&a, &b}) : Value::known(*all, {});
}

// Kleene's `or` (decided by yes) or `and` (decided by no) over any number of values.
class Fold {
 public:
  explicit Fold(Truth decided_by) : decided_by_(decided_by) {}
  void add(const Value& value);
  Value result();

 private:
  Truth decided_by_;
  bool decided_ = false;
  bool unknown_ = false;
  bool through_absent_ = false;
  CausesBuilder causes_;
};

}  // namespace muster::reference
