// SPDX-License-Identifier: Apache-2.0
// Readers for the commonest spellings of values. Each takes only what read_value takes, too, and to the same value;
// where it gives nothing, nothing is said: read_value decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace muster::ingest {

// A JSON number without point and exponent, of up to 18 digits.
inline std::optional<std::int64_t> quick_integer(std::string_view token) {
  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  if (token.empty() || token.size() > 18 || (token.front() == '0' && token.size() > 1)) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : token) {
    const auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return std::nullopt;
    value = value * 10 + static_cast<std::int64_t>(digit);
  }
  return negative ? -value : value;
}

// A JSON number without exponent whose digits are a double without rounding: then one division rounds it right.
inline std::optional<double> quick_number(std::string_view token) {
  static constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  if (token.empty() || token.size() > 16) return std::nullopt;
  std::uint64_t digits = 0;
  std::size_t whole = 0, fraction = 0, at = 0;
  for (; at < token.size(); ++at, ++whole) {
    const auto digit = static_cast<unsigned>(token[at] - '0');
    if (digit > 9) break;
    digits = digits * 10 + digit;
  }
  if (whole == 0 || (token.front() == '0' && whole > 1)) return std::nullopt;
  if (at < token.size()) {
    if (token[at++] != '.') return std::nullopt;
    for (; at < token.size(); ++at, ++fraction) {
      const auto digit = static_cast<unsigned>(token[at] - '0');
      if (digit > 9) return std::nullopt;
      digits = digits * 10 + digit;
    }
    if (fraction == 0) return std::nullopt;
  }
  if (whole + fraction > 15) return std::nullopt;
  const double value = static_cast<double>(digits) / kPowers[fraction];
  return negative ? -value : value;
}

// The first so many bytes are digits, and this is their number; above 9999 where they are not.
inline unsigned quick_digits(const char* text, int count) {
  unsigned value = 0, broken = 0;
  for (int at = 0; at < count; ++at) {
    const auto digit = static_cast<unsigned>(static_cast<unsigned char>(text[at])) - '0';
    broken |= static_cast<unsigned>(digit > 9);
    value = value * 10 + digit;
  }
  return broken != 0 ? 10'000 : value;
}

// 2026-11-23
inline std::optional<base::Date> quick_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const unsigned year = quick_digits(text.data(), 4), month = quick_digits(text.data() + 5, 2),
                 day = quick_digits(text.data() + 8, 2);
  if (year > 9999 || month > 12 || day > 31) return std::nullopt;
  return base::make_date({static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)});
}

// 2026-11-23T10:00:00Z
inline std::optional<base::Instant> quick_time(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = quick_date(text.substr(0, 10));
  const unsigned hour = quick_digits(text.data() + 11, 2), minute = quick_digits(text.data() + 14, 2),
                 second = quick_digits(text.data() + 17, 2);
  if (!date || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t seconds = (hour * 60 + minute) * 60 + second;
  return base::Instant{base::start_of(*date).microseconds + seconds * base::kMicrosecondsPerSecond};
}

// Texts that are numbered: an enum's spellings, the literals of a column.
class TextCodes {
 public:
  // Of equal texts the first counts.
  void add(std::string_view text, std::uint32_t code);
  // To be called when all have been added.
  void close();

  std::optional<std::uint32_t> find(std::string_view text) const {
    if (places_.empty()) return std::nullopt;
    const std::uint64_t head = head_of(text);
    for (std::size_t at = place(head, text.size());; at = (at + 1) & (places_.size() - 1)) {
      const std::uint32_t entry = places_[at];
      if (entry == kNone) return std::nullopt;
      const Entry& known = entries_[entry];
      if (known.head == head && known.text.size() == text.size() &&
          (text.size() <= 8 || std::memcmp(known.text.data(), text.data(), text.size()) == 0))
        return known.code;
    }
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  struct Entry {
    std::uint64_t head = 0;
    std::uint32_t code = 0;
    std::string text;
  };

  // Of up to 8 bytes all, so that two such texts of one size are equal where these are.
  static std::uint64_t head_of(std::string_view text) {
    const std::size_t size = text.size();
    std::uint64_t head = 0;
    if (size >= 8) {
      std::memcpy(&head, text.data(), 8);
    } else if (size >= 4) {
      std::uint32_t low = 0, high = 0;
      std::memcpy(&low, text.data(), 4);
      std::memcpy(&high, text.data() + size - 4, 4);
      head = low | std::uint64_t{high} << 32;
    } else {
      for (std::size_t at = 0; at < size; ++at) head = head << 8 | static_cast<unsigned char>(text[at]);
    }
    return head;
  }
  std::size_t place(std::uint64_t head, std::size_t size) const {
    return static_cast<std::size_t>(((head + size) * 0x9E3779B97F4A7C15u) >> 32) & (places_.size() - 1);
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> places_;  // a power of two
};

}  // namespace muster::ingest
