// SPDX-License-Identifier: Apache-2.0
#include "runtime/scores/exact.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace muster::scores {

Natural::Natural(std::uint64_t value) {
  for (; value != 0; value >>= 32) limbs_.push_back(static_cast<std::uint32_t>(value));
}

void Natural::trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

unsigned Natural::bits() const {
  if (limbs_.empty()) return 0;
  return static_cast<unsigned>(limbs_.size()) * 32 - static_cast<unsigned>(std::countl_zero(limbs_.back()));
}

bool Natural::is_power_of_two() const {
  return !limbs_.empty() && std::has_single_bit(limbs_.back()) &&
         std::all_of(limbs_.begin(), limbs_.end() - 1, [](std::uint32_t limb) { return limb == 0; });
}

std::uint64_t Natural::low_64() const {
  std::uint64_t value = limbs_.empty() ? 0 : limbs_[0];
  if (limbs_.size() > 1) value |= static_cast<std::uint64_t>(limbs_[1]) << 32;
  return value;
}

Natural Natural::shifted_left(unsigned bits) const {
  if (is_zero()) return {};
  Natural shifted;
  shifted.limbs_.assign(bits / 32, 0);
  std::uint64_t carry = 0;
  for (const std::uint32_t limb : limbs_) {
    carry |= static_cast<std::uint64_t>(limb) << (bits % 32);
    shifted.limbs_.push_back(static_cast<std::uint32_t>(carry));
    carry >>= 32;
  }
  shifted.limbs_.push_back(static_cast<std::uint32_t>(carry));
  shifted.trim();
  return shifted;
}

Natural Natural::shifted_right(unsigned bits) const {
  Natural shifted;
  for (std::size_t i = bits / 32; i < limbs_.size(); ++i) {
    const std::uint64_t next = i + 1 < limbs_.size() ? limbs_[i + 1] : 0;
    shifted.limbs_.push_back(static_cast<std::uint32_t>((next << 32 | limbs_[i]) >> (bits % 32)));
  }
  shifted.trim();
  return shifted;
}

Natural& Natural::operator+=(const Natural& other) {
  if (limbs_.size() < other.limbs_.size()) limbs_.resize(other.limbs_.size());
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < limbs_.size() && (carry != 0 || i < other.limbs_.size()); ++i) {
    carry += limbs_[i];
    if (i < other.limbs_.size()) carry += other.limbs_[i];
    limbs_[i] = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) limbs_.push_back(static_cast<std::uint32_t>(carry));
  return *this;
}

Natural& Natural::operator-=(const Natural& smaller) {
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < limbs_.size(); ++i) {
    std::int64_t left = static_cast<std::int64_t>(limbs_[i]) + borrow;
    if (i < smaller.limbs_.size()) left -= smaller.limbs_[i];
    limbs_[i] = static_cast<std::uint32_t>(left);
    borrow = left < 0 ? -1 : 0;
  }
  trim();
  return *this;
}

