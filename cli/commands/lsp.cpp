// SPDX-License-Identifier: Apache-2.0
// `muster lsp`: the language server. Here is what it may see of the world.
#include <algorithm>
#include <chrono>
#include <fstream>

#include "cli/commands/build_info.h"
#include "cli/commands/command.h"
#include "cli/commands/confinement.h"
#include "cli/commands/files.h"
#include "cli/commands/project.h"
#include "cli/commands/sample.h"
#include "lsp/serve.h"
#include "stdlib/modules.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kReadAtMost = (16ull << 20) + 1;
// What is scanned for modules: no project is larger, and a home folder isn't one.
constexpr std::size_t kMostModules = 10'000;

lsp::FoundProject project_of(const Io& io, const std::string& path) {
  const auto project = find_project(io, path);
  if (project) return {project->root.string(), project->ignore, "", project->policy.value_or("")};
  return {fs::path(path).parent_path().string(), {}, project.error().message, ""};
}

// Without a muster.toml the modules beside a file are its project's, those in folders below have projects of their own.
std::vector<std::string> modules_of(const std::string& root) {
  std::vector<std::string> found;
  std::error_code error;
  const bool is_project = fs::exists(fs::path(root) / "muster.toml", error);
  fs::recursive_directory_iterator at(root, fs::directory_options::skip_permission_denied, error), end;
  for (; !error && at != end && found.size() < kMostModules; at.increment(error)) {
    const fs::path& path = at->path();
    std::error_code none;
    if (at->is_directory(none)) {
      const bool is_own = is_project && path.filename().string()[0] != '.' && !at->is_symlink(none) &&
                          !fs::exists(path / "muster.toml", none);
      if (!is_own) at.disable_recursion_pending();
    } else if (path.extension() == ".muster" && path.stem() != "" && at->is_regular_file(none)) {
      found.push_back(path.lexically_relative(root).string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Editors show files only, so a module of the library is written where programs keep what they can make again.
std::optional<std::string> library_file(const Io& io, const std::string& name) {
  const auto& modules = stdlib::modules();
  const auto module = std::find_if(modules.begin(), modules.end(), [&](const auto& each) { return each.name == name; });
  const auto cache = io.environment("XDG_CACHE_HOME"), home = io.environment("HOME");
  if (module == modules.end() || (!cache && !home)) return std::nullopt;
  const fs::path folder = (cache ? fs::path(*cache) : fs::path(*home) / ".cache") / "muster" / version() / "std";
  const fs::path file = folder / (name + ".muster");
  const auto known = read_file(io, file.string(), kReadAtMost);
  if (known && *known == module->text) return file.string();
  std::error_code error;
  fs::create_directories(folder, error);
  std::ofstream out(file, std::ios::binary);
  out << module->text;
  out.close();
  return out ? std::optional(file.string()) : std::nullopt;
}

lsp::Outside outside(const Io& io) {
  lsp::Outside made;
  made.read = [&io](const std::string& path) -> std::optional<std::string> {
    std::error_code error;
    // A pipe could be waited on for ever.
    if (!fs::is_regular_file(path, error)) return std::nullopt;
    auto text = read_file(io, path, kReadAtMost);
    return text ? std::optional<std::string>(std::move(*text)) : std::nullopt;
  };
  made.project_of = [&io](const std::string& path) { return project_of(io, path); };
  made.may_be_imported = [](const std::string& path, const std::string& root) {
    std::error_code error;
    return lies_below(path, {root}) && fs::is_regular_file(path, error);
  };
  made.modules = modules_of;
  made.library_file = [&io](const std::string& name) { return library_file(io, name); };
  // A server may run for days: what the time is now follows from how long it has run.
  const std::chrono::nanoseconds started = io.clock ? io.clock() : std::chrono::nanoseconds(0);
  const auto now = [&io, started]() -> base::Instant {
    const std::chrono::nanoseconds passed = io.clock ? io.clock() - started : std::chrono::nanoseconds(0);
    return {io.now.microseconds + std::chrono::duration_cast<std::chrono::microseconds>(passed).count()};
  };
  made.today = [now] { return base::date_of(now()); };
  made.judge = [&io, now](const std::string& path, const std::shared_ptr<const compiler::Compilation>& compilation,
                          std::uint32_t policy, const std::function<bool()>& stop) {
    return judge_sample(io, path, compilation, policy, now(), stop);
  };
  made.columns = [&io](const std::string& path, const typed::Source& source) {
    return sample_columns(io, path, source);
  };
  return made;
}

tl::expected<int, UsageError> run_lsp(const Arguments&, const Io& io) {
  return lsp::serve(io.in, io.out, outside(io), version_text());
}

}  // namespace

const Command kLspCommand = {
    "lsp",
    "language server over stdio",
    {},
    {{"--stdio", "", "what it does anyway: editors often say so"}},
    {"Started by an editor. Ends with 0 once the editor has said `shutdown` and `exit`, else with 1."},
    {"muster lsp"},
    run_lsp,
};

}  // namespace muster::commands
