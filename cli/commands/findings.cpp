// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/findings.h"

#include "cli/commands/files.h"
#include "cli/commands/fixing.h"

namespace muster::commands {

namespace {

using base::Severity;

// Of one file; what is more is counted.
constexpr std::size_t kMostShown = base::Diagnostics::kMostErrors;

}  // namespace

bool WarningFilter::shows(const base::Diagnostic& diagnostic) const {
  if (diagnostic.severity() == Severity::error) return true;
  const std::string id(base::info(diagnostic.code).id);
  return ignored.count(id) == 0 && (selected.empty() || selected.count(id) != 0);
}

void Findings::add_all(const CompiledModule& module, const WarningFilter& filter) {
  std::map<base::FileId, std::size_t> left_out;
  const auto& compilation = module.compilation;
  found_in_[absolute(io_, compilation.sources.file(compilation.root_file).path())].is_checked = true;
  for (const auto& diagnostic : compilation.diagnostics.list()) {
    if (!filter.shows(diagnostic)) continue;
    const auto path = absolute(io_, compilation.sources.file(diagnostic.span.file).path());
    if (!seen_.emplace(path, diagnostic.span.begin, diagnostic.span.end, diagnostic.code, diagnostic.message).second) {
      continue;
    }
    const bool is_error = diagnostic.severity() == Severity::error;
    ++(is_error ? errors_ : warnings_);
    if (is_error || module.project.deny_warnings) ++denied_;
    FoundInFile& found = found_in_[path];
    if (applicable_fix(diagnostic, Fixes::safe) != nullptr)
      ++found.fixable.safe;
    else if (applicable_fix(diagnostic, Fixes::unsafe_too) != nullptr)
      ++found.fixable.unsafe;
    if (++found.shown <= kMostShown) {
      print(diagnostic, compilation.sources);
    } else {
      ++left_out[diagnostic.span.file];
    }
  }
  for (const auto& [file, count] : compilation.diagnostics.left_out()) {
    auto& counted = found_in_[absolute(io_, compilation.sources.file(file).path())].errors_left_out;
    if (counted > 0) continue;
    counted = count;
    errors_ += count;
    denied_ += count;
    left_out[file] += count;
  }
  for (const auto& [file, count] : left_out) print_left_out(count, compilation.sources.file(file));
}

Findings::Fixable Findings::fixable() const {
  Fixable all;
  for (const auto& [path, found] : found_in_) {
    if (!found.is_checked) continue;
    all.safe += found.fixable.safe;
    all.unsafe += found.fixable.unsafe;
  }
  return all;
}

}  // namespace muster::commands
