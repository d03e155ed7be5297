// SPDX-License-Identifier: Apache-2.0
// What a literal's token says. A literal that doesn't exist or doesn't fit gives the reason instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "compiler/types/scalar.h"
#include "grammar/rules/token_kind.h"

namespace muster::desugar {

enum class LiteralSign : std::uint8_t { positive, negative };

struct LiteralText {
  rules::TokenKind kind = rules::TokenKind::integer;
  std::string_view text;
  std::string_view unit;  // behind the number; or empty
  LiteralSign sign = LiteralSign::positive;
};

struct BadLiteral {
  std::string message;
  std::string help;
};

// Numbers, percents, dates, times, versions, durations and periods.
tl::expected<types::Scalar, BadLiteral> read_literal(const LiteralText& literal);

// A number as it is written, without `_`: weights stay exact. Nothing if it is no number.
std::optional<std::string> read_decimal(std::string_view text);

}  // namespace muster::desugar
