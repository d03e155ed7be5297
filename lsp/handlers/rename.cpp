// SPDX-License-Identifier: Apache-2.0
// A new name for what a name means, wherever it is meant. What else the project says stays the same, otherwise nothing
// is renamed. So does what evidence is read by, as far as modules can say it; the rest is told.
#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "effective/source/source_text.h"
#include "lsp/handlers/evidence_names.h"
#include "lsp/handlers/names.h"

namespace muster::lsp {

namespace {

using compiler::Compilation;

std::string name_in(const base::SourceFile& file, base::Span span) {
  std::string text(file.text().substr(span.begin, span.end - span.begin));
  text.erase(std::remove(text.begin(), text.end(), '`'), text.end());
  return text;
}

// By path, in order of place.
using Edits = std::map<std::string, std::vector<Edit>>;

std::string edited(std::string_view text, const std::vector<Edit>& edits) {
  std::string made;
  std::uint32_t at = 0;
  for (const Edit& each : edits) {
    made += text.substr(at, each.begin - at);
    made += each.text;
    at = each.end;
  }
  return made.append(text.substr(at));
}

// ---- Whether all that stays means the same ----

// A place of a text as it is in the edited one. What is put in front of it moves it.
std::uint32_t moved(const std::vector<Edit>& edits, std::uint32_t place) {
  std::int64_t by = 0;
  for (const Edit& each : edits) {
    if (each.begin > place || (each.begin == place && each.begin < each.end)) break;
    by += static_cast<std::int64_t>(each.text.size()) - (each.end - each.begin);
  }
  return static_cast<std::uint32_t>(place + by);
}

class Comparison {
 public:
  Comparison(Session& session, const Project& project, const Edits& edits)
      : session_(session), project_(project), edits_(edits) {}

  // Of the modules with these paths. What would be wrong; nothing: all is well.
  std::string problem(const std::vector<std::string>& modules) {
    std::vector<Meant> before, after;
    std::size_t errors = 0;
    for (const std::string& path : modules) errors += note(path, {}, before, true);
    std::map<std::string, std::string> texts;
    for (const auto& [path, edits] : edits_) texts[path] = edited(texts_.at(path)->text(), edits);
    std::size_t new_errors = 0;
    std::string first_error;
    for (const std::string& path : modules) {
      new_errors += note(path, texts, after, false);
      if (new_errors > errors && first_error.empty()) first_error = error_;
    }
    if (new_errors > errors) return first_error;
    std::vector<Meant> other;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(other));
    return other.empty() ? "" : shown(other.front()) + " would mean something else";
  }

 private:
  // Files have the same ids in both, as one cache reads them.
  struct Meant {
    std::pair<base::FileId, std::uint32_t> at, declared;
    std::uint32_t size;
    auto operator<=>(const Meant&) const = default;
  };

  std::size_t note(const std::string& path, const std::map<std::string, std::string>& texts, std::vector<Meant>& all,
                   bool is_before) {
    const Compilation compilation = session_.trial(project_, path, texts, cache_);
    for (const compiler::Unit& unit : compilation.units) {
      if (unit.origin == compiler::ModuleCache::Origin::library) continue;
      const std::string absolute = project_.absolute(unit.parsed->file->path());
      paths_[unit.parsed->id] = absolute;
      texts_[absolute] = unit.parsed->file;
    }
    // One word of an import may bring in several things: what counts is what the others mean.
    const auto& imports = compilation.units.back().parsed->module.imports;
    const auto is_imported = [&](base::Span at) {
      return std::any_of(imports.begin(), imports.end(), [&](const ast::Import& each) {
        return each.span.begin <= at.begin && at.end <= each.span.end;
      });
    };
    for (const check::NameUse& use : compilation.uses) {
      if (use.at.file != compilation.root_file || (!is_before && is_added(use.at))) continue;
      if (is_imported(use.at)) continue;
      all.push_back({place(use.at, is_before), place(use.declared, is_before), use.at.end - use.at.begin});
      if (is_before) all.back().size = size_behind(use.at);
    }
    std::sort(all.begin(), all.end());
    std::size_t errors = 0;
    for (const base::Diagnostic& each : compilation.diagnostics.list()) {
      if (each.severity() != base::Severity::error) continue;
      if (errors++ == 0) error_ = shown({{each.span.file, each.span.begin}, {}, 0}) + ": " + each.message;
    }
    return errors;
  }

  const std::vector<Edit>* edits_of(base::FileId file) const {
    const auto path = paths_.find(file);
    const auto edits = path == paths_.end() ? edits_.end() : edits_.find(path->second);
    return edits == edits_.end() ? nullptr : &edits->second;
  }

  std::pair<base::FileId, std::uint32_t> place(base::Span span, bool is_before) const {
    const auto* edits = is_before ? edits_of(span.file) : nullptr;
    return {span.file, edits != nullptr ? moved(*edits, span.begin) : span.begin};
  }

