// SPDX-License-Identifier: Apache-2.0
// What an expression may turn out to be, over all evidence that a program's types allow: known values, absent,
// unknown. Always at least what can be; where it isn't clear, more. Of records and lists only the state is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::values {

using types::Scalar;

struct Possible {
  bool unknown = true;
  bool absent = false;
  bool known = true;                        // some known value; the rest says which
  std::optional<Scalar> low, high;          // of an ordered type, both ends in; nothing: no limit
  std::optional<std::vector<Scalar>> only;  // one of these
  std::vector<Scalar> never;                // none of these

  bool may_be(const Scalar& value) const;
  // The one value that it is where it is known.
  std::optional<Scalar> single() const;
};

// More values than these are kept by their ends alone.
constexpr std::size_t kMostValues = 64;

// Which of the three a truth may be.
class Truths {
 public:
  constexpr Truths() = default;
  constexpr Truths(bool yes, bool no, bool unknown)
      : bits_(static_cast<std::uint8_t>((yes ? 1u : 0u) | (no ? 2u : 0u) | (unknown ? 4u : 0u))) {}
  explicit Truths(const Possible& possible);  // of a bool

  constexpr bool yes() const { return (bits_ & 1u) != 0; }
  constexpr bool no() const { return (bits_ & 2u) != 0; }
  constexpr bool unknown() const { return (bits_ & 4u) != 0; }
  constexpr bool none() const { return bits_ == 0; }
  constexpr Truths opposite() const { return {no(), yes(), unknown()}; }
  constexpr Truths operator&(Truths other) const {
    return {yes() && other.yes(), no() && other.no(), unknown() && other.unknown()};
  }
  Possible possible() const;
  friend constexpr bool operator==(Truths, Truths) = default;

 private:
  std::uint8_t bits_ = 7;
};

constexpr Truths kYes{true, false, false}, kNo{false, true, false}, kUnknown{false, false, true};
constexpr Truths kNotNo{true, false, true}, kNotYes{false, true, true}, kAny{true, true, true};

Possible of_type(const types::Table& table, types::TypeId type, const std::optional<types::Range>& range = {});
Possible exactly(Scalar value);  // known
Possible only_unknown();

// The known values that are in both; states stay.
void keep(Possible& possible, const Possible& among);
// What is one or the other.
Possible either(const Possible& a, const Possible& b);
// Without values that its own limits exclude; `known` is false where none is left.
void settle(Possible& possible);

// The values next to one, where the type has steps.
std::optional<Scalar> after(const Scalar& value);
std::optional<Scalar> before(const Scalar& value);

// How one value may stand to another: less, equal, greater.
struct Relations {
  bool less = true, equal = true, greater = true;
  bool any() const { return less || equal || greater; }
  Relations swapped() const { return {greater, equal, less}; }
  Relations operator&(Relations other) const {
    return {less && other.less, equal && other.equal, greater && other.greater};
  }
};
// Of a type without an order `less` stands for any difference.
Relations compare(const Possible& a, const Possible& b);
// Those in which a comparison holds.
Relations holding(typed::Op comparison);

}  // namespace muster::values
