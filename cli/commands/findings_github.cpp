// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands/findings.h"

namespace muster::commands {

namespace {

enum class Part { property, message };

// `%` and line ends would end or change a command; in a property also what parts it from the next.
std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\n' || c == '\r' || (part == Part::property && (c == ':' || c == ',')))
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      out += c;
  }
  return out;
}

class GithubFindings final : public Findings {
 public:
  using Findings::Findings;

  void finish(std::size_t) override {}

 private:
  void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) override {
    const auto& file = sources.file(diagnostic.span.file);
    const auto begin = file.line_column(diagnostic.span.begin), end = file.line_column(diagnostic.span.end);
    const bool is_error = diagnostic.severity() == base::Severity::error;
    std::string message = diagnostic.message;
    if (!diagnostic.help.empty()) message += "\nhelp: " + diagnostic.help;
    // Columns of several lines belong to no line; GitHub leaves them out.
    io_.out << fmt::format("::{} file={},line={},endLine={}", is_error ? "error" : "warning",
                           escaped(file.path(), Part::property), begin.line, end.line);
    if (begin.line == end.line) io_.out << fmt::format(",col={},endColumn={}", begin.column, end.column);
    io_.out << fmt::format(",title={}::{}\n", base::info(diagnostic.code).id, escaped(message, Part::message));
  }

  void print_left_out(std::size_t count, const base::SourceFile& file) override {
    io_.out << fmt::format("::notice file={}::{} more findings\n", escaped(file.path(), Part::property), count);
  }
};

}  // namespace

std::unique_ptr<Findings> github_findings(const Io& io) { return std::make_unique<GithubFindings>(io); }

}  // namespace muster::commands
