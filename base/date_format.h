// SPDX-License-Identifier: Apache-2.0
// Dates and times read by a format of strptime's kind, in no locale: names of months and days are English, in any
// case, in full or their first three letters.
//
//   %Y year of four digits   %y of two: 69 to 99 are 19.., 00 to 68 are 20..
//   %m month   %b %B %h its name   %d %e day   %j day of the year   %a %A name of the day
//   %H hour   %I hour of twelve, with %p AM or PM   %M minute   %S second   %f fraction of a second, 1 to 9 digits
//   %z offset: +0200, +02:00, +02, Z
//   %F %Y-%m-%d   %T %H:%M:%S   %R %H:%M   %D %m/%d/%y   %% a percent sign
//
// Numbers but %Y may have fewer digits, unless another number stands right beside them. A blank in the format stands
// for any number of blanks, none too; anything else for itself. The whole text must fit, the day must exist, and
// nothing may contradict it: a day of the week, a day of the year.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.h"

namespace muster::base {

// What is wrong with a format, if anything: a directive that doesn't exist or says the same
// as another, no way to tell the day.
// In words for a message: "`%Q` is no directive".
std::optional<std::string> format_error(std::string_view format);

// Of a format without error. Without a time of day it is 00:00, without an offset UTC.
std::optional<ParsedInstant> parse_with_format(std::string_view text, std::string_view format);

}  // namespace muster::base
