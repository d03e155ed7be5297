// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/read_value.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/number_text.h"
#include "base/unicode_text.h"
#include "base/version_number.h"

namespace muster::ingest {
namespace {

using types::Scalar;

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equals_in_any_case(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (ascii_lower(text[at]) != lower_case[at]) return false;
  }
  return true;
}

template <typename Value>
std::optional<Scalar> scalar(const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  return Scalar(*value);
}

std::optional<Scalar> read_bool(const Spelling& spelling) {
  const std::string_view text = inner_text(spelling);
  if (spelling.shape == Shape::bare) {
    if (text == "true") return Scalar(true);
    if (text == "false") return Scalar(false);
    return std::nullopt;
  }
  for (std::string_view yes : {"true", "yes", "1"}) {
    if (equals_in_any_case(text, yes)) return Scalar(true);
  }
  for (std::string_view no : {"false", "no", "0"}) {
    if (equals_in_any_case(text, no)) return Scalar(false);
  }
  return std::nullopt;
}

std::optional<Scalar> read_int(const Spelling& spelling) { return scalar(base::parse_integer(inner_text(spelling))); }

std::optional<Scalar> read_number(const Spelling& spelling) { return scalar(base::parse_number(inner_text(spelling))); }

std::optional<Scalar> read_percent(const Spelling& spelling) {
  std::string_view text = inner_text(spelling);
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  const auto points = base::parse_number(text);
  if (!points) return std::nullopt;
  return Scalar(types::Percent{*points});
}

std::optional<Scalar> read_text(const Spelling& spelling) {
  if (!base::is_utf8(spelling.text)) return std::nullopt;
  return Scalar(std::string(spelling.text));
}

// Of a time its day in the offset that it was written with.
std::optional<Scalar> read_date(const Spelling& spelling) {
  const std::string_view text = inner_text(spelling);
  if (const auto date = base::parse_date(text)) return Scalar(*date);
  if (const auto instant = base::parse_instant(text)) return Scalar(instant->local_date);
  return std::nullopt;
}

std::optional<Scalar> read_time(const Spelling& spelling) {
  const auto instant = base::parse_instant(inner_text(spelling));
  if (!instant) return std::nullopt;
  return Scalar(instant->instant);
}

std::optional<Scalar> read_duration_text(const Spelling& spelling) {
  return scalar(base::parse_duration(inner_text(spelling)));
}

std::optional<Scalar> read_period(const Spelling& spelling) { return scalar(base::parse_period(inner_text(spelling))); }

std::optional<Scalar> read_version(const Spelling& spelling) {
  return scalar(base::parse_version(inner_text(spelling)));
}

// A declared spelling goes before a name that another member may have for it.
std::optional<Scalar> read_enum(const types::Enum& declared, const Spelling& spelling) {
  for (std::uint32_t at = 0; at < declared.names.size(); ++at) {
    for (const std::string& each : declared.names[at].spellings) {
      if (spelling.text == each) return Scalar(types::EnumMember{at});
    }
  }
  for (std::uint32_t at = 0; at < declared.names.size(); ++at) {
    if (spelling.text == declared.names[at].name) return Scalar(types::EnumMember{at});
  }
  return std::nullopt;
}

}  // namespace

std::optional<Scalar> read_value(const types::Table& types, types::TypeId type, const Spelling& spelling) {
  if (!is_scalar(spelling)) return std::nullopt;
  switch (types.kind(type)) {
    case types::Kind::boolean: return read_bool(spelling);
    case types::Kind::integer: return read_int(spelling);
    case types::Kind::number: return read_number(spelling);
    case types::Kind::percent: return read_percent(spelling);
    case types::Kind::text: return read_text(spelling);
    case types::Kind::date: return read_date(spelling);
    case types::Kind::time: return read_time(spelling);
    case types::Kind::duration: return read_duration_text(spelling);
    case types::Kind::period: return read_period(spelling);
    case types::Kind::version: return read_version(spelling);
    case types::Kind::enumeration: return read_enum(types.enum_of(type), spelling);
    case types::Kind::record:
    case types::Kind::list:
    case types::Kind::optional:
    case types::Kind::error: return std::nullopt;
  }
  return std::nullopt;
}

// Moves the point by the exponent, so that 0.07 is 7% and not 7.000000000000001%.
std::optional<types::Percent> read_ratio(const Spelling& spelling) {
  if (!is_scalar(spelling)) return std::nullopt;
  const std::string_view text = inner_text(spelling);
  if (!base::parse_number(text)) return std::nullopt;
  const std::size_t letter = text.find_first_of("eE");
  std::int64_t exponent = 2;
  if (letter != std::string_view::npos) {
    const auto written = base::parse_integer(text.substr(letter + 1));
    if (!written || *written > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    exponent += *written;
  }
  const auto points = base::parse_number(fmt::format("{}e{}", text.substr(0, letter), exponent));
  if (!points) return std::nullopt;
  return types::Percent{*points};
}

std::optional<base::Duration> read_duration(const Spelling& spelling, std::int64_t microseconds_per_unit) {
  if (!is_scalar(spelling)) return std::nullopt;
  const std::string_view text = inner_text(spelling);
  const auto number = base::parse_number(text);
  if (!number) return std::nullopt;
  if (const auto whole = base::parse_integer(text))
    return base::multiply(base::Duration{microseconds_per_unit}, *whole);
  const double microseconds = std::round(*number * static_cast<double>(microseconds_per_unit));
  if (!(std::abs(microseconds) < 9.2e18)) return std::nullopt;
  return base::Duration{static_cast<std::int64_t>(microseconds)};
}

bool is_scalar(const Spelling& spelling) {
  return (spelling.shape == Shape::bare || spelling.shape == Shape::text) && !spelling.broken;
}

std::string_view inner_text(const Spelling& spelling) {
  if (!spelling.padded) return spelling.text;
  std::string_view text = spelling.text;
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace muster::ingest
