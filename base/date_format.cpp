// SPDX-License-Identifier: Apache-2.0
#include "base/date_format.h"

#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace muster::base {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

// What the directives have said.
struct Fields {
  int year = 0;
  std::optional<int> month, day, day_of_year;
  std::optional<int> weekday;  // from 1, a Monday
  int hour = 0, minute = 0, second = 0;
  std::int64_t microsecond = 0;
  bool twelve_hours = false;
  std::optional<bool> afternoon;
  int offset_minutes = 0;
};

// Short forms are read as what they stand for.
std::string_view expansion(char directive) {
  switch (directive) {
    case 'F': return "%Y-%m-%d";
    case 'T': return "%H:%M:%S";
    case 'R': return "%H:%M";
    case 'D': return "%m/%d/%y";
  }
  return {};
}

bool is_directive(char c) { return std::string_view("YmbBhdejyaAHIpMSfz%FTRD").find(c) != std::string_view::npos; }

bool is_number(char c) { return std::string_view("YymdejHIMSfFTRD").find(c) != std::string_view::npos; }

// Directives that say the same thing.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kOnce = {{{"Yy", "year"},
                                                                                  {"mbBh", "month"},
                                                                                  {"de", "day"},
                                                                                  {"j", "day of the year"},
                                                                                  {"aA", "name of the day"},
                                                                                  {"HI", "hour"},
                                                                                  {"p", "half of the day"},
                                                                                  {"M", "minute"},
                                                                                  {"S", "second"},
                                                                                  {"f", "fraction"},
                                                                                  {"z", "offset"}}};

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool read(std::string_view format) {
    for (std::size_t at = 0; at < format.size(); ++at) {
      const char c = format[at];
      if (is_blank(c)) {
        skip_blanks();
      } else if (c == '%' && at + 1 < format.size()) {
        const bool follows = at >= 2 && format[at - 2] == '%' && is_number(format[at - 1]);
        const bool is_followed = at + 3 < format.size() && format[at + 2] == '%' && is_number(format[at + 3]);
        least_digits_ = follows || is_followed ? 2 : 1;
        if (!directive(format[++at])) return false;
      } else if (!literal(c)) {
        return false;
      }
    }
    return true;
  }

  bool at_end() const { return rest_.empty(); }
  const Fields& fields() const { return fields_; }

 private:
  bool directive(char c) {
    switch (c) {
      case 'Y': return number(4, 4, 1, 9999, fields_.year);
      case 'y': return short_year();
      case 'm': return number(least_digits_, 2, 1, 12, fields_.month.emplace());
      case 'b':
      case 'B':
      case 'h': return name(kMonths, fields_.month.emplace());
      case 'd':
      case 'e': return number(least_digits_, 2, 1, 31, fields_.day.emplace());
      case 'j': return number(least_digits_ + (least_digits_ > 1 ? 1 : 0), 3, 1, 366, fields_.day_of_year.emplace());
      case 'a':
      case 'A': return name(kDays, fields_.weekday.emplace());
      case 'H': return number(least_digits_, 2, 0, 23, fields_.hour);
      case 'I': fields_.twelve_hours = true; return number(least_digits_, 2, 1, 12, fields_.hour);
      case 'p': return half_of_day();
      case 'M': return number(least_digits_, 2, 0, 59, fields_.minute);
      case 'S': return number(least_digits_, 2, 0, 59, fields_.second);
      case 'f': return fraction();
      case 'z': return offset();
      case '%': return literal('%');
    }
    const std::string_view longer = expansion(c);
    return !longer.empty() && read(longer);
  }

  bool literal(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  bool number(std::size_t least_digits, std::size_t most_digits, int low, int high, int& value) {
    std::size_t digits = 0;
    value = 0;
    while (digits < most_digits && digits < rest_.size() && is_digit(rest_[digits]))
      value = value * 10 + (rest_[digits++] - '0');
    if (digits < least_digits || value < low || value > high) return false;
    rest_.remove_prefix(digits);
    return true;
  }

  bool short_year() {
    if (!number(2, 2, 0, 99, fields_.year)) return false;
    fields_.year += fields_.year >= 69 ? 1900 : 2000;
    return true;
  }

  // In full or its first three letters; counted from 1.
  template <std::size_t N>
  bool name(const std::array<std::string_view, N>& names, int& value) {
    for (std::size_t at = 0; at < N; ++at) {
      for (std::string_view form : {names[at], names[at].substr(0, 3)}) {
        if (!begins_with(form)) continue;
        rest_.remove_prefix(form.size());
        value = static_cast<int>(at) + 1;
        return true;
      }
    }
    return false;
  }

  bool begins_with(std::string_view lower_case) const {
    if (rest_.size() < lower_case.size()) return false;
    for (std::size_t at = 0; at < lower_case.size(); ++at) {
      if (lower(rest_[at]) != lower_case[at]) return false;
    }
    return true;
  }

  bool half_of_day() {
    if (!begins_with("am") && !begins_with("pm")) return false;
    fields_.afternoon = begins_with("pm");
    rest_.remove_prefix(2);
    return true;
  }

  bool fraction() {
    std::size_t digits = 0;
    std::int64_t unit = 100'000;
    for (; digits < 9 && digits < rest_.size() && is_digit(rest_[digits]); ++digits, unit /= 10) {
      fields_.microsecond += (rest_[digits] - '0') * unit;
    }
    rest_.remove_prefix(digits);
    return digits > 0;
  }

  bool offset() {
    if (literal('Z') || literal('z')) return true;
    const bool west = rest_.starts_with('-');
    if (!west && !rest_.starts_with('+')) return false;
    rest_.remove_prefix(1);
    int hours = 0, minutes = 0;
    if (!number(2, 2, 0, 23, hours)) return false;
    if (literal(':') || (!rest_.empty() && is_digit(rest_.front()))) {
      if (!number(2, 2, 0, 59, minutes)) return false;
    }
    fields_.offset_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
  }

  std::string_view rest_;
  Fields fields_;
  std::size_t least_digits_ = 1;  // beside another number nothing else says where one ends
};

