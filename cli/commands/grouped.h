// SPDX-License-Identifier: Apache-2.0
// Counts for people: `12,345`.
#pragma once

#include <cstdint>
#include <string>

namespace muster::commands {

inline std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace muster::commands
