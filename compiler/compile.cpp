// SPDX-License-Identifier: Apache-2.0
#include "compiler/compile.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string_view>
#include <utility>

#include "base/similar_name.h"
#include "compiler/check/check.h"
#include "compiler/import_circles.h"
#include "compiler/lint/lint.h"
#include "compiler/silence.h"
#include "stdlib/modules.h"

namespace muster::compiler {

namespace {

constexpr std::size_t kMaxModules = 10'000;
constexpr std::string_view kSuffix = ".muster";
constexpr std::string_view kLibrary = "std.";
// Declares what rows of waivers are, for modules that bind them.
constexpr std::string_view kOfWaivers = "std.evidence";

struct LoadedModule {
  std::string name;  // dotted
  ModuleCache::Origin origin = ModuleCache::Origin::project;
  std::shared_ptr<const ParsedModule> parsed;
  std::vector<std::optional<std::uint32_t>> imports;
  std::vector<FollowedImport> followed;  // those that lead to a module, back to one that is open, too
  enum class State : std::uint8_t { open, done } state = State::open;  // open: its imports are being read
};

// Reads a module and all that it imports, depth first, each once. No recursion: a chain of imports may be long.
class ModuleReader {
 public:
  ModuleReader(const Request& request, const Loader& loader, ModuleCache& cache, Compilation& result)
      : request_(request), loader_(loader), cache_(cache), result_(result) {}

  void read_all(std::string text);
  // Each after those that it imports.
  std::vector<Unit> units() const;

 private:
  std::uint32_t add(std::string name, std::string path, std::string text, ModuleCache::Origin origin);
  std::optional<std::uint32_t> resolve(const ast::Import& import);
  std::optional<std::uint32_t> resolve_library(const ast::Import& import, const std::string& name);
  std::optional<std::uint32_t> add_library_module(const std::string& name);
  std::optional<std::uint32_t> read_for_waivers(const LoadedModule& module);
  void report_circles();
  void report_no_name(const std::string& written, base::Span place);
  void report_unknown(const std::string& name, const std::string& path, base::Span place);
  std::string below_root(const std::string& path) const;

