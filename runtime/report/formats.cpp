// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/formats.h"

#include <array>
#include <string_view>

namespace muster::report {

namespace {

struct Format {
  std::string_view name;
  std::unique_ptr<Writer> (*make)(const Context&, const Selection&, std::ostream&);
};

constexpr std::array<Format, 5> kFormats{{
    {"table", make_table},
    {"summary", make_summary},
    {"ndjson", make_ndjson},
    {"json", make_json},
    {"csv", make_csv},
}};

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::unique_ptr<Writer> make_writer(const std::string& format, const Context& context, const Selection& selection,
                                    std::ostream& out) {
  for (const auto& known : kFormats) {
    if (known.name == format) return known.make(context, selection, out);
  }
  return nullptr;
}

}  // namespace muster::report
