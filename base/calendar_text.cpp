// SPDX-License-Identifier: Apache-2.0
// How days, instants, durations and periods are spelled.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/calendar.h"

namespace muster::base {

namespace {

using Wide = __int128;

// Takes a text apart from its beginning. A `take` that doesn't fit takes nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool next_is(char wanted) const { return rest_.starts_with(wanted); }

  bool take(char wanted) {
    if (!next_is(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_one_of(std::string_view wanted) {
    if (rest_.empty() || wanted.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Any number of digits, perhaps none.
  std::string_view take_digits() {
    std::size_t length = 0;
    while (length < rest_.size() && rest_[length] >= '0' && rest_[length] <= '9') ++length;
    std::string_view digits = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return digits;
  }

  // A number of exactly so many digits.
  std::optional<int> take_number(std::size_t length) {
    if (rest_.size() < length) return std::nullopt;
    int value = 0;
    for (char digit : rest_.substr(0, length)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      value = value * 10 + (digit - '0');
    }
    rest_.remove_prefix(length);
    return value;
  }

  std::string_view take_rest() { return std::exchange(rest_, {}); }

 private:
  std::string_view rest_;
};

struct Unit {
  std::string_view word;  // singular
  char letter;            // in ISO 8601's form
  std::int64_t size;      // in microseconds or months
};

constexpr std::int64_t kMinute = 60 * kMicrosecondsPerSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::array<Unit, 2> kDayUnits = {{{"week", 'W', 7 * kMicrosecondsPerDay}, {"day", 'D', kMicrosecondsPerDay}}};
constexpr std::array<Unit, 3> kTimeUnits = {
    {{"hour", 'H', kHour}, {"minute", 'M', kMinute}, {"second", 'S', kMicrosecondsPerSecond}}};
constexpr std::array<Unit, 2> kPeriodUnits = {{{"year", 'Y', 12}, {"month", 'M', 1}}};

constexpr Wide kTooLarge = Wide{1} << 100;

struct Decimal {
  Wide whole = 0;  // kTooLarge stands for everything past it
  Wide numerator = 0;
  Wide denominator = 1;
  bool has_fraction = false;
};

std::optional<Decimal> take_decimal(Reader& reader) {
  std::string_view digits = reader.take_digits();
  if (digits.empty()) return std::nullopt;
  Decimal decimal;
  for (char digit : digits) decimal.whole = std::min(kTooLarge, decimal.whole * 10 + (digit - '0'));
  if (!reader.take('.')) return decimal;
  digits = reader.take_digits();
  if (digits.empty()) return std::nullopt;
  decimal.has_fraction = true;
  // Past the fifteenth digit nothing reaches a microsecond of a week.
  for (char digit : digits.substr(0, 15)) {
    decimal.numerator = decimal.numerator * 10 + (digit - '0');
    decimal.denominator *= 10;
  }
  return decimal;
}

// Cut after microseconds. Nothing where it would be past 64 bits.
std::optional<std::int64_t> times(const Decimal& decimal, std::int64_t size) {
  if (decimal.whole > std::numeric_limits<std::int64_t>::max() / size) return std::nullopt;
  Wide product = decimal.whole * size + decimal.numerator * size / decimal.denominator;
  if (product > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(product);
}

// `1Y6M`: one or more units in the order of the table, each at most once, to the text's end or a `T`. Only the
// text's last may have a fraction. Adds to `total`.
template <std::size_t kCount>
bool take_components(Reader& reader, const std::array<Unit, kCount>& units, std::int64_t& total) {
  bool any = false;
  std::size_t next = 0;
  while (!reader.at_end() && !reader.next_is('T')) {
    std::optional<Decimal> decimal = take_decimal(reader);
    if (!decimal) return false;
    while (next < kCount && !reader.take(units[next].letter)) ++next;
    if (next == kCount) return false;
    std::optional<std::int64_t> part = times(*decimal, units[next].size);
    if (!part || __builtin_add_overflow(total, *part, &total)) return false;
    ++next;
    any = true;
    if (decimal->has_fraction) return reader.at_end();
  }
  return any;
}

// `4 hours`: a number, blanks and a unit's word, in the singular or the plural.
template <std::size_t kCount>
std::optional<std::int64_t> read_worded(Reader reader, const std::array<Unit, kCount>& units) {
  std::optional<Decimal> decimal = take_decimal(reader);
  if (!decimal || !reader.take(' ')) return std::nullopt;
  while (reader.take(' ')) {
  }
  std::string_view word = reader.take_rest();
  for (const Unit& unit : units) {
    if (word == unit.word || (word.ends_with('s') && word.substr(0, word.size() - 1) == unit.word)) {
      return times(*decimal, unit.size);
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_duration(Reader reader) {
  std::int64_t total = 0;
  if (!reader.take('P')) {
    std::optional<std::int64_t> days = read_worded(reader, kDayUnits);
    return days ? days : read_worded(reader, kTimeUnits);
  }
  if (!reader.next_is('T') && !take_components(reader, kDayUnits, total)) return std::nullopt;
  if (reader.take('T') && !take_components(reader, kTimeUnits, total)) return std::nullopt;
  if (!reader.at_end()) return std::nullopt;
  return total;
}

std::optional<std::int64_t> read_period(std::string_view text) {
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  Reader reader(text);
  std::int64_t total = 0;
  if (!reader.take('P')) return read_worded(reader, kPeriodUnits);
  if (!take_components(reader, kPeriodUnits, total) || !reader.at_end()) return std::nullopt;
  return total;
}

std::optional<Date> take_date(Reader& reader) {
  std::optional<int> year = reader.take_number(4);
  if (!year || !reader.take('-')) return std::nullopt;
  std::optional<int> month = reader.take_number(2);
  if (!month || !reader.take('-')) return std::nullopt;
  std::optional<int> day = reader.take_number(2);
  if (!day) return std::nullopt;
  return make_date({*year, *month, *day});
}

// `10:00`, `10:00:00`, `10:00:00.25`, from the day's beginning.
std::optional<Duration> take_time_of_day(Reader& reader) {
  std::optional<int> hour = reader.take_number(2);
  if (!hour || *hour > 23 || !reader.take(':')) return std::nullopt;
  std::optional<int> minute = reader.take_number(2);
  if (!minute || *minute > 59) return std::nullopt;
  Duration time{*hour * kHour + *minute * kMinute};
  if (!reader.take(':')) return time;
  std::optional<int> second = reader.take_number(2);
  if (!second || *second > 59) return std::nullopt;
  time.microseconds += *second * kMicrosecondsPerSecond;
  if (!reader.take('.')) return time;
  std::string_view digits = reader.take_digits();
  if (digits.empty()) return std::nullopt;
  std::int64_t worth = kMicrosecondsPerSecond / 10;
  for (char digit : digits) {
    time.microseconds += (digit - '0') * worth;
    worth /= 10;
  }
  return time;
}

// `Z`, `+02:00`, or nothing at the text's end, which is UTC.
std::optional<Duration> take_offset(Reader& reader) {
  if (reader.at_end() || reader.take_one_of("Zz")) return Duration{};
  bool west = reader.take('-');
  if (!west && !reader.take('+')) return std::nullopt;
  std::optional<int> hours = reader.take_number(2);
  if (!hours || *hours > 23 || !reader.take(':')) return std::nullopt;
  std::optional<int> minutes = reader.take_number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::int64_t offset = *hours * kHour + *minutes * kMinute;
  return Duration{west ? -offset : offset};
}

// The fraction that a number of microseconds below a second makes, without zeros at its end: `.25`, or nothing.
std::string fraction_text(std::int64_t microseconds) {
  if (microseconds == 0) return {};
  std::string text = fmt::format(".{:06}", microseconds);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string counted(std::string_view sign, std::uint64_t count, std::string_view unit) {
  return fmt::format("{}{} {}{}", sign, count, unit, count == 1 ? "" : "s");
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  Reader reader(text);
  std::optional<Date> date = take_date(reader);
  return reader.at_end() ? date : std::nullopt;
}

std::optional<ParsedInstant> parse_instant(std::string_view text) {
  Reader reader(text);
  std::optional<Date> date = take_date(reader);
  if (!date) return std::nullopt;
  if (reader.at_end()) return ParsedInstant{start_of(*date), *date};
  if (!reader.take_one_of("Tt ")) return std::nullopt;
  std::optional<Duration> time = take_time_of_day(reader);
  if (!time) return std::nullopt;
  std::optional<Duration> offset = take_offset(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  Instant instant{start_of(*date).microseconds + time->microseconds - offset->microseconds};
  if (!in_calendar(instant)) return std::nullopt;
  return ParsedInstant{instant, *date};
}

std::optional<Duration> parse_duration(std::string_view text) {
  bool negative = text.starts_with('-');
  std::optional<std::int64_t> microseconds = read_duration(Reader(text.substr(negative ? 1 : 0)));
  if (!microseconds) return std::nullopt;
  return Duration{negative ? -*microseconds : *microseconds};
}

std::optional<Period> parse_period(std::string_view text) {
  bool negative = text.starts_with('-');
  std::optional<std::int64_t> months = read_period(text.substr(negative ? 1 : 0));
  if (!months || *months > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return Period{static_cast<std::int32_t>(negative ? -*months : *months)};
}

std::string to_text(Date date) {
  CivilDay day = civil(date);
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

std::string to_text(Instant instant) {
  Date date = date_of(instant);
  std::int64_t time = instant.microseconds - start_of(date).microseconds;
  return fmt::format("{}T{:02}:{:02}:{:02}{}Z", to_text(date), time / kHour, time / kMinute % 60,
                     time / kMicrosecondsPerSecond % 60, fraction_text(time % kMicrosecondsPerSecond));
}

std::string to_text(Duration duration) {
  std::string_view sign = duration.microseconds < 0 ? "-" : "";
  // Unsigned, because the least duration has no positive counterpart.
  auto magnitude = static_cast<std::uint64_t>(duration.microseconds);
  if (duration.microseconds < 0) magnitude = 0 - magnitude;
  if (magnitude % kMicrosecondsPerDay == 0) return counted(sign, magnitude / kMicrosecondsPerDay, "day");
  for (const Unit& unit : kTimeUnits) {
    auto size = static_cast<std::uint64_t>(unit.size);
    if (magnitude % size == 0) return counted(sign, magnitude / size, unit.word);
  }
  return fmt::format("{}{}{} seconds", sign, magnitude / kMicrosecondsPerSecond,
                     fraction_text(static_cast<std::int64_t>(magnitude % kMicrosecondsPerSecond)));
}

std::string to_text(Period period) {
  std::string_view sign = period.months < 0 ? "-" : "";
  auto months = static_cast<std::uint64_t>(period.months < 0 ? -std::int64_t{period.months} : period.months);
  if (months != 0 && months % 12 == 0) return counted(sign, months / 12, "year");
  return counted(sign, months, "month");
}

}  // namespace muster::base