Natural operator*(const Natural& left, const Natural& right) {
  Natural product;
  product.limbs_.assign(left.limbs_.size() + right.limbs_.size(), 0);
  for (std::size_t i = 0; i < left.limbs_.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < right.limbs_.size() || carry != 0; ++j) {
      carry += product.limbs_[i + j];
      if (j < right.limbs_.size()) carry += static_cast<std::uint64_t>(left.limbs_[i]) * right.limbs_[j];
      product.limbs_[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  product.trim();
  return product;
}

std::strong_ordering operator<=>(const Natural& left, const Natural& right) {
  if (left.limbs_.size() != right.limbs_.size()) return left.limbs_.size() <=> right.limbs_.size();
  return std::lexicographical_compare_three_way(left.limbs_.rbegin(), left.limbs_.rend(), right.limbs_.rbegin(),
                                                right.limbs_.rend());
}

// Bit by bit, as on paper.
Division divide(const Natural& dividend, const Natural& divisor) {
  Division result{{}, dividend};
  if (dividend < divisor) return result;
  const unsigned highest = dividend.bits() - divisor.bits();
  for (unsigned shift = highest + 1; shift-- > 0;) {
    const Natural part = divisor.shifted_left(shift);
    if (result.remainder < part) continue;
    result.remainder -= part;
    result.quotient += Natural(1).shifted_left(shift);
  }
  return result;
}

Natural power_of_ten(unsigned exponent) {
  Natural power(1);
  for (unsigned i = 0; i < exponent; ++i) power = power * Natural(10);
  return power;
}

Rational::Rational(Natural numerator, Natural denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}

Rational Rational::of(double value) {
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const Natural whole(static_cast<std::uint64_t>(std::ldexp(fraction, 53)));
  exponent -= 53;
  Rational exact = exponent >= 0 ? Rational(whole.shifted_left(static_cast<unsigned>(exponent)))
                                 : Rational(whole, Natural(1).shifted_left(static_cast<unsigned>(-exponent)));
  exact.negative_ = value < 0;
  return exact;
}

Rational Rational::of(const typed::Decimal& value) {
  return Rational(Natural(static_cast<std::uint64_t>(value.units)), power_of_ten(value.scale));
}

// Denominators that are powers of two meet in the larger, so that long sums stay short.
Rational operator+(const Rational& left, const Rational& right) {
  Natural a;
  Natural b;
  Rational sum;
  if (left.denominator_.is_power_of_two() && right.denominator_.is_power_of_two()) {
    const unsigned bits = std::max(left.denominator_.bits(), right.denominator_.bits());
    a = left.numerator_.shifted_left(bits - left.denominator_.bits());
    b = right.numerator_.shifted_left(bits - right.denominator_.bits());
    sum.denominator_ = Natural(1).shifted_left(bits - 1);
  } else {
    a = left.numerator_ * right.denominator_;
    b = right.numerator_ * left.denominator_;
    sum.denominator_ = left.denominator_ * right.denominator_;
  }
  if (left.negative_ == right.negative_) {
    sum.numerator_ = a + b;
    sum.negative_ = left.negative_;
  } else {
    sum.numerator_ = a < b ? b - a : a - b;
    sum.negative_ = a < b ? right.negative_ : left.negative_;
  }
  if (sum.numerator_.is_zero()) sum.negative_ = false;
  return sum;
}

Rational operator*(const Rational& left, const Rational& right) {
  Rational product(left.numerator_ * right.numerator_, left.denominator_ * right.denominator_);
  product.negative_ = left.negative_ != right.negative_ && !product.numerator_.is_zero();
  return product;
}

Rational operator/(const Rational& left, const Rational& right) {
  Rational quotient(left.numerator_ * right.denominator_, left.denominator_ * right.numerator_);
  quotient.negative_ = left.negative_ != right.negative_ && !quotient.numerator_.is_zero();
  return quotient;
}

Rational operator-(Rational value) {
  value.negative_ = !value.negative_ && !value.numerator_.is_zero();
  return value;
}

std::strong_ordering operator<=>(const Rational& left, const Rational& right) {
  if (left.negative_ != right.negative_) return right.negative_ <=> left.negative_;
  const auto order = left.numerator_ * right.denominator_ <=> right.numerator_ * left.denominator_;
  return left.negative_ ? 0 <=> order : order;
}

double Rational::nearest() const {
  const double sign = negative_ ? -1 : 1;
  constexpr unsigned kExact = 53;
  if (numerator_.bits() <= kExact && denominator_.bits() <= kExact) {
    return sign * (static_cast<double>(numerator_.low_64()) / static_cast<double>(denominator_.low_64()));
  }
  if (numerator_.is_zero()) return 0;
  // A quotient of 63 or 64 bits; what remains matters only in being there.
  const int shift = 63 - (static_cast<int>(numerator_.bits()) - static_cast<int>(denominator_.bits()));
  const Division division = shift >= 0 ? divide(numerator_.shifted_left(static_cast<unsigned>(shift)), denominator_)
                                       : divide(numerator_, denominator_.shifted_left(static_cast<unsigned>(-shift)));
  const std::uint64_t rest = division.remainder.is_zero() ? 0 : 1;
  return sign * std::ldexp(static_cast<double>(division.quotient.low_64() | rest), -shift);
}

Rational Rational::rounded(typed::Rounding rounding, const typed::Decimal& step) const {
  if (rounding == typed::Rounding::none || step.units <= 0) return *this;
  const Rational exact_step = Rational::of(step);
  Rational steps = *this / exact_step;
  if (rounding == typed::Rounding::half_up) steps = steps + Rational(Natural(1), Natural(2));
  // The whole number at or below.
  Division division = divide(steps.numerator_, steps.denominator_);
  if (steps.negative_ && !division.remainder.is_zero()) division.quotient += Natural(1);
  Rational whole(std::move(division.quotient));
  whole.negative_ = steps.negative_ && !whole.numerator_.is_zero();
  return whole * exact_step;
}

}  // namespace muster::scores
