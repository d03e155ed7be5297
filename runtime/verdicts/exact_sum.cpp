// SPDX-License-Identifier: Apache-2.0
#include "runtime/verdicts/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace muster::verdicts {

namespace {
constexpr std::uint64_t kLimbMask = 0xFFFFFFFFu;
constexpr int kSmallestExponent = -1074;
__extension__ using Wide = unsigned __int128;
}  // namespace

void ExactSum::add(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto exponent = static_cast<unsigned>((bits >> 52) & 0x7FF);
  std::uint64_t mantissa = bits & 0xFFFFFFFFFFFFFull;
  unsigned shift = 0;
  if (exponent != 0) {
    mantissa |= 1ull << 52;
    shift = exponent - 1;
  }
  const std::size_t limb = shift / 32;
  const unsigned offset = shift % 32;
  const std::uint64_t low = (mantissa & kLimbMask) << offset;
  const std::uint64_t high = (mantissa >> 32) << offset;
  const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
  limbs_[limb] += sign * static_cast<std::int64_t>(low & kLimbMask);
  limbs_[limb + 1] += sign * static_cast<std::int64_t>((low >> 32) + (high & kLimbMask));
  limbs_[limb + 2] += sign * static_cast<std::int64_t>(high >> 32);
  // One addition changes a limb by less than 2^33: 2^29 of them stay far from the ends of 64 bits.
  if (++waiting_ == (1u << 29)) {
    carry(limbs_);
    waiting_ = 0;
  }
}

void ExactSum::add(const ExactSum& other) {
  Limbs limbs = other.limbs_;
  carry(limbs);
  carry(limbs_);
  for (std::size_t i = 0; i < kLimbs; ++i) limbs_[i] += limbs[i];
  waiting_ = 1;
}

// Leaves every limb but the last in [0, 2^32); the last one has the sign.
void ExactSum::carry(Limbs& limbs) {
  for (std::size_t i = 0; i + 1 < kLimbs; ++i) {
    limbs[i + 1] += limbs[i] >> 32;
    limbs[i] &= static_cast<std::int64_t>(kLimbMask);
  }
}

double ExactSum::divided_by(std::uint64_t count) const {
  Limbs limbs = limbs_;
  carry(limbs);
  const bool negative = limbs.back() < 0;
  if (negative) {
    for (auto& limb : limbs) limb = -limb;
    carry(limbs);
  }

  // Two limbs of fraction below the smallest double keep what decides the rounding.
  constexpr std::size_t kFraction = 2;
  std::vector<std::uint32_t> quotient(kLimbs + kFraction);
  std::uint64_t remainder = 0;
  for (std::size_t i = quotient.size(); i-- > 0;) {
    const std::uint64_t limb = i < kFraction ? 0 : static_cast<std::uint64_t>(limbs[i - kFraction]);
    const Wide dividend = (static_cast<Wide>(remainder) << 32) | limb;
    quotient[i] = static_cast<std::uint32_t>(dividend / count);
    remainder = static_cast<std::uint64_t>(dividend % count);
  }

  const auto bit = [&](int at) { return (quotient[static_cast<std::size_t>(at) / 32] >> (at % 32)) & 1u; };
  int highest = static_cast<int>(quotient.size()) * 32 - 1;
  while (highest >= 0 && bit(highest) == 0) --highest;
  if (highest < 0) return 0;

  const int lowest = std::max(highest - 52, static_cast<int>(kFraction) * 32);
  std::uint64_t mantissa = 0;
  for (int at = highest; at >= lowest; --at) mantissa = (mantissa << 1) | bit(at);
  bool below_half = remainder == 0;
  for (int at = 0; at < lowest - 1; ++at) below_half = below_half && bit(at) == 0;
  if (bit(lowest - 1) != 0 && (!below_half || (mantissa & 1u) != 0)) ++mantissa;
  const double value =
      std::ldexp(static_cast<double>(mantissa), lowest - static_cast<int>(kFraction) * 32 + kSmallestExponent);
  return negative ? -value : value;
}

}  // namespace muster::verdicts
