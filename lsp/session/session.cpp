// SPDX-License-Identifier: Apache-2.0
#include "lsp/session/session.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

// Analyses that are kept for the next request.
constexpr std::size_t kMostKept = 6;

}  // namespace

std::string Project::absolute(const std::string& relative) const {
  return found.root.empty() || is_file(relative) ? relative
         : found.root == "/"                     ? "/" + relative
                                                 : found.root + "/" + relative;
}

std::string Project::relative(const std::string& path) const {
  const std::string prefix = found.root == "/" ? "/" : found.root + "/";
  return !found.root.empty() && path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

bool Project::has_module(const std::string& path) const {
  return std::binary_search(modules->begin(), modules->end(), relative(path));
}

// ---- what the client tells ----

void Session::open(const std::string& uri, std::int64_t version, std::string text) {
  const std::string path = path_of_uri(uri);
  documents_[path] = {uri, version, std::make_shared<const base::SourceFile>(path, std::move(text))};
  text_changed(path);
  // A file that was made beside the editor is found, even where the client doesn't watch files.
  const auto project = project_of(path);
  if (!project->has_module(path)) look_for_modules(*project);
}

void Session::change(const std::string& uri, std::int64_t version, const std::vector<TextChange>& changes) {
  const auto document = documents_.find(path_of_uri(uri));
  if (document == documents_.end()) return;
  for (const TextChange& change : changes) {
    auto& file = document->second.file;
    std::string text = change.text;
    if (change.range) {
      const Positions positions(*file, encoding);
      const std::uint32_t begin = positions.offset(change.range->start);
      const std::uint32_t end = std::max(begin, positions.offset(change.range->end));
      text = std::string(file->text().substr(0, begin)) + change.text + std::string(file->text().substr(end));
    }
    file = std::make_shared<const base::SourceFile>(document->first, std::move(text));
  }
  document->second.version = version;
  text_changed(document->first);
}

void Session::close(const std::string& uri) {
  const std::string path = path_of_uri(uri);
  if (documents_.erase(path) == 0) return;
  text_changed(path);
  counts_.erase(counts_.lower_bound({path, ""}), counts_.upper_bound({path + '\0', ""}));
  if (is_file(path)) return look_for_modules(*project_of(path));
  // What had no file is gone.
  projects_.erase(path);
  roots_.erase(path);
}

void Session::changed_outside(const std::vector<std::string>& paths) {
  bool has_modules = false, has_evidence = false;
  for (const std::string& path : paths) {
    if (path.ends_with("/muster.toml")) {
      for (const auto& [root, project] : projects_) {
        for (const auto& [known, findings] : project->findings) touched_.insert(known);
      }
      projects_.clear();
      roots_.clear();
      current_->store(++revision_);
    } else if (!path.ends_with(".muster")) {
      has_evidence = true;
    } else if (documents_.count(path) == 0 || !project_of(path)->has_module(path)) {
      // Of what is open the client tells by itself, as it is typed.
      text_changed(path);
      has_modules = true;
    }
  }
  if (has_modules) {
    for (const auto& [root, project] : projects_) look_for_modules(*project);
  }
  if (has_evidence) {
    ++evidence_;
    counts_changed_ = !counts_.empty();
  }
  for (const auto& [path, document] : documents_) project_of(path);
}

// Whatever read the file, or may have looked for it, has to be checked again.
void Session::text_changed(const std::string& path) {
  current_->store(++revision_);
  touched_.insert(path);
  const auto project = project_of(path);
  for (const auto& [module, findings] : project->findings) {
    if (findings->files.count(path) > 0 || findings->lacks_modules) project->unchecked.insert(module);
  }
  project->unchecked.insert(path);
}

// ---- what handlers ask ----

std::shared_ptr<Project> Session::project_of(const std::string& path) {
  auto root = roots_.find(path);
  FoundProject found;
  if (root == roots_.end()) {
    if (is_file(path)) found = outside_.project_of(path);
    if (!is_file(path)) found.root = "";
    root = roots_.emplace(path, is_file(path) ? found.root : path).first;
  }
  auto [at, fresh] = projects_.try_emplace(root->second);
  if (fresh) {
    if (!found.problem.empty()) problems_.push_back(found.problem);
    at->second = std::make_shared<Project>();
    at->second->found = std::move(found);
    look_for_modules(*at->second);
  }
  return at->second;
}

// Those that are new are to be checked; of those that are gone nothing is known any more.
void Session::look_for_modules(Project& project) {
  if (project.found.root.empty()) return;
  std::set<std::string> there;
  project.modules = std::make_shared<const std::vector<std::string>>(outside_.modules(project.found.root));
  for (const std::string& relative : *project.modules) there.insert(project.absolute(relative));
  for (const auto& [path, document] : documents_) {
    const auto root = roots_.find(path);
    if (root != roots_.end() && root->second == project.found.root) there.insert(path);
  }
  for (const std::string& path : there) {
    if (project.findings.count(path) == 0) project.unchecked.insert(path);
  }
  for (auto at = project.findings.begin(); at != project.findings.end();) {
    if (there.count(at->first) > 0) {
      ++at;
      continue;
    }
    for (const auto& [path, diagnostics] : at->second->diagnostics) touched_.insert(path);
    touched_.insert(at->first);
    at = project.findings.erase(at);
  }
  for (auto at = project.unchecked.begin(); at != project.unchecked.end();)
    at = there.count(*at) > 0 ? std::next(at) : project.unchecked.erase(at);
}

std::vector<std::shared_ptr<Project>> Session::projects() const {
  std::vector<std::shared_ptr<Project>> all;
  for (const auto& [root, project] : projects_) all.push_back(project);
  return all;
}

Session::Texts Session::texts() const {
  Texts all;
  for (const auto& [path, document] : documents_) all.emplace(path, document.file);
  return all;
}

compiler::Compilation Session::compile(const Outside& outside, const Texts& texts, const Project& project,
                                       const ModuleList& modules, const std::string& path,
                                       compiler::ModuleCache& cache) {
  const std::string shown = project.relative(path);
  compiler::Loader loader;
  loader.read = [&](const std::string& wanted) -> std::optional<std::string> {
    const std::string absolute = project.absolute(wanted);
    if (const auto open = texts.find(absolute); open != texts.end()) return std::string(open->second->text());
    if (!is_file(absolute)) return std::nullopt;
    if (wanted != shown && !outside.may_be_imported(absolute, project.found.root)) return std::nullopt;
    return outside.read(absolute);
  };
  loader.list = [&](const std::string& folder) {
    std::vector<std::string> names;
    const std::string prefix = folder.empty() ? "" : folder + "/";
    constexpr std::string_view kSuffix = ".muster";
    for (const std::string& module : *modules) {
      if (!module.starts_with(prefix)) continue;
      const std::string name = module.substr(prefix.size(), module.size() - prefix.size() - kSuffix.size());
      if (name.find('/') == std::string::npos) names.push_back(name);
    }
    return names;
  };
  const auto today = outside.today ? std::optional(outside.today()) : std::nullopt;
  return compiler::compile({shown, "", "", compiler::Lints::run, {today, {}}}, loader, cache);
}

std::shared_ptr<const Findings> Session::findings_of(const Project& project, const compiler::Compilation& compilation) {
  auto made = std::make_shared<Findings>();
  std::map<base::FileId, std::string> paths;
  for (const compiler::Unit& unit : compilation.units) {
    made->sources.emplace(unit.parsed->id, unit.parsed->file);
    for (const auto& import : unit.imports) made->lacks_modules = made->lacks_modules || !import;
    if (unit.origin == compiler::ModuleCache::Origin::library) continue;
    const std::string path = project.absolute(unit.parsed->file->path());
    paths.emplace(unit.parsed->id, path);
    made->files.emplace(path, unit.parsed);
  }
  for (const base::Diagnostic& diagnostic : compilation.diagnostics.list()) {
    if (const auto path = paths.find(diagnostic.span.file); path != paths.end())
      made->diagnostics[path->second].push_back(diagnostic);
  }
  for (const check::NameUse& use : compilation.uses) {
    if (use.at.file == compilation.root_file) made->uses.push_back(use);
  }
  return made;
}

void Session::take(Project& project, const std::string& path, std::shared_ptr<const Findings> findings) {
  auto& known = project.findings[path];
  if (known) {
    for (const auto& [file, diagnostics] : known->diagnostics) touched_.insert(file);
  }
  for (const auto& [file, diagnostics] : findings->diagnostics) touched_.insert(file);
  for (const auto& [id, file] : findings->sources) {
    const bool of_library = findings->files.count(project.absolute(file->path())) == 0;
    project.places[id] = {of_library ? file->path() : project.absolute(file->path()), of_library};
  }
  touched_.insert(path);
  known = std::move(findings);
  project.unchecked.erase(path);
}

std::shared_ptr<const Analysis> Session::analysis(const std::string& path) {
  const auto kept = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) {
    return each.analysis->path == path && each.revision == revision_;
  });
  if (kept != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, kept);
    return kept_.front().analysis;
  }
  kept_.remove_if([&](const Kept& each) { return each.analysis->path == path; });
  const auto project = project_of(path);
  auto compilation = std::make_shared<const compiler::Compilation>(
      compile(outside_, texts(), *project, project->modules, path, project->cache));
  if (!compilation->found) return nullptr;
  take(*project, path, findings_of(*project, *compilation));
  kept_.push_front({revision_, std::make_shared<const Analysis>(Analysis{path, project, std::move(compilation)})});
  if (kept_.size() > kMostKept) kept_.pop_back();
  return kept_.front().analysis;
}