  const Request& request_;
  const Loader& loader_;
  ModuleCache& cache_;
  Compilation& result_;
  std::deque<LoadedModule> modules_;
  std::map<std::string, std::uint32_t> by_name_;
  std::vector<std::uint32_t> order_;
  struct Step {
    std::uint32_t module;
    std::size_t next_import;
  };
  std::vector<Step> path_;  // from the root module to the one that is being read
  bool full_ = false;       // the limit was reported
  bool circular_ = false;   // an import leads back to a module that is open
};

std::string dotted(std::string_view path) {
  if (path.size() > kSuffix.size() && path.substr(path.size() - kSuffix.size()) == kSuffix) {
    path.remove_suffix(kSuffix.size());
  }
  std::string name(path);
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

std::string module_name(const Request& request) {
  if (!request.name.empty()) return request.name;
  std::string_view path = request.path;
  const std::string prefix = request.root + "/";
  if (!request.root.empty() && path.substr(0, prefix.size()) == prefix) path.remove_prefix(prefix.size());
  return dotted(path);
}

void ModuleReader::read_all(std::string text) {
  path_.push_back({add(module_name(request_), request_.path, std::move(text), ModuleCache::Origin::project), 0});
  result_.root_file = modules_.front().parsed->id;
  while (!path_.empty()) {
    Step& step = path_.back();
    LoadedModule& current = modules_[step.module];
    const auto& imports = current.parsed->module.imports;
    if (step.next_import == imports.size()) {
      if (const auto needed = read_for_waivers(current)) {
        path_.push_back({*needed, 0});
        continue;
      }
      current.state = LoadedModule::State::done;
      order_.push_back(step.module);
      path_.pop_back();
      continue;
    }
    const std::size_t known = modules_.size();
    const auto imported = resolve(imports[step.next_import++]);
    current.imports.push_back(imported);
    if (imported) current.followed.push_back({*imported, imports[step.next_import - 1].module.span});
    if (imported && *imported == known) path_.push_back({*imported, 0});
  }
  if (circular_) report_circles();
}

// A module that binds waivers needs no import for what their rows are.
std::optional<std::uint32_t> ModuleReader::read_for_waivers(const LoadedModule& module) {
  const auto& binds = module.parsed->module.binds;
  const auto of_waivers = [](const ast::BindDecl& declared) { return declared.is_of_waivers(); };
  if (std::none_of(binds.begin(), binds.end(), of_waivers) || by_name_.count(std::string(kOfWaivers)) > 0)
    return std::nullopt;
  return add_library_module(std::string(kOfWaivers));
}

std::uint32_t ModuleReader::add(std::string name, std::string path, std::string text, ModuleCache::Origin origin) {
  LoadedModule& added = modules_.emplace_back();
  const auto index = static_cast<std::uint32_t>(modules_.size() - 1);
  added.name = name;
  added.origin = origin;
  added.parsed = cache_.get(origin, path, std::move(text));
  by_name_.emplace(std::move(name), index);
  result_.sources.put(added.parsed->id, added.parsed->file);
  result_.diagnostics.append(added.parsed->diagnostics);
  return index;
}

bool is_file_name(const std::string& part) {
  return !part.empty() && part != "." && part != ".." &&
         part.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

std::optional<std::uint32_t> ModuleReader::resolve(const ast::Import& import) {
  std::string name, file;
  for (const auto& part : import.module.parts) {
    if (!is_file_name(part.text)) {
      if (!part.text.empty()) report_no_name(part.text, import.module.span);
      return std::nullopt;
    }
    name += (name.empty() ? "" : ".") + part.text;
    file += (file.empty() ? "" : "/") + part.text;
  }
  if (name.empty()) return std::nullopt;  // it could not be read, which was reported
  const bool of_library = import.module.parts.size() > 1 && import.module.parts.front().text == "std";
  if (const auto known = by_name_.find(name); known != by_name_.end()) {
    if (modules_[known->second].state == LoadedModule::State::done) return known->second;
    circular_ = true;
    modules_[path_.back().module].followed.push_back({known->second, import.module.span});
    return std::nullopt;
  }
  if (modules_.size() >= kMaxModules) {
    if (!full_) {
      result_.diagnostics.report(base::Code::unknown_module, import.module.span,
                                 "more than " + std::to_string(kMaxModules) + " modules are imported");
    }
    full_ = true;
    return std::nullopt;
  }
  if (of_library) return resolve_library(import, name);
  const std::string path = below_root(file + std::string(kSuffix));
  auto text = loader_.read(path);
  if (!text) {
    report_unknown(name, path, import.module.span);
    return std::nullopt;
  }
  return add(name, path, std::move(*text), ModuleCache::Origin::project);
}

// The library stands in no folder, so that nothing of the project can hide it.
std::optional<std::uint32_t> ModuleReader::resolve_library(const ast::Import& import, const std::string& name) {
  if (const auto added = add_library_module(name)) return added;
  std::string known;
  for (const stdlib::Module& module : stdlib::modules()) {
    known += (known.empty() ? "`" : ", `") + std::string(kLibrary) + std::string(module.name) + "`";
  }
  result_.diagnostics
      .report(base::Code::unknown_module, import.module.span, "the standard library has no module `" + name + "`")
      .help = "it has " + known;
  return std::nullopt;
}

std::optional<std::uint32_t> ModuleReader::add_library_module(const std::string& name) {
  const std::string_view wanted = std::string_view(name).substr(kLibrary.size());
  for (const stdlib::Module& module : stdlib::modules()) {
    if (module.name != wanted) continue;
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    return add(name, path + std::string(kSuffix), std::string(module.text), ModuleCache::Origin::library);
  }
  return std::nullopt;
}

void ModuleReader::report_circles() {
  std::vector<ImportingModule> modules;
  for (LoadedModule& loaded : modules_) modules.push_back({loaded.name, std::move(loaded.followed)});
  for (const ImportCircle& circle : import_circles(modules, order_)) {
    const std::string first = "`" + modules[circle.modules.front()].name + "`";
    if (circle.modules.size() == 1) {
      result_.diagnostics.report(base::Code::import_cycle, circle.closed_at, "module " + first + " imports itself");
      continue;
    }
    std::string chain = first;
    for (std::size_t i = 1; i < circle.modules.size(); ++i)
      chain += " imports `" + modules[circle.modules[i]].name + "`, which";
    result_.diagnostics
        .report(base::Code::import_cycle, circle.closed_at, "modules import each other: " + chain + " imports " + first)
        .help = "move what both need into a module that imports neither";
  }
}

void ModuleReader::report_no_name(const std::string& written, base::Span place) {
  result_.diagnostics.report(base::Code::unknown_module, place, "no module can be called `" + written + "`").help =
      "a module is named by its path from the project's root, with dots: `team/release.muster` is `team.release`";
}

void ModuleReader::report_unknown(const std::string& name, const std::string& path, base::Span place) {
  auto& reported = result_.diagnostics.report(base::Code::unknown_module, place, "there is no module `" + name + "`");
  if (name.size() > kSuffix.size() && name.ends_with(kSuffix)) {
    reported.help = "leave the ending out: `import " + name.substr(0, name.size() - kSuffix.size()) + "`";
    return;
  }
  const auto slash = path.rfind('/');
  if (loader_.list) {
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
    const std::string last = dotted(slash == std::string::npos ? path : path.substr(slash + 1));
    if (const auto similar = base::similar_name(last, loader_.list(folder))) {
      const auto dot = name.rfind('.');
      reported.suggest(place, (dot == std::string::npos ? "" : name.substr(0, dot + 1)) + *similar);
      return;
    }
  }
  reported.help = "`import " + name + "` reads the file `" + path + "`";
}

std::string ModuleReader::below_root(const std::string& path) const {
  return request_.root.empty() ? path : request_.root == "/" ? "/" + path : request_.root + "/" + path;
}

std::vector<Unit> ModuleReader::units() const {
  std::vector<std::uint32_t> position(modules_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) position[order_[i]] = i;
  std::vector<Unit> units;
  for (const auto index : order_) {
    const LoadedModule& loaded = modules_[index];
    Unit unit{loaded.name, loaded.origin, loaded.parsed, {}};
    for (const auto& imported : loaded.imports) {
      unit.imports.push_back(imported ? std::optional(position[*imported]) : std::nullopt);
    }
    units.push_back(std::move(unit));
  }
  return units;
}

std::string folder_of(const std::string& module) {
  const auto last_dot = module.rfind('.');
  std::string folder = last_dot == std::string::npos ? "" : module.substr(0, last_dot);
  std::replace(folder.begin(), folder.end(), '.', '/');
  return folder;
}

std::vector<check::ModuleInput> inputs_of(const std::vector<Unit>& units) {
  std::vector<check::ModuleInput> inputs;
  for (const Unit& unit : units)
    inputs.push_back({unit.name, folder_of(unit.name), &unit.parsed->module, unit.parsed->id, unit.imports});
  return inputs;
}

}  // namespace

Compilation compile(const Request& request, const Loader& loader) {
  ModuleCache cache;
  return compile(request, loader, cache);
}

Compilation compile(const Request& request, const Loader& loader, ModuleCache& cache) {
  Compilation result;
  auto text = loader.read(request.path);
  if (!text) return result;
  result.found = true;

  ModuleReader reader(request, loader, cache, result);
  reader.read_all(std::move(*text));
  result.units = reader.units();
  auto checked = check::check(inputs_of(result.units), result.sources);
  result.program = std::move(checked.program);
  result.uses = std::move(checked.uses);
  result.diagnostics.append(checked.diagnostics);
  Sought sought;
  if (request.lints == Lints::run && !result.diagnostics.has_errors()) {
    result.diagnostics.append(lint::lint(result.program, result.sources, request.lint_options));
    sought = {result.root_file, [&](base::Code code) { return lint::is_sought(code, request.lint_options); }};
  }
  result.diagnostics = without_silenced(result.diagnostics, result.sources, sought);
  result.diagnostics.sort();
  return result;
}

}  // namespace muster::compiler
