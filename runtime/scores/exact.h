// SPDX-License-Identifier: Apache-2.0
// Exact numbers for scores: whole numbers of any size, and their quotients. Only what a weighted mean needs.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::scores {

// 0, 1, 2, ... without an end.
class Natural {
 public:
  Natural() = default;
  explicit Natural(std::uint64_t value);

  bool is_zero() const { return limbs_.empty(); }
  bool is_power_of_two() const;
  unsigned bits() const;  // 0 has none
  std::uint64_t low_64() const;
  Natural shifted_left(unsigned bits) const;
  Natural shifted_right(unsigned bits) const;

  Natural& operator+=(const Natural& other);
  Natural& operator-=(const Natural& smaller);  // not below 0
  friend Natural operator+(Natural left, const Natural& right) { return left += right; }
  friend Natural operator-(Natural left, const Natural& smaller) { return left -= smaller; }
  friend Natural operator*(const Natural& left, const Natural& right);
  friend std::strong_ordering operator<=>(const Natural& left, const Natural& right);
  friend bool operator==(const Natural&, const Natural&) = default;

 private:
  void trim();

  std::vector<std::uint32_t> limbs_;  // the lowest first, the highest is not 0
};

struct Division {
  Natural quotient;
  Natural remainder;
};
Division divide(const Natural& dividend, const Natural& divisor);  // by more than 0
Natural power_of_ten(unsigned exponent);

class Rational {
 public:
  Rational() = default;  // 0
  explicit Rational(Natural numerator, Natural denominator = Natural(1));
  static Rational of(double value);  // finite; exactly
  static Rational of(const typed::Decimal& value);

  bool is_negative() const { return negative_; }
  const Natural& numerator() const { return numerator_; }
  const Natural& denominator() const { return denominator_; }

  friend Rational operator+(const Rational& left, const Rational& right);
  friend Rational operator*(const Rational& left, const Rational& right);
  friend Rational operator/(const Rational& left, const Rational& right);  // by other than 0
  friend Rational operator-(Rational value);
  friend std::strong_ordering operator<=>(const Rational& left, const Rational& right);
  friend bool operator==(const Rational& left, const Rational& right) { return (left <=> right) == 0; }

  double nearest() const;  // ties to even
  Rational rounded(typed::Rounding rounding, const typed::Decimal& step) const;

 private:
  bool negative_ = false;
  Natural numerator_;
  Natural denominator_{1};
};

}  // namespace muster::scores
