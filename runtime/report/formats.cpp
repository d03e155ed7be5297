// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/formats.h"

#include <array>
#include <string_view>

namespace muster::report {

namespace {

struct Format {
  std::string_view name;
  std::unique_ptr<Writer> (*make)(const Context&, const Selection&, std::ostream&);
  verdicts::Need most;  // that it needs of any subject
};

constexpr std::array<Format, 5> kFormats{{
    {"table", make_table, verdicts::Need::reasons},
    {"summary", make_summary, verdicts::Need::nothing},
    {"ndjson", make_ndjson, verdicts::Need::reasons},
    {"json", make_json, verdicts::Need::reasons},
    {"csv", make_csv, verdicts::Need::result},
}};

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const auto& format : kFormats) names.emplace_back(format.name);
  return names;
}

verdicts::Need most_needed(const std::string& format) {
  for (const auto& known : kFormats) {
    if (known.name == format) return known.most;
  }
  return verdicts::Need::reasons;
}

std::unique_ptr<Writer> make_writer(const std::string& format, const Context& context, const Selection& selection,
                                    std::ostream& out) {
  for (const auto& known : kFormats) {
    if (known.name == format) return known.make(context, selection, out);
  }
  return nullptr;
}

}  // namespace muster::report
