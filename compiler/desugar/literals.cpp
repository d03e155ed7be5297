// SPDX-License-Identifier: Apache-2.0
#include "compiler/desugar/literals.h"

#include <limits>

#include "base/calendar.h"
#include "base/number_text.h"
#include "base/version_number.h"

namespace muster::desugar {
namespace {

using rules::TokenKind;
using Outcome = tl::expected<types::Scalar, BadLiteral>;

tl::unexpected<BadLiteral> bad(std::string message, std::string help) {
  return tl::unexpected<BadLiteral>({std::move(message), std::move(help)});
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits in groups: `_` stands between digits only.
bool are_digits(std::string_view text) {
  if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' ? text[i + 1] == '_' : !is_digit(text[i])) return false;
  }
  return true;
}

struct Unit {
  std::string_view name;  // singular
  std::int64_t microseconds = 0;
  std::int32_t months = 0;
};
constexpr Unit kUnits[] = {
    {"day", base::kMicrosecondsPerDay, 0},
    {"hour", 3600 * base::kMicrosecondsPerSecond, 0},
    {"minute", 60 * base::kMicrosecondsPerSecond, 0},
    {"second", base::kMicrosecondsPerSecond, 0},
    {"week", 7 * base::kMicrosecondsPerDay, 0},
    {"month", 0, 1},
    {"year", 0, 12},
};

// `30d`, `90days`: the units that may be meant.
std::string with_unit(std::string_view text) {
  const std::size_t end = text.find_first_not_of("0123456789_");
  if (end == 0 || end == std::string_view::npos) return {};
  const std::string_view rest = text.substr(end);
  std::string help;
  for (const Unit& unit : kUnits) {
    const std::string plural = std::string(unit.name) + "s";
    if (!plural.starts_with(rest)) continue;
    help += (help.empty() ? "write " : " or ") + quoted(std::string(text.substr(0, end)) + " " + plural);
  }
  return help;
}

Outcome no_number(std::string_view text) {
  if (std::string unit = with_unit(text); !unit.empty()) return bad(quoted(text) + " is no number", std::move(unit));
  const bool has_exponent = text.find_first_of("eE") != std::string_view::npos;
  return bad(quoted(text) + " is no number",
             has_exponent
                 ? "numbers have no exponents: write all their digits"
                 : "a number is digits, with `_` between them, and perhaps a fraction; a unit stands behind a blank");
}

// The double nearest to digits and fraction as written.
std::optional<double> read_double(std::string_view text, LiteralSign sign) {
  std::optional<std::string> digits = read_decimal(text);
  if (!digits) return std::nullopt;
  // JSON's form has no zeros in front.
  std::size_t zeros = 0;
  while (zeros + 1 < digits->size() && (*digits)[zeros] == '0' && is_digit((*digits)[zeros + 1])) ++zeros;
  digits->erase(0, zeros);
  return base::parse_number(sign == LiteralSign::negative ? "-" + *digits : *digits);
}

Outcome read_integer(const LiteralText& literal) {
  const auto digits = read_decimal(literal.text);
  if (!digits) return no_number(literal.text);
  const auto value = base::parse_integer(literal.sign == LiteralSign::negative ? "-" + *digits : *digits);
  if (!value)
    return bad(quoted(literal.text) + " does not fit in 64 bits",
               "an `int` goes up to 9223372036854775807; a `number` is written with a fraction");
  return types::Scalar(*value);
}

Outcome read_number(const LiteralText& literal) {
  if (!read_decimal(literal.text)) return no_number(literal.text);
  const auto value = read_double(literal.text, literal.sign);
  if (!value) return bad(quoted(literal.text) + " is past the range of numbers", "");
  return types::Scalar(*value);
}

Outcome read_percent(const LiteralText& literal) {
  const std::string_view digits = literal.text.substr(0, literal.text.size() - 1);
  if (!read_decimal(digits)) return no_number(literal.text);
  const auto value = read_double(digits, literal.sign);
  if (!value) return bad(quoted(literal.text) + " is past the range of percents", "");
  return types::Scalar(types::Percent{*value});
}

Outcome read_span_of_time(const LiteralText& literal) {
  if (literal.kind == TokenKind::decimal)
    return bad("durations and periods are whole numbers of units",
               "write it in a smaller unit: `90 minutes` for 1.5 hours");
  const auto written = read_integer(literal);
  if (!written) return written;
  const std::int64_t count = std::get<std::int64_t>(*written);
  for (const Unit& unit : kUnits) {
    if (literal.unit != unit.name && literal.unit != std::string(unit.name) + "s") continue;
    std::int64_t amount = 0;
    const bool overflows =
        __builtin_mul_overflow(count, unit.months != 0 ? std::int64_t{unit.months} : unit.microseconds, &amount);
    const std::string all = quoted(std::string(literal.text) + " " + std::string(literal.unit));
    if (unit.months != 0) {
      if (overflows || amount < std::numeric_limits<std::int32_t>::min() ||
          amount > std::numeric_limits<std::int32_t>::max())
        return bad(all + " is longer than a period can be", "");
      return types::Scalar(base::Period{static_cast<std::int32_t>(amount)});
    }
    if (overflows) return bad(all + " is longer than a duration can be", "");
    return types::Scalar(base::Duration{amount});
  }
  return bad(quoted(literal.unit) + " is no unit", "");
}

Outcome read_date(std::string_view text) {
  const auto date = base::parse_date(text);
  if (!date) return bad("there is no date " + quoted(text), "");
  return types::Scalar(*date);
}

Outcome read_instant(std::string_view text) {
  const std::string_view clock = text.substr(text.find('T'));
  if (clock.find_first_of("Z+-") == std::string_view::npos)
    return bad(quoted(text) + " does not say in which zone", "write `Z` behind it, or an offset as `+02:00`");
  const auto parsed = base::parse_instant(text);
  if (!parsed)
    return bad(
        "there is no time " + quoted(text),
        "a time is a date, `T`, hours, minutes and perhaps seconds, and `Z` or an offset: `2026-11-23T10:00:00Z`");
  return types::Scalar(parsed->instant);
}

Outcome read_version(std::string_view text) {
  const auto version = base::parse_version(text);
  if (!version)
    return bad(quoted(text) + " is no version",
               "a version is two to six numbers and perhaps a pre-release: `v8.0.2-rc.1`");
  return types::Scalar(*version);
}

}  // namespace

tl::expected<types::Scalar, BadLiteral> read_literal(const LiteralText& literal) {
  if (!literal.unit.empty()) return read_span_of_time(literal);
  if (literal.kind == TokenKind::integer) return read_integer(literal);
  if (literal.kind == TokenKind::decimal) return read_number(literal);
  if (literal.kind == TokenKind::percent) return read_percent(literal);
  if (literal.kind == TokenKind::date) return read_date(literal.text);
  if (literal.kind == TokenKind::instant) return read_instant(literal.text);
  return read_version(literal.text);
}

std::optional<std::string> read_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  if (!are_digits(text.substr(0, point))) return std::nullopt;
  if (point != std::string_view::npos && !are_digits(text.substr(point + 1))) return std::nullopt;
  std::string digits;
  for (const char c : text)
    if (c != '_') digits.push_back(c);
  return digits;
}

}  // namespace muster::desugar