std::optional<Date> day_of(const Fields& fields) {
  if (fields.month && fields.day) return make_date({fields.year, *fields.month, *fields.day});
  if (!fields.day_of_year) return std::nullopt;
  const auto first = make_date({fields.year, 1, 1});
  if (!first) return std::nullopt;
  const Date day{first->days + *fields.day_of_year - 1};
  if (!in_calendar(day) || civil(day).year != fields.year) return std::nullopt;
  return day;
}

// Day 0 of the calendar, 1970-01-01, was a Thursday.
bool contradicts(const Fields& fields, Date day) {
  const CivilDay date = civil(day);
  const auto weekday = static_cast<int>(((day.days + 3) % 7 + 7) % 7) + 1;
  return (fields.weekday && *fields.weekday != weekday) || (fields.month && *fields.month != date.month) ||
         (fields.day && *fields.day != date.day) ||
         (fields.day_of_year && day != Date{make_date({date.year, 1, 1})->days + *fields.day_of_year - 1});
}

int hour_of(const Fields& fields) {
  if (!fields.twelve_hours) return fields.hour;
  return fields.hour % 12 + (fields.afternoon.value_or(false) ? 12 : 0);
}

}  // namespace

std::optional<std::string> format_error(std::string_view format) {
  std::string seen;
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') continue;
    if (++at == format.size()) return "a `%` stands at its end";
    if (static_cast<unsigned char>(format[at]) >= 0x80) return "a `%` begins no directive";
    if (!is_directive(format[at])) return fmt::format("`%{}` is no directive", format[at]);
    seen += format[at];
    for (char c : expansion(format[at])) seen += c;
  }
  const auto has = [&seen](std::string_view any) { return seen.find_first_of(any) != std::string::npos; };
  for (const auto& [directives, what] : kOnce) {
    const auto first = seen.find_first_of(directives);
    if (first != std::string::npos && seen.find_first_of(directives, first + 1) != std::string::npos)
      return fmt::format("it has the {} twice", what);
  }
  if (has("I") != has("p")) return "`%I` and `%p` go together";
  if (!has("Yy")) return "it has no year (`%Y`)";
  if (!has("j") && !has("mbBh")) return "it has no month (`%m`)";
  if (!has("j") && !has("de")) return "it has no day (`%d`)";
  return std::nullopt;
}

std::optional<ParsedInstant> parse_with_format(std::string_view text, std::string_view format) {
  Reader reader(text);
  if (!reader.read(format) || !reader.at_end()) return std::nullopt;
  const Fields& fields = reader.fields();
  const auto day = day_of(fields);
  if (!day || contradicts(fields, *day)) return std::nullopt;
  const std::int64_t minutes = hour_of(fields) * 60 + fields.minute - fields.offset_minutes;
  const Duration time{(minutes * 60 + fields.second) * kMicrosecondsPerSecond + fields.microsecond};
  const auto instant = add(start_of(*day), time);
  if (!instant) return std::nullopt;
  return ParsedInstant{*instant, *day};
}

}  // namespace muster::base
