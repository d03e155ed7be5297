// SPDX-License-Identifier: Apache-2.0
// Numbers as text, the same on every machine and in every locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muster::base {

// JSON's number form (RFC 8259 section 6), the whole text. Nothing for other forms, and for what is not finite.
std::optional<double> parse_number(std::string_view text);

// Digits with an optional sign (`+5` and leading zeros too), or JSON's number form where the value is whole
// (`5.0`, `5e0`). Nothing past 64 bits. Exact: never goes through a double.
std::optional<std::int64_t> parse_integer(std::string_view text);

// The shortest text that reads back as the same double, without exponent between 1e-6 and 1e21 (as
// ECMAScript prints numbers); whole numbers without a point; -0 is "0".
std::string to_text(double value);

}  // namespace muster::base