  std::uint32_t size_behind(base::Span span) const {
    if (const auto* edits = edits_of(span.file)) {
      for (const Edit& each : *edits) {
        if (each.begin == span.begin && each.end == span.end) return static_cast<std::uint32_t>(each.text.size());
      }
    }
    return span.end - span.begin;
  }

  // In what was put where nothing stood.
  bool is_added(base::Span span) const {
    const auto* edits = edits_of(span.file);
    if (edits == nullptr) return false;
    std::int64_t by = 0;
    for (const Edit& each : *edits) {
      const std::int64_t begin = each.begin + by, size = static_cast<std::int64_t>(each.text.size());
      if (each.begin == each.end && span.begin >= begin && span.begin < begin + size) return true;
      by += size - (each.end - each.begin);
    }
    return false;
  }

  std::string shown(const Meant& meant) const {
    const auto path = paths_.find(meant.at.first);
    if (path == paths_.end()) return "a name";
    const base::SourceFile& file = *texts_.at(path->second);
    const base::Span span{meant.at.first, meant.at.second, meant.at.second + meant.size};
    const std::string where = fmt::format("{}:{}", project_.relative(path->second), file.line_of(span.begin));
    return meant.size == 0 ? where : fmt::format("`{}` in {}", name_in(file, span), where);
  }

  Session& session_;
  const Project& project_;
  const Edits& edits_;
  compiler::ModuleCache cache_;
  std::map<base::FileId, std::string> paths_;
  std::map<std::string, std::shared_ptr<const base::SourceFile>> texts_;  // by path, as they were read last
  std::string error_;                                                     // of the last module, the first
};

}  // namespace

std::optional<Range> prepare_rename(Session& session, const std::string& path, Position position) {
  const Found found = find_name(session, path, position);
  if (!found.named) return std::nullopt;
  const auto declared = declared_at(*found.analysis, found.named->declared);
  if (!declared) return std::nullopt;
  const auto project = session.project_of(path);
  const auto place = project->places.find(found.named->declared.file);
  if (place == project->places.end() || place->second.of_library) return std::nullopt;
  if (declared->sort == Sort::module) {
    // Without an alias it is a file that has the name.
    const auto& imports = found.analysis->module().module.imports;
    const bool is_alias = std::any_of(imports.begin(), imports.end(),
                                      [&](const ast::Import& each) { return each.alias.span == declared->span; });
    if (!is_alias) return std::nullopt;
  }
  return Positions(found.analysis->file(), session.encoding).range(found.named->at);
}

Renamed rename(Session& session, const std::string& path, Position position, std::string new_name) {
  if (!prepare_rename(session, path, position)) return {{}, "there is no name here that could be changed", {}};
  if (new_name.size() > 2 && new_name.front() == '`' && new_name.back() == '`')
    new_name = new_name.substr(1, new_name.size() - 2);
  if (new_name.empty()) return {{}, "a name can't be empty", {}};
  if (new_name.find_first_of("`\n\r") != std::string::npos)
    return {{}, "no backquote and no line end can stand in a name", {}};
  const std::string written = source::written_name(new_name);
  const Found found = find_name(session, path, position);
  const auto project = session.project_of(path);
  const base::Span declared = found.named->declared;
  const auto declaring = session.source(*project, declared.file);
  const std::string old_name = name_in(*declaring, declared);
  if (old_name == new_name) return {};
  Edits edits;
  std::map<std::string, std::shared_ptr<const base::SourceFile>> sources;
  for (const auto& [file, spans] : all_uses(session, *project, declared)) {
    for (const base::Span span : spans) {
      const auto source = session.source(*project, span.file);
      if (!source || name_in(*source, span) != old_name) continue;
      edits[file].push_back({span.begin, span.end, written});
      sources[file] = source;
    }
  }
  std::vector<std::string> modules = session.readers(*project, project->places.at(declared.file).path);
  EvidenceNames names(session, *declared_at(*found.analysis, declared), new_name, written);
  for (const std::string& module : modules) {
    const auto analysed = session.analysis(module);
    if (!analysed) continue;
    names.keep(*analysed, edits[module]);
    sources[module] = analysed->compilation->units.back().parsed->file;
  }
  std::erase_if(edits, [](const auto& each) { return each.second.empty(); });
  for (auto& [file, list] : edits)
    std::sort(list.begin(), list.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  if (const std::string problem = Comparison(session, *project, edits).problem(modules); !problem.empty())
    return {{}, fmt::format("`{}` can't be the new name: {}", new_name, problem), {}};
  Renamed renamed;
  renamed.told = names.told();
  for (const auto& [file, list] : edits) {
    const Positions positions(*sources.at(file), session.encoding);
    FileEdits& made = renamed.files.emplace_back(FileEdits{session.uri(file), {}});
    for (const Edit& each : list) made.edits.push_back({positions.range(each.begin, each.end), each.text});
  }
  return renamed;
}

}  // namespace muster::lsp
