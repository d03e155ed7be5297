// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands/findings.h"
#include "cli/commands/xml_text.h"

namespace muster::commands {

namespace {

class JunitFindings final : public Findings {
 public:
  using Findings::Findings;

  void finish(std::size_t files) override {
    const std::size_t found = errors() + warnings();
    io_.out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    io_.out << fmt::format("<testsuites>\n<testsuite name=\"muster check\" tests=\"{}\" failures=\"{}\">\n",
                           cases_ == 0 && files > 0 ? 1 : cases_, cases_);
    // Readers take a suite without a case for one that didn't run, which is so only where there was no module.
    if (cases_ == 0 && files > 0) {
      io_.out << fmt::format("  <testcase classname=\"muster\" name=\"{} module{}\"/>\n", files, files == 1 ? "" : "s");
    }
    io_.out << text_;
    if (found > cases_) io_.out << fmt::format("  <system-out>{} more findings</system-out>\n", found - cases_);
    io_.out << "</testsuite>\n</testsuites>\n";
  }

 private:
  void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) override {
    ++cases_;
    const auto& file = sources.file(diagnostic.span.file);
    const auto place = file.line_column(diagnostic.span.begin);
    const auto& info = base::info(diagnostic.code);
    std::string details =
        fmt::format("{}:{}:{}: {}[{}]: {}", file.path(), place.line, place.column,
                    info.severity == base::Severity::error ? "error" : "warning", info.id, diagnostic.message);
    if (!diagnostic.help.empty()) details += "\nhelp: " + diagnostic.help;
    text_ += fmt::format("  <testcase classname=\"{}\" name=\"{}:{} {}\">\n", xml(file.path()), place.line,
                         place.column, info.id);
    text_ +=
        fmt::format("    <failure message=\"{}\">{}</failure>\n  </testcase>\n", xml(diagnostic.message), xml(details));
  }

  // Counted with the others.
  void print_left_out(std::size_t, const base::SourceFile&) override {}

  std::string text_;
  std::size_t cases_ = 0;
};

}  // namespace

std::unique_ptr<Findings> junit_findings(const Io& io) { return std::make_unique<JunitFindings>(io); }

}  // namespace muster::commands
