// SPDX-License-Identifier: Apache-2.0
// A known value of a scalar type, as it stands in literals, params and evidence.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/calendar.h"
#include "base/version_number.h"

namespace muster::types {

// Points: `80%` is 80. Finite.
struct Percent {
  double points = 0;
  friend auto operator<=>(Percent, Percent) = default;
};

// A name of an enum, counted from 0 as declared. The enum itself is the type's.
struct EnumMember {
  std::uint32_t index = 0;
  friend auto operator<=>(EnumMember, EnumMember) = default;
};

// The alternative is the type's kind: bool, int, number (a finite double), percent, text (valid UTF-8), date,
// time, duration, period, version, enum. Two scalars of one type compare with == and <, as the language does.
using Scalar = std::variant<bool, std::int64_t, double, Percent, std::string, base::Date, base::Instant, base::Duration,
                            base::Period, base::VersionNumber, EnumMember>;

}  // namespace muster::types