// Not by an analysis, of which few are kept: those of many modules that are touched together would push each other out,
// and touch each other again.
void Session::check(const std::string& path) {
  const auto project = project_of(path);
  if (project->findings.count(path) == 0 || project->unchecked.count(path) > 0) analysis(path);
}

void Session::check_all(Project& project) {
  look_for_modules(project);
  const Texts now = texts();
  while (!project.unchecked.empty()) {
    const std::string path = *project.unchecked.begin();
    const auto compilation = compile(outside_, now, project, project.modules, path, project.cache);
    if (compilation.found) take(project, path, findings_of(project, compilation));
    project.unchecked.erase(path);
  }
}

std::vector<std::string> Session::readers(const Project& project, const std::string& path) {
  std::vector<std::string> all;
  for (const auto& [module, findings] : project.findings) {
    if (findings->files.count(path) > 0) all.push_back(module);
  }
  return all;
}

compiler::Compilation Session::trial(const Project& project, const std::string& path,
                                     const std::map<std::string, std::string>& changed,
                                     compiler::ModuleCache& cache) const {
  Texts now = texts();
  for (const auto& [file, text] : changed) now[file] = std::make_shared<const base::SourceFile>(file, text);
  return compile(outside_, now, project, project.modules, path, cache);
}

std::vector<base::Diagnostic> Session::diagnostics(const std::string& path) {
  const auto project = project_of(path);
  std::vector<base::Diagnostic> all;
  const auto own = project->findings.find(path);
  if (own == project->findings.end() || own->second->files.count(path) == 0) return all;
  const std::string_view text = own->second->files.at(path)->file->text();
  const auto& ignored = project->found.ignored;
  for (const auto& [module, findings] : project->findings) {
    const auto said = findings->diagnostics.find(path);
    // What was said of another text has to be said again first.
    if (said == findings->diagnostics.end() || findings->files.at(path)->file->text() != text) continue;
    for (const base::Diagnostic& each : said->second) {
      const std::string id(base::info(each.code).id);
      const bool is_silent =
          each.severity() == base::Severity::warning && std::find(ignored.begin(), ignored.end(), id) != ignored.end();
      if (!is_silent) all.push_back(each);
    }
  }
  const auto place = [](const base::Diagnostic& each) {
    return std::tie(each.span.begin, each.span.end, each.code, each.message);
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  all.erase(std::unique(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) == place(b); }),
            all.end());
  return all;
}

