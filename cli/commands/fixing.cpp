// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/fixing.h"

#include <algorithm>
#include <optional>

#include "cli/commands/whole_file.h"
#include "grammar/parse/parse.h"

namespace muster::commands {

namespace {

// A fix may make room for another, but not for ever.
constexpr int kMostRounds = 10;

struct Changed {
  std::string text;
  std::size_t fixes = 0;
};

bool touches(const base::Span& one, const base::Span& other) {
  return one.begin <= other.end && other.begin <= one.end;
}

Changed with_fixes(const CompiledModule& module, const WarningFilter& filter, Fixes wanted) {
  const auto& compilation = module.compilation;
  std::vector<base::TextEdit> edits;
  Changed changed{std::string(compilation.sources.file(compilation.root_file).text()), 0};
  for (const auto& diagnostic : compilation.diagnostics.list()) {
    if (diagnostic.span.file != compilation.root_file || !filter.shows(diagnostic)) continue;
    const base::Fix* const fix = applicable_fix(diagnostic, wanted);
    if (fix == nullptr) continue;
    const bool overlaps = std::any_of(fix->edits.begin(), fix->edits.end(), [&](const base::TextEdit& mine) {
      return std::any_of(edits.begin(), edits.end(),
                         [&](const base::TextEdit& other) { return touches(mine.span, other.span); });
    });
    if (overlaps) continue;
    edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
    ++changed.fixes;
  }
  // From the end, so that places before stay where they are.
  std::sort(edits.begin(), edits.end(),
            [](const base::TextEdit& a, const base::TextEdit& b) { return a.span.begin > b.span.begin; });
  for (const auto& edit : edits) {
    changed.text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.replacement);
  }
  return changed;
}

tl::expected<void, UsageError> write(const ModuleFile& file, const std::string& text) {
  auto written = WholeFile::create(file.path, file.shown);
  if (!written) return tl::unexpected(written.error());
  (*written)->stream() << text;
  return (*written)->commit();
}

}  // namespace

const base::Fix* applicable_fix(const base::Diagnostic& diagnostic, Fixes wanted) {
  const auto fix = std::find_if(diagnostic.fixes.begin(), diagnostic.fixes.end(), [wanted](const base::Fix& each) {
    return each.is_safe || wanted == Fixes::unsafe_too;
  });
  if (fix == diagnostic.fixes.end()) return nullptr;
  const bool stays_here = std::all_of(fix->edits.begin(), fix->edits.end(), [&](const base::TextEdit& edit) {
    return edit.span.file == diagnostic.span.file;
  });
  return stays_here ? &*fix : nullptr;
}

tl::expected<Applied, UsageError> apply_fixes(const Io& io, const ModuleFile& file, const WarningFilter& filter,
                                              Fixes fixes, const std::set<base::Code>& on_request) {
  Applied applied;
  for (int round = 0; round < kMostRounds; ++round) {
    const auto module = compile_module(io, file, compiler::Lints::run, on_request);
    if (!module) return tl::unexpected(module.error());
    const Changed changed = with_fixes(*module, filter, fixes);
    if (changed.fixes == 0) break;
    const bool was_readable =
        !parse::parse_module(module->compilation.sources.file(module->compilation.root_file).text(), 0)
             .diagnostics.has_errors();
    if (was_readable && parse::parse_module(changed.text, 0).diagnostics.has_errors()) {
      io.err << "muster check: `" << file.shown << "` is left as it is, as it could not be read with its fixes\n";
      break;
    }
    std::error_code error;
    if (!std::filesystem::is_regular_file(file.path, error))
      applied.unwritten = UsageError{"`" + file.shown + "` is no regular file, and can't be mended in place", ""};
    else if (auto done = write(file, changed.text); !done)
      applied.unwritten = done.error();
    if (applied.unwritten) break;
    applied.fixes += changed.fixes;
  }
  return applied;
}

}  // namespace muster::commands
