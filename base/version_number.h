// SPDX-License-Identifier: Apache-2.0
// Version numbers: 1 to 6 dotted numbers and an optional pre-release, ordered as SemVer 2.0.0 section 11
// orders them, missing parts as 0. Build metadata (after `+`) is ignored. Equal versions may be spelled
// differently (`1.20`, `v1.20.0`), so what was written is not kept.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster::base {

struct VersionNumber {
  std::array<std::uint64_t, 6> parts{};
  std::uint8_t written_parts = 1;        // how many parts were spelled, for to_text; no part of the order
  std::vector<std::string> pre_release;  // its identifiers; empty: a release

  friend std::strong_ordering operator<=>(const VersionNumber& left, const VersionNumber& right);
  friend bool operator==(const VersionNumber& left, const VersionNumber& right) { return (left <=> right) == 0; }
};

// With or without `v` or `V`. Nothing if the whole text is no version or a number is past 64 bits.
std::optional<VersionNumber> parse_version(std::string_view text);
std::string to_text(const VersionNumber& version);  // `v1.21`, `v8.0.2-rc.1`

}  // namespace muster::base
