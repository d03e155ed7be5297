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

// Eight digits at once: the first is the lowest byte.
inline bool are_digits(std::uint64_t eight) {
  return ((eight & 0xF0F0F0F0F0F0F0F0u) | (((eight + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) >> 4)) ==
         0x3333333333333333u;
}
// Their four numbers of two digits, 16 bits each.
inline std::uint64_t pairs_of(std::uint64_t eight) {
  return ((eight & 0x0F0F0F0F0F0F0F0Fu) * 2561 >> 8) & 0x00FF00FF00FF00FFu;
}
inline std::uint64_t number_of(std::uint64_t eight) {
  const std::uint64_t fours = (pairs_of(eight) * 6553601 >> 16) & 0x0000FFFF0000FFFFu;
  return fours * 42949672960001u >> 32;
}
inline std::uint64_t load_eight(const char* text) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, text, 8);
  return eight;
}

// A JSON number without point and exponent, of up to 18 digits. 8 bytes may be read from its beginning.
inline std::optional<std::int64_t> quick_integer(std::string_view token) {
  if (!token.empty() && token.size() <= 8 && token.front() != '-' && (token.front() != '0' || token.size() == 1)) {
    const std::uint64_t shift = (8 - token.size()) * 8;
    const std::uint64_t eight =
        load_eight(token.data()) << shift | (0x3030303030303030u & ~(~std::uint64_t{0} << shift));
    if (!are_digits(eight)) return std::nullopt;
    return static_cast<std::int64_t>(number_of(eight));
  }
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

constexpr std::uint64_t kEveryByte = 0x0101010101010101u;

// The highest bit of the first byte that is `c`, perhaps bits above it, and none below; 0 where there is no such byte.
inline std::uint64_t bytes_that_are(char c, std::uint64_t eight) {
  const std::uint64_t zero = eight ^ kEveryByte * static_cast<unsigned char>(c);
  return (zero - kEveryByte) & ~zero & (kEveryByte << 7);
}

// Of a text of mostly some ten bytes, for which a call would take longer than the search. 8 bytes may be read from its
// beginning.
inline bool has_backslash(std::string_view text) {
  if (text.size() < 8) {
    const std::uint64_t inside = ~(~std::uint64_t{0} << text.size() * 8);
    return bytes_that_are('\\', load_eight(text.data()) & inside) != 0;
  }
  for (std::size_t at = 0; at + 8 < text.size(); at += 8) {
    if (bytes_that_are('\\', load_eight(text.data() + at)) != 0) return true;
  }
  return bytes_that_are('\\', load_eight(text.data() + text.size() - 8)) != 0;
}

inline constexpr double kQuickPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

// As quick_number, digit by digit.
std::optional<double> quick_long_number(std::string_view token);

// A JSON number without exponent whose digits are a double without rounding: then one division rounds it right. 8 bytes
// may be read from its beginning.
inline std::optional<double> quick_number(std::string_view token) {
  if (token.empty() || token.size() > 8 || token.front() == '-') return quick_long_number(token);
  // All at once: how many digits there are is as good as random. Behind zeros, and without the point.
  const std::size_t missing = 8 - token.size();
  constexpr std::uint64_t kZeros = kEveryByte * '0';
  const std::uint64_t before = ~(~std::uint64_t{0} << missing * 8);
  std::uint64_t eight = load_eight(token.data()) << missing * 8 | (kZeros & before);
  std::size_t whole = token.size(), fraction = 0;
  if (const std::uint64_t point = bytes_that_are('.', eight); point != 0) {
    const auto bit = static_cast<unsigned>(__builtin_ctzll(point)) - 7;
    fraction = 7 - bit / 8;
    whole -= fraction + 1;
    const std::uint64_t below = (std::uint64_t{1} << bit) - 1;
    eight = (eight & ~below & ~(std::uint64_t{0xFF} << bit)) | (eight & below) << 8 | '0';
    if (fraction == 0) return std::nullopt;
  }
  if (!are_digits(eight) || whole == 0 || (token.front() == '0' && whole > 1)) return std::nullopt;
  return static_cast<double>(number_of(eight)) / kQuickPowers[fraction];
}

// Days before each year and month, for the years that dates are mostly of.
struct QuickCalendar {
  static constexpr std::int32_t kFirstYear = 1900, kYears = 256;

  constexpr QuickCalendar() {
    constexpr std::int32_t kDaysTo1970 = 719'162;
    constexpr std::uint8_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (std::int32_t at = 0; at < kYears; ++at) {
      const std::int32_t year = kFirstYear + at, before = year - 1;
      leap[at] = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 1 : 0;
      year_begins[at] = before * 365 + before / 4 - before / 100 + before / 400 - kDaysTo1970;
    }
    for (int kind = 0; kind < 2; ++kind) {
      std::uint16_t day = 0;
      for (int month = 1; month <= 12; ++month) {
        month_begins[kind][month] = day;
        days[kind][month] = static_cast<std::uint8_t>(kDays[month - 1] + (kind == 1 && month == 2 ? 1 : 0));
        day = static_cast<std::uint16_t>(day + days[kind][month]);
      }
    }
  }

  std::int32_t year_begins[kYears] = {};
  std::uint8_t leap[kYears] = {};
  std::uint16_t month_begins[2][16] = {};  // in a year, a leap year; by month, from 1
  std::uint8_t days[2][16] = {};           // 0: no such month
};
inline constexpr QuickCalendar kQuickCalendar;

// 2026-11-23. Written so that what is not known before is calculated, not branched upon.
inline std::optional<base::Date> quick_date(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const std::uint64_t first = load_eight(text.data());
  std::uint16_t last = 0;
  std::memcpy(&last, text.data() + 8, 2);
  const std::uint64_t eight =
      (first & 0xFFFFFFFFu) | (first >> 40 & 0xFFFFu) << 32 | static_cast<std::uint64_t>(last) << 48;
  constexpr std::uint64_t kHyphens = 0x2D00002D00000000u;
  if ((first & 0xFF0000FF00000000u) != kHyphens || !are_digits(eight)) return std::nullopt;
  const std::uint64_t pairs = pairs_of(eight);
  const auto year = static_cast<std::uint32_t>((pairs & 0xFF) * 100 + (pairs >> 16 & 0xFF));
  const auto month = static_cast<std::uint32_t>(pairs >> 32 & 0xFF), day = static_cast<std::uint32_t>(pairs >> 48);
  const std::uint32_t of = year - QuickCalendar::kFirstYear;
  if (of >= QuickCalendar::kYears || month > 12) return std::nullopt;
  const std::uint8_t leap = kQuickCalendar.leap[of];
  if (day - 1 >= kQuickCalendar.days[leap][month]) return std::nullopt;
  return base::Date{kQuickCalendar.year_begins[of] + kQuickCalendar.month_begins[leap][month] +
                    static_cast<std::int32_t>(day) - 1};
}

// 2026-11-23T10:00:00Z
inline std::optional<base::Instant> quick_time(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
    return std::nullopt;
  const auto date = quick_date(text.substr(0, 10));
  const auto two = [&](std::size_t at) {
    std::uint16_t digits = 0;
    std::memcpy(&digits, text.data() + at, 2);
    return std::uint64_t{digits};
  };
  const std::uint64_t eight = two(11) | two(14) << 16 | two(17) << 32 | std::uint64_t{0x3030} << 48;
  if (!date || !are_digits(eight)) return std::nullopt;
  const std::uint64_t pairs = pairs_of(eight);
  const auto hour = static_cast<std::int64_t>(pairs & 0xFF), minute = static_cast<std::int64_t>(pairs >> 16 & 0xFF),
             second = static_cast<std::int64_t>(pairs >> 32 & 0xFF);
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return base::Instant{date->days * base::kMicrosecondsPerDay +
                       ((hour * 60 + minute) * 60 + second) * base::kMicrosecondsPerSecond};
}

// 2026-11-23T23:30:00-05:00: the day there.
inline std::optional<base::Date> quick_day_of_time(std::string_view text) {
  if (text.size() != 25 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[22] != ':' ||
      (text[19] != '-' && text[19] != '+'))
    return std::nullopt;
  const auto date = quick_date(text.substr(0, 10));
  const auto two = [&](std::size_t at, int limit) {
    const int tens = text[at] - '0', ones = text[at + 1] - '0';
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && tens * 10 + ones < limit;
  };
  if (!date || !two(11, 24) || !two(14, 60) || !two(17, 60) || !two(20, 24) || !two(23, 60)) return std::nullopt;
  return date;
}

// Texts that are numbered: an enum's spellings, the literals of a column, keys. Found at once, where that can be done:
// of some ways to mix their bytes it takes one that gives each a place of its own.
class TextCodes {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  TextCodes() : places_(8) {}

  // Of equal texts the first counts. The code isn't kNone.
  void add(std::string_view text, std::uint32_t code);

  bool has_backslash() const { return has_backslash_; }

  // kNone where it isn't there. 8 bytes may be read from the text's beginning.
  std::uint32_t find(std::string_view text) const {
    const Ends ends = ends_of(text);
    const std::size_t at = place(ends);
    const Entry& known = places_[at & (places_.size() - 1)];
    if (known.ends.differs(ends) == 0 && ends.size <= 16) return known.code;
    return find_from(at, ends, text);
  }

 private:
  // Its first 8 bytes and its last 8, which are all of up to 16. What isn't there is 0.
  struct Ends {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t size = ~std::uint64_t{0};  // no text's

    std::uint64_t differs(const Ends& other) const {
      return (first ^ other.first) | (last ^ other.last) | (size ^ other.size);
    }
  };
  struct Entry {
    Ends ends;
    std::uint32_t code = kNone;
    std::uint32_t text = 0;
  };

  // Without a branch: which texts are short is as good as random.
  static Ends ends_of(std::string_view text) {
    static constexpr std::uint64_t kAll = ~std::uint64_t{0};
    const std::size_t size = text.size();
    const bool is_short = size < 8;
    const std::uint64_t kept = is_short ? ~(kAll << (size * 8 & 63)) : kAll;
    return {load_eight(text.data()) & kept, load_eight(text.data() + (is_short ? 0 : size - 8)) & (is_short ? 0 : kAll),
            size};
  }
  // Every bit counts in the lower half, and every bit of that in the upper half of the product.
  std::size_t place(const Ends& ends) const {
    const std::uint64_t all = ends.first ^ (ends.last << 23 | ends.last >> 41) ^ ends.size << 7;
    return static_cast<std::size_t>((all ^ all >> 32) * mix_ >> 40);
  }
  bool enter(std::uint32_t text);
  std::uint32_t find_from(std::size_t at, const Ends& ends, std::string_view text) const;

  std::vector<std::string> texts_;
  std::vector<std::uint32_t> codes_;
  std::vector<Entry> places_;  // a power of two, most of them free
  std::uint64_t mix_ = 0x9E3779B97F4A7C15u;
  bool is_settled_ = false;     // until there are more places, it isn't tried again to give each its own
  bool has_backslash_ = false;  // in any text
};

}  // namespace muster::ingest
