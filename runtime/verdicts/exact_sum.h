// SPDX-License-Identifier: Apache-2.0
// A sum of doubles without any rounding, so that a mean is the same in whatever order its subjects come.
//
// The sum is one long signed integer in units of the smallest double, 2^-1074, cut into limbs of 32 bits that
// are kept in 64, so that carries can wait:
//
//   limbs_[i] stands for limbs_[i] * 2^(32 i - 1074)
#pragma once

#include <array>
#include <cstdint>

namespace muster::verdicts {

class ExactSum {
 public:
  void add(double value);  // finite
  void add(const ExactSum& other);
  // The sum over `count` (not 0), rounded once: to the nearest double, of two the even one.
  double divided_by(std::uint64_t count) const;

 private:
  // 2^-1074 to 2^1024 are 66 limbs; two more hold the sum of 2^64 of the largest.
  static constexpr std::size_t kLimbs = 68;
  using Limbs = std::array<std::int64_t, kLimbs>;

  static void carry(Limbs& limbs);

  Limbs limbs_{};
  std::uint32_t waiting_ = 0;  // additions since the last carry
};

}  // namespace muster::verdicts
