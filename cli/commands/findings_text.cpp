// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/diagnostic_printer.h"
#include "cli/commands/findings.h"

namespace muster::commands {

namespace {

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class TextFindings final : public Findings {
 public:
  TextFindings(const Io& io, base::Colour colour) : Findings(io), colour_(colour) {}

  void finish(std::size_t files) override {
    if (files == 0) return;
    if (errors() + warnings() == 0) {
      io_.out << counted(files, "file") << ", nothing found\n";
    } else {
      io_.out << counted(errors(), "error") << ", " << counted(warnings(), "warning") << " in "
              << counted(files, "file") << '\n';
      print_fixable();
    }
  }

 private:
  void print_fixable() {
    const auto [safe, unsafe] = fixable();
    if (safe > 0) io_.out << safe << " can be fixed with `--fix`";
    if (safe > 0 && unsafe > 0) io_.out << ", ";
    if (unsafe > 0) io_.out << unsafe << (safe > 0 ? " more" : " can be fixed") << " with `--fix --unsafe-fixes`";
    if (safe + unsafe > 0) io_.out << '\n';
  }

  void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) override {
    io_.out << base::print_diagnostic(diagnostic, sources, colour_) << '\n';
  }
  void print_left_out(std::size_t count, const base::SourceFile& file) override {
    io_.out << base::print_left_out(count, file) << '\n';
  }

  base::Colour colour_;
};

}  // namespace

std::unique_ptr<Findings> text_findings(const Io& io, base::Colour colour) {
  return std::make_unique<TextFindings>(io, colour);
}

}  // namespace muster::commands
