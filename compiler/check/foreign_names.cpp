// SPDX-License-Identifier: Apache-2.0
#include "compiler/check/foreign_names.h"

#include <array>

namespace muster::check {
namespace {

// startsWith, starts_with and STARTSWITH are one name.
std::string plain(std::string_view name) {
  std::string letters;
  for (const char letter : name) {
    if (letter == '_') continue;
    letters.push_back(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter);
  }
  return letters;
}

// `$0` and `$1` stand for the first two arguments.
struct Call {
  std::string_view name;
  std::string_view of_list;
  std::string_view of_text;
  std::string_view of_other;
};

constexpr Call always(std::string_view name, std::string_view written) { return {name, written, written, written}; }

constexpr std::array kCalls = {
    always("today", "today"),
    always("now", "now"),
    always("currentdate", "today"),
    always("getdate", "today"),
    Call{"len", "size($0)", "length($0)", "size($0)"},
    Call{"length", "size($0)", "length($0)", "length($0)"},
    Call{"size", "size($0)", "length($0)", "size($0)"},
    Call{"count", "size($0)", "length($0)", "size($0)"},
    Call{"isempty", "size($0) == 0", "$0 == \"\"", "$0 is absent"},
    Call{"empty", "size($0) == 0", "$0 == \"\"", "$0 is absent"},
    Call{"first", "first(x in $0)", "", ""},
    Call{"last", "latest(x in $0 by VALUE)", "", ""},
    always("any", "any x in $0: CONDITION"),
    always("some", "any x in $0: CONDITION"),
    Call{"exists", "any x in $0: CONDITION", "$0 is present", "$0 is present"},
    always("all", "all x in $0: CONDITION"),
    always("every", "all x in $0: CONDITION"),
    always("none", "no x in $0: CONDITION"),
    Call{"sum", "sum(x in $0: VALUE)", "", ""},
    Call{"max", "max(x in $0: VALUE)", "", ""},
    Call{"min", "min(x in $0: VALUE)", "", ""},
    always("filter", "any x in $0 where CONDITION: ..."),
    always("contains", "$0 contains $1"),
    always("includes", "$0 contains $1"),
    always("has", "$0 contains $1"),
    always("startswith", "$0 starts with $1"),
    always("endswith", "$0 ends with $1"),
    always("matches", "$0 matches r\"...\""),
    always("match", "$0 matches r\"...\""),
    always("regex", "$0 matches r\"...\""),
    always("in", "$0 in $1"),
    always("known", "$0 is known"),
    always("isknown", "$0 is known"),
    always("unknown", "$0 is unknown"),
    always("isunknown", "$0 is unknown"),
    always("present", "$0 is present"),
    always("ispresent", "$0 is present"),
    always("absent", "$0 is absent"),
    always("isabsent", "$0 is absent"),
    always("isnull", "$0 is absent"),
    always("isnone", "$0 is absent"),
    always("defined", "$0 is present"),
    always("coalesce", "$0 ?? $1"),
    always("ifnull", "$0 ?? $1"),
    always("tolower", "lower($0)"),
    always("lowercase", "lower($0)"),
    always("toupper", "upper($0)"),
    always("uppercase", "upper($0)"),
    always("strip", "trim($0)"),
    always("datediff", "$0 - $1"),
    always("between", "$0 in $1..$2"),
    always("float", "number($0)"),
    always("str", "text($0)"),
    always("string", "text($0)"),
};

struct Name {
  std::string_view name;
  std::string_view help;
};

constexpr std::string_view kAbsent = "to ask whether there is none, write `x is absent`";
constexpr std::string_view kField = "fields of the subject are named without anything before them";

constexpr std::array kValues = {
    Name{"null", kAbsent},
    Name{"nil", kAbsent},
    Name{"undefined", kAbsent},
    Name{"yes", "write `true`"},
    Name{"no", "write `false`"},
    Name{"on", "write `true`"},
    Name{"off", "write `false`"},
    Name{"true", "write `true`"},
    Name{"false", "write `false`"},
    Name{"none", kAbsent},
    Name{"one", "write `1`"},
    Name{"two", "write `2`"},
    Name{"three", "write `3`"},
    Name{"currentdate", "write `today`"},
    Name{"currenttime", "write `now`"},
    Name{"currenttimestamp", "write `now`"},
    Name{"self", kField},
    Name{"this", kField},
    Name{"subject", kField},
    Name{"default", "write `else => ...`"},
    Name{"otherwise", "write `else => ...`"},
    Name{"", "write `else => ...`"},  // only underscores
};

}  // namespace

std::string help_for_call(std::string_view name, Applied applied, const std::vector<std::string>& arguments) {
  const std::string wanted = plain(name);
  for (const Call& call : kCalls) {
    if (call.name != wanted) continue;
    const std::string_view pattern = applied == Applied::to_list   ? call.of_list
                                     : applied == Applied::to_text ? call.of_text
                                                                   : call.of_other;
    if (pattern.empty()) return {};
    std::string help = "write `";
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] != '$') {
        help.push_back(pattern[at]);
        continue;
      }
      const auto argument = static_cast<std::size_t>(pattern[++at] - '0');
      help += argument < arguments.size() ? arguments[argument] : "...";
    }
    return help + "`";
  }
  return {};
}

std::string help_for_value(std::string_view name) {
  const std::string wanted = plain(name);
  for (const Name& each : kValues)
    if (each.name == wanted) return std::string(each.help);
  return {};
}

bool means_absent(std::string_view name) { return help_for_value(name) == kAbsent; }

bool means_else(std::string_view name) { return help_for_value(name).find("else") != std::string::npos; }

}  // namespace muster::check
