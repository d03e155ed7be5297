// SPDX-License-Identifier: Apache-2.0
// `muster codes`: all diagnostics, or the page of one.
#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.h"
#include "base/unicode_text.h"
#include "cli/commands/command.h"
#include "docs/pages.h"

namespace muster::commands {

namespace {

std::string list_of_codes() {
  std::string text;
  for (const auto& code : base::all_codes()) {
    text += fmt::format("{}  {:<7}  {}\n", code.id, code.severity == base::Severity::error ? "error" : "warning",
                        code.title);
  }
  return text;
}

tl::expected<int, UsageError> run_codes(const Arguments& arguments, const Io& io) {
  if (arguments.positional().empty()) {
    io.out << list_of_codes();
    return kSuccess;
  }
  const std::string& written = arguments.positional().front();
  const std::string wanted = base::upper(written);
  const auto& pages = docs::code_pages();
  const auto page =
      std::find_if(pages.begin(), pages.end(), [&](const docs::Page& known) { return known.name == wanted; });
  if (page == pages.end()) {
    std::vector<std::string> names;
    for (const auto& known : pages) names.emplace_back(known.name);
    const std::string similar = did_you_mean(wanted, names);
    return tl::unexpected(
        UsageError{"there is no code `" + written + "`", similar.empty() ? "`muster codes` lists them" : similar});
  }
  io.out << page->text;
  if (!page->text.empty() && page->text.back() != '\n') io.out << '\n';
  return kSuccess;
}

}  // namespace

const Command kCodesCommand = {
    "codes",   "lists the diagnostics and lints, or explains one", {"CODE", 0, 1}, {}, {}, {"muster codes MU0206"},
    run_codes,
};

}  // namespace muster::commands