std::shared_ptr<const base::SourceFile> Session::source(Project& project, base::FileId file) const {
  const auto place = project.places.find(file);
  if (place == project.places.end()) return nullptr;
  if (!place->second.of_library) {
    if (const auto own = project.findings.find(place->second.path); own != project.findings.end()) {
      const auto text = own->second->sources.find(file);
      if (text != own->second->sources.end()) return text->second;
    }
  }
  for (const auto& [path, findings] : project.findings) {
    if (const auto text = findings->sources.find(file); text != findings->sources.end()) return text->second;
  }
  return nullptr;
}

std::string Session::uri(const Project& project, base::FileId file) const {
  const auto place = project.places.find(file);
  if (place == project.places.end()) return {};
  if (!place->second.of_library) return uri(place->second.path);
  if (!outside_.library_file) return {};
  std::string name = place->second.path.substr(place->second.path.rfind('/') + 1);
  name.resize(name.size() - std::string_view(".muster").size());
  const auto shown = outside_.library_file(name);
  return shown ? uri_of_path(*shown) : "";
}

std::string Session::uri(const std::string& path) const {
  const auto open = documents_.find(path);
  return open == documents_.end() ? uri_of_path(path) : open->second.uri;
}

// ---- work that can wait ----

std::optional<Job> Session::next_job() {
  if (auto job = checking_job()) return job;
  return counting_job();
}

