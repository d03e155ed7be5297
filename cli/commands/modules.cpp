// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/modules.h"

#include <algorithm>
#include <set>

#include "cli/commands/confinement.h"
#include "cli/commands/files.h"
#include "stdlib/modules.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSuffix = ".muster";
// One byte more than a module may have: the parser then says that it is too large.
constexpr std::uint64_t kReadAtMost = (16ull << 20) + 1;

bool is_module(const fs::path& path) { return path.extension() == kSuffix && path.stem() != ""; }

UsageError cannot_read(const std::string& path, const std::error_code& error) {
  return {"`" + path + "` can't be read: " + error.message(), ""};
}

// Depth first, names in order, the same on every machine.
tl::expected<void, UsageError> collect(const fs::path& folder, const std::string& shown_folder,
                                       std::vector<ModuleFile>& found) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    entries.push_back(*entry);
  // What can't be looked into can't be said to be in order.
  if (error) return tl::unexpected(cannot_read(shown_folder.empty() ? "." : shown_folder, error));
  std::sort(entries.begin(), entries.end());
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    const std::string shown_name = shown_folder + name;
    if (entry.is_directory(error)) {
      if (name[0] == '.' || entry.is_symlink(error)) continue;
      if (auto done = collect(entry.path(), shown_name + "/", found); !done) return done;
    } else if (is_module(entry.path()) && entry.is_regular_file(error)) {
      found.push_back({shown_name, entry.path()});
    }
  }
  return {};
}

constexpr std::string_view kLibrary = "std.";

bool is_of_library(std::string_view path) {
  return path.substr(0, kLibrary.size()) == kLibrary && path.find('/') == std::string_view::npos;
}

tl::expected<ModuleFile, UsageError> library_module(const Io& io, const std::string& name) {
  std::string known;
  for (const auto& module : stdlib::modules()) {
    known += (known.empty() ? "`" : ", `") + std::string(kLibrary) + std::string(module.name) + "`";
    if (module.name != std::string_view(name).substr(kLibrary.size())) continue;
    const std::string shown = "std/" + std::string(module.name) + std::string(kSuffix);
    return ModuleFile{shown, absolute(io, shown), module.text};
  }
  return tl::unexpected(UsageError{"the standard library has no module `" + name + "`", "it has " + known});
}

UsageError no_file(const fs::path& place, const std::string& path, std::string_view what) {
  UsageError error = not_there(place, path, what, "");
  if (path == "-") error.help = "a module is a file: it imports and reads what lies beside it";
  return error;
}

UsageError no_module(const std::string& path) {
  return {"`" + path + "` is no module", "a module's file is named `NAME.muster`"};
}

// A pipe could be waited on for ever.
bool may_be_imported(const fs::path& path, const Project& project) {
  std::error_code error;
  return lies_below(path, {project.root}) && fs::is_regular_file(path, error);
}

}  // namespace

tl::expected<std::vector<ModuleFile>, UsageError> find_modules(const Io& io, const std::vector<std::string>& paths) {
  std::vector<ModuleFile> found;
  for (const auto& path : paths) {
    const fs::path place = absolute(io, path);
    std::error_code error;
    if (fs::is_directory(place, error)) {
      const std::string prefix = path == "." ? "" : path.back() == '/' ? path : path + "/";
      if (auto done = collect(place, prefix, found); !done) return tl::unexpected(done.error());
    } else if (!fs::exists(place, error) && is_of_library(path)) {
      return tl::unexpected(UsageError{"`" + path + "` is no file",
                                       "modules of the standard library are there to be "
                                       "imported, or run with `muster eval`"});
    } else if (!fs::exists(place, error)) {
      return tl::unexpected(error ? cannot_read(path, error) : no_file(place, path, "file or folder"));
    } else if (!is_module(place)) {
      return tl::unexpected(no_module(path));
    } else {
      found.push_back({path, place});
    }
  }
  std::set<fs::path> seen;
  std::vector<ModuleFile> once;
  for (auto& file : found) {
    if (seen.insert(file.path).second) once.push_back(std::move(file));
  }
  return once;
}

tl::expected<ModuleFile, UsageError> find_module(const Io& io, const std::string& path) {
  const fs::path place = absolute(io, path);
  std::error_code error;
  if (fs::is_directory(place, error))
    return tl::unexpected(UsageError{"`" + path + "` is a folder", "name the module's file in it"});
  if (!fs::exists(place, error)) {
    if (is_of_library(path)) return library_module(io, path);
    return tl::unexpected(no_file(place, path, "file"));
  }
  if (!is_module(place)) return tl::unexpected(no_module(path));
  return ModuleFile{path, place};
}

tl::expected<CompiledModule, UsageError> compile_module(const Io& io, const ModuleFile& file, compiler::Lints lints,
                                                        const std::set<base::Code>& also) {
  CompiledModule compiled;
  auto project = find_project(io, file.path);
  if (!project) return tl::unexpected(project.error());
  compiled.project = std::move(*project);
  const std::string root = shown(io, compiled.project.root);
  compiled.shown_root = root.empty() || root.back() == '/' ? root : root + "/";

  std::string name = file.library_text ? file.shown : file.path.lexically_relative(compiled.project.root).string();
  name.resize(name.size() - kSuffix.size());
  std::replace(name.begin(), name.end(), '/', '.');

  // The file itself is the user's and may be a link to anywhere; what modules name stays below the root.
  UsageError unreadable;
  compiler::Loader loader;
  loader.read = [&](const std::string& path) -> std::optional<std::string> {
    const bool is_the_file = path == file.shown;
    if (is_the_file && file.library_text) return std::string(*file.library_text);
    if (!is_the_file && !may_be_imported(absolute(io, path), compiled.project)) return std::nullopt;
    auto text = read_file(io, path, kReadAtMost);
    if (text) return std::move(*text);
    if (is_the_file) unreadable = text.error();
    return std::nullopt;
  };
  loader.list = [&](const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(absolute(io, folder.empty() ? "." : folder), error), end; !error && entry != end;
         entry.increment(error)) {
      if (is_module(entry->path())) names.push_back(entry->path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  compiled.compilation = compiler::compile({file.shown, root, name, lints, {base::date_of(io.now), also}}, loader);
  if (!compiled.compilation.found) return tl::unexpected(unreadable);
  return compiled;
}

void print_errors(const compiler::Compilation& compilation, base::Colour colour, std::ostream& out) {
  for (const auto& diagnostic : compilation.diagnostics.list()) {
    if (diagnostic.severity() == base::Severity::error)
      out << base::print_diagnostic(diagnostic, compilation.sources, colour) << '\n';
  }
  for (const auto& [file, errors] : compilation.diagnostics.left_out())
    out << base::print_left_out(errors, compilation.sources.file(file)) << '\n';
}

}  // namespace muster::commands
