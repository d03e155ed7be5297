// SPDX-License-Identifier: Apache-2.0
#include "compiler/types/literal.h"

#include <cctype>

#include "base/calendar.h"
#include "base/number_text.h"
#include "base/version_number.h"

namespace muster::types {

namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// Digits with `_` between digits and at most one point with digits on both sides: without the `_`.
std::optional<std::string> plain_digits(std::string_view text) {
  std::string plain;
  if (!text.empty() && text.front() == '-') {
    plain += '-';
    text.remove_prefix(1);
  }
  bool point = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = i > 0 && is_digit(text[i - 1]) && i + 1 < text.size() && is_digit(text[i + 1]);
    if (is_digit(text[i])) {
      plain += text[i];
    } else if (text[i] == '_' && between) {
      continue;
    } else if (text[i] == '.' && between && !point) {
      plain += '.';
      point = true;
    } else {
      return std::nullopt;
    }
  }
  if (plain.empty() || plain == "-") return std::nullopt;
  return plain;
}

std::optional<Scalar> integer(std::string_view text) {
  const auto plain = plain_digits(text);
  if (!plain || plain->find('.') != std::string::npos) return std::nullopt;
  if (const auto value = base::parse_integer(*plain)) return Scalar(*value);
  return std::nullopt;
}

// JSON's number form has no leading zeros, a literal may.
std::optional<double> decimal(std::string_view text) {
  auto plain = plain_digits(text);
  if (!plain) return std::nullopt;
  const std::size_t sign = plain->front() == '-' ? 1 : 0;
  while (plain->size() > sign + 1 && (*plain)[sign] == '0' && is_digit((*plain)[sign + 1])) plain->erase(sign, 1);
  return base::parse_number(*plain);
}

template <typename Value>
std::optional<Scalar> scalar_of(const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  return Scalar(*value);
}

// `4 hours`, `-2 days`: ISO 8601's forms are for evidence.
bool is_number_with_unit(std::string_view text) {
  return !text.empty() && (is_digit(text.front()) || text.front() == '-');
}

}  // namespace

std::optional<Scalar> read_literal(const Table& table, TypeId type, std::string_view text) {
  switch (table.kind(type)) {
    case Kind::boolean:
      if (text == "true") return Scalar(true);
      if (text == "false") return Scalar(false);
      return std::nullopt;
    case Kind::integer: return integer(text);
    case Kind::number: return scalar_of(decimal(text));
    case Kind::percent: {
      if (text.empty() || text.back() != '%') return std::nullopt;
      const auto points = decimal(text.substr(0, text.size() - 1));
      if (!points) return std::nullopt;
      return Scalar(Percent{*points});
    }
    case Kind::text: return Scalar(std::string(text));
    case Kind::date: return scalar_of(base::parse_date(text));
    case Kind::time: {
      if (text.find_first_of("T") == std::string_view::npos) return std::nullopt;
      const auto parsed = base::parse_instant(text);
      if (!parsed) return std::nullopt;
      return Scalar(parsed->instant);
    }
    case Kind::duration: return is_number_with_unit(text) ? scalar_of(base::parse_duration(text)) : std::nullopt;
    case Kind::period: return is_number_with_unit(text) ? scalar_of(base::parse_period(text)) : std::nullopt;
    case Kind::version:
      return text.find('.') == std::string_view::npos ? std::nullopt : scalar_of(base::parse_version(text));
    case Kind::enumeration: {
      const auto member = table.enum_of(type).find(text);
      if (!member) return std::nullopt;
      return Scalar(EnumMember{*member});
    }
    case Kind::record:
    case Kind::list:
    case Kind::optional:
    case Kind::error: return std::nullopt;
  }
  return std::nullopt;
}

// A value may be shown in a form that no literal has: a version of one number, a number with an exponent.
std::optional<Scalar> read_shown(const Table& table, TypeId type, std::string_view text) {
  if (auto literal = read_literal(table, type, text)) return literal;
  switch (table.kind(type)) {
    case Kind::number: return scalar_of(base::parse_number(text));
    case Kind::percent: {
      if (!text.ends_with('%')) return std::nullopt;
      const auto points = base::parse_number(text.substr(0, text.size() - 1));
      if (!points) return std::nullopt;
      return Scalar(Percent{*points});
    }
    case Kind::version: return scalar_of(base::parse_version(text));
    case Kind::boolean:
    case Kind::integer:
    case Kind::text:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
    case Kind::period:
    case Kind::enumeration:
    case Kind::record:
    case Kind::list:
    case Kind::optional:
    case Kind::error: return std::nullopt;
  }
  return std::nullopt;
}

std::string literal_form(const Table& table, TypeId type) {
  switch (table.kind(type)) {
    case Kind::boolean: return "`true` or `false`";
    case Kind::integer: return "an int, as `12`";
    case Kind::number: return "a number, as `1.5`";
    case Kind::percent: return "a percent, as `80%`";
    case Kind::text: return "a text";
    case Kind::date: return "a date, as `2026-11-23`";
    case Kind::time: return "a time, as `2026-11-23T10:00:00Z`";
    case Kind::duration: return "a duration, as `4 hours`";
    case Kind::period: return "a period, as `6 months`";
    case Kind::version: return "a version, as `v1.21`";
    case Kind::enumeration: {
      std::string names;
      for (const auto& member : table.enum_of(type).names) names += (names.empty() ? "`" : ", `") + member.name + "`";
      return "one of " + names;
    }
    case Kind::record:
    case Kind::list:
    case Kind::optional:
    case Kind::error: return table.name(type);
  }
  return {};
}

}  // namespace muster::types