std::optional<Job> Session::checking_job() {
  for (const auto& [root, project] : projects_) {
    if (project->unchecked.empty()) continue;
    std::string path = *project->unchecked.begin();
    for (const std::string& each : project->unchecked) {
      if (documents_.count(each) == 0) continue;
      path = each;
      break;
    }
    return Job{[this, project, path, now = texts(), modules = project->modules, revision = revision_,
                current = current_, outside = &outside_]() -> std::function<void()> {
      std::shared_ptr<const Findings> findings;
      if (current->load() == revision) {
        const auto compilation = compile(*outside, now, *project, modules, path, project->cache);
        if (compilation.found) findings = findings_of(*project, compilation);
      }
      return [this, project, path, revision, findings] {
        if (revision != revision_) return;
        if (findings) take(*project, path, findings);
        project->unchecked.erase(path);
      };
    }};
  }
  return std::nullopt;
}

// ---- samples ----

bool Session::is_current(const Counted& counted) const {
  return counted.revision == revision_ && counted.evidence == evidence_;
}

const Counted* Session::counted(const std::string& path, const std::string& policy) {
  const auto known = counts_.find({path, policy});
  if (known == counts_.end() || !is_current(known->second)) wanted_counts_.insert({path, policy});
  return known == counts_.end() ? nullptr : &known->second;
}

std::optional<Job> Session::counting_job() {
  while (!wanted_counts_.empty() && outside_.judge) {
    const auto wanted = *wanted_counts_.begin();
    wanted_counts_.erase(wanted_counts_.begin());
    const auto analysed = analysis(wanted.first);
    if (!analysed) continue;
    const auto& policies = analysed->program().policies;
    const auto policy = std::find_if(policies.begin(), policies.end(), [&](const typed::Policy& each) {
      return each.name == wanted.second && each.module == analysed->program().root_module;
    });
    if (policy == policies.end()) continue;
    const auto index = static_cast<std::uint32_t>(policy - policies.begin());
    return Job{[this, wanted, index, analysed, revision = revision_, evidence = evidence_, current = current_,
                outside = &outside_]() -> std::function<void()> {
      std::optional<SampleCounts> counts;
      const auto stop = [&] { return current->load() != revision; };
      if (!stop() && !analysed->compilation->diagnostics.has_errors())
        counts = outside->judge(wanted.first, analysed->compilation, index, stop);
      return [this, wanted, made = Counted{revision, evidence, std::move(counts)}] {
        if (documents_.count(wanted.first) == 0) return;
        if (!is_current(made)) {
          wanted_counts_.insert(wanted);
          return;
        }
        counts_[wanted] = made;
        counts_changed_ = true;
      };
    }};
  }
  return std::nullopt;
}

}  // namespace muster::lsp
