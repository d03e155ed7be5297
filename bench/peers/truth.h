// SPDX-License-Identifier: Apache-2.0
// Three truth values for the peers in C++, without branches: bit 0 says true, bit 1 false, neither unknown. The
// criteria that spellings.py writes call these functions.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

using Truth = std::uint8_t;
constexpr Truth kTrue = 1;
constexpr Truth kFalse = 2;

// What a field holds if nobody knows.
using Rank = std::int8_t;
using Day = std::int32_t;
template <class Value>
constexpr Value kUnknown = std::numeric_limits<Value>::min();
template <>
inline constexpr Rank kUnknown<Rank> = -1;
template <>
inline constexpr double kUnknown<double> = std::numeric_limits<double>::quiet_NaN();

template <class Value>
bool is_known(Value value) {
  return value != kUnknown<Value>;
}
inline bool is_known(double value) { return !std::isnan(value); }

template <class Value>
Truth truth(Value value, bool holds) {
  return Truth(is_known(value)) << !holds;
}

template <class Value, class Limit>
Truth is(Value value, Limit other) {
  return truth(value, value == Value(other));
}
template <class Value, class Limit>
Truth is_not(Value value, Limit other) {
  return truth(value, value != Value(other));
}
template <class Value, class Limit>
Truth less(Value value, Limit limit) {
  return truth(value, value < Value(limit));
}
template <class Value, class Limit>
Truth at_most(Value value, Limit limit) {
  return truth(value, value <= Value(limit));
}
template <class Value, class Limit>
Truth more(Value value, Limit limit) {
  return truth(value, value > Value(limit));
}
template <class Value, class Limit>
Truth at_least(Value value, Limit limit) {
  return truth(value, value >= Value(limit));
}
// `ranks` has a bit for each that is meant.
inline Truth among(Rank rank, unsigned ranks) { return truth(rank, ranks >> (rank & 31) & 1); }

inline Truth both(Truth a, Truth b) { return (a & b & 1) | ((a | b) & 2); }
inline Truth either(Truth a, Truth b) { return ((a | b) & 1) | (a & b & 2); }
inline Truth opposite(Truth a) { return (a & 1) << 1 | a >> 1; }

template <std::size_t kCount>
Rank rank_of(std::string_view word, const std::string_view (&words)[kCount]) {
  for (std::size_t rank = 0; rank < kCount; ++rank)
    if (words[rank] == word) return Rank(rank);
  return kUnknown<Rank>;
}

// Of `2026-11-23`. The shapes that these peers read have only days that there are.
inline Day day_number(std::string_view text) {
  if (text.size() != 10) return kUnknown<Day>;
  const auto digits = [&](int from, int count) {
    int number = 0;
    for (int index = from; index < from + count; ++index) number = number * 10 + (text[index] - '0');
    return number;
  };
  int year = digits(0, 4);
  const int month = digits(5, 2);
  // Years that begin in March, so that the day which may be missing is their last.
  year -= month <= 2;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + digits(8, 2) - 1;
  return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}
