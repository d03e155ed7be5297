// SPDX-License-Identifier: Apache-2.0
// What `muster check` found, each finding once however many modules import its file, and how it is printed: one format,
// one file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>

#include "cli/commands/modules.h"
#include "cli/commands/run.h"

namespace muster::commands {

// Which warnings are shown. Errors always are.
struct WarningFilter {
  std::set<std::string> ignored;
  std::set<std::string> selected;  // empty: all

  bool shows(const base::Diagnostic& diagnostic) const;
};

class Findings {
 public:
  explicit Findings(const Io& io) : io_(io) {}
  virtual ~Findings() = default;

  void add_all(const CompiledModule& module, const WarningFilter& filter);
  // Once, after all modules; documents for programs are whole without one, too.
  virtual void finish(std::size_t files) = 0;

  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }
  // Those that `deny` of their project or of the command line turns into failures.
  std::size_t denied() const { return denied_; }

 protected:
  virtual void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) = 0;
  // What `--fix` would mend of what was found, and what `--unsafe-fixes` would mend beside that: in files that are
  // checked themselves, not in those that they import.
  struct Fixable {
    std::size_t safe = 0, unsafe = 0;
  };
  Fixable fixable() const;
  // Of one file only so many are printed.
  virtual void print_left_out(std::size_t count, const base::SourceFile& file) = 0;

  const Io& io_;

 private:
  struct FoundInFile {
    std::size_t shown = 0;
    std::size_t errors_left_out = 0;  // by the compiler, which counts them only
    Fixable fixable = {};
    bool is_checked = false;
  };

  std::map<std::filesystem::path, FoundInFile> found_in_;
  std::set<std::tuple<std::filesystem::path, std::uint32_t, std::uint32_t, base::Code, std::string>> seen_;
  std::size_t errors_ = 0, warnings_ = 0, denied_ = 0;
};

std::unique_ptr<Findings> text_findings(const Io& io, base::Colour colour);
std::unique_ptr<Findings> json_findings(const Io& io);
// SARIF 2.1.0, for code scanning.
std::unique_ptr<Findings> sarif_findings(const Io& io);
// Commands of GitHub's workflows, which show findings beside the lines of a change.
std::unique_ptr<Findings> github_findings(const Io& io);
// A suite a file, a test case that fails a finding.
std::unique_ptr<Findings> junit_findings(const Io& io);

}  // namespace muster::commands
