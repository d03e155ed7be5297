// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/comparison.h"

#include "runtime/report/comparison_formats.h"

namespace muster::report {

namespace {

struct Format {
  const char* name;
  std::unique_ptr<ComparisonWriter> (*make)(const ComparisonContext&, std::ostream&);
};
constexpr Format kFormats[] = {
    {"text", make_comparison_text}, {"json", make_comparison_json}, {"markdown", make_comparison_markdown}};

}  // namespace

std::vector<std::string> comparison_format_names() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::unique_ptr<ComparisonWriter> make_comparison_writer(const std::string& format, const ComparisonContext& context,
                                                         std::ostream& out) {
  for (const Format& known : kFormats) {
    if (known.name == format) return known.make(context, out);
  }
  return nullptr;
}

}  // namespace muster::report
