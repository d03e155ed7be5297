// SPDX-License-Identifier: Apache-2.0
#include "base/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace muster::base {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

std::string_view take_digits(std::string_view& rest) {
  auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  std::string_view digits = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(digits.size());
  return digits;
}

// A number of JSON in its pieces.
struct Pieces {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  std::int64_t exponent = 0;  // kept within ±kFarExponent, past which nothing changes
};

constexpr std::int64_t kFarExponent = 1'000'000'000'000;

std::optional<Pieces> take_apart(std::string_view text) {
  Pieces pieces;
  if (text.starts_with('-')) {
    pieces.negative = true;
    text.remove_prefix(1);
  }
  pieces.whole = take_digits(text);
  if (pieces.whole.empty() || (pieces.whole.size() > 1 && pieces.whole.front() == '0')) return std::nullopt;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    pieces.fraction = take_digits(text);
    if (pieces.fraction.empty()) return std::nullopt;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    bool down = text.starts_with('-');
    if (down || text.starts_with('+')) text.remove_prefix(1);
    std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    for (char digit : digits) pieces.exponent = std::min(kFarExponent, pieces.exponent * 10 + (digit - '0'));
    if (down) pieces.exponent = -pieces.exponent;
  }
  if (!text.empty()) return std::nullopt;
  return pieces;
}

// Whether the number is less than 1 in size, so that out of a double's range means too small, not too large.
bool is_fraction(const Pieces& pieces) {
  std::string_view whole = pieces.whole == "0" ? std::string_view() : pieces.whole;
  if (!whole.empty()) return static_cast<std::int64_t>(whole.size()) + pieces.exponent <= 0;
  std::size_t zeros = std::min(pieces.fraction.find_first_not_of('0'), pieces.fraction.size());
  return pieces.exponent - static_cast<std::int64_t>(zeros) <= 0;
}

// Magnitudes are gathered as negative numbers, which reach one further.
class Gatherer {
 public:
  bool take(char digit) {
    return !__builtin_mul_overflow(value_, std::int64_t{10}, &value_) &&
           !__builtin_sub_overflow(value_, std::int64_t{digit - '0'}, &value_);
  }

  std::optional<std::int64_t> result(bool negative) const {
    if (negative) return value_;
    if (value_ == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    return -value_;
  }

 private:
  std::int64_t value_ = 0;
};

std::optional<std::int64_t> whole_value(const Pieces& pieces) {
  std::string digits = std::string(pieces.whole) + std::string(pieces.fraction);
  std::int64_t exponent = pieces.exponent - static_cast<std::int64_t>(pieces.fraction.size());
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (digits.empty()) return 0;
  if (exponent < 0) return std::nullopt;
  // More than 19 zeros after a digit that isn't 0 are past 64 bits.
  if (exponent > 19) return std::nullopt;
  digits.append(static_cast<std::size_t>(exponent), '0');
  Gatherer gatherer;
  for (char digit : digits) {
    if (!gatherer.take(digit)) return std::nullopt;
  }
  return gatherer.result(pieces.negative);
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::optional<Pieces> pieces = take_apart(text);
  if (!pieces) return std::nullopt;
  double value = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc::result_out_of_range) {
    if (!is_fraction(*pieces)) return std::nullopt;
    return pieces->negative ? -0.0 : 0.0;
  }
  if (problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::string_view rest = text;
  bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  if (!rest.empty() && std::all_of(rest.begin(), rest.end(), is_digit)) {
    Gatherer gatherer;
    for (char digit : rest) {
      if (!gatherer.take(digit)) return std::nullopt;
    }
    return gatherer.result(negative);
  }
  std::optional<Pieces> pieces = take_apart(text);
  return pieces ? whole_value(*pieces) : std::nullopt;
}

std::string to_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return "0";
  // `-d.ddde±xx`, in the fewest digits that read back.
  char buffer[32];
  auto written = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
  std::string sign;
  if (text.front() == '-') {
    sign = "-";
    text.remove_prefix(1);
  }
  std::size_t mark = text.find('e');
  std::string digits(text.substr(0, 1));
  if (mark > 1) digits += text.substr(2, mark - 2);
  int exponent = 0;
  std::string_view exponent_text = text.substr(mark + 1);
  if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
  std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);

  int count = static_cast<int>(digits.size());
  int point = exponent + 1;  // the decimal point stands after so many digits
  if (point > 21 || point <= -6) {
    if (count > 1) digits.insert(1, ".");
    return sign + digits + "e" + (exponent < 0 ? "-" : "+") + std::to_string(std::abs(exponent));
  }
  if (point <= 0) return sign + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return sign + digits + std::string(static_cast<std::size_t>(point - count), '0');
  digits.insert(static_cast<std::size_t>(point), ".");
  return sign + digits;
}

}  // namespace muster::base
