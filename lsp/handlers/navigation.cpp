// SPDX-License-Identifier: Apache-2.0
// From a name to where it is declared, and to all that means the same.
#include <algorithm>

#include "lsp/handlers/names.h"
#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

std::optional<Location> location(Session& session, Project& project, base::Span span) {
  const std::string uri = session.uri(project, span.file);
  const auto file = session.source(project, span.file);
  if (uri.empty() || !file) return std::nullopt;
  return Location{uri, Positions(*file, session.encoding).range(span)};
}

}  // namespace

Found find_name(Session& session, const std::string& path, Position position) {
  Found found{session.analysis(path), std::nullopt};
  if (!found.analysis) return found;
  found.named = named_at(*found.analysis, Positions(found.analysis->file(), session.encoding).offset(position));
  return found;
}

std::map<std::string, std::vector<base::Span>> all_uses(Session& session, Project& project, base::Span declared) {
  session.check_all(project);
  std::map<std::string, std::vector<base::Span>> all;
  for (const auto& [path, findings] : project.findings) {
    for (const check::NameUse& use : findings->uses) {
      if (use.declared == declared) all[path].push_back(use.at);
    }
  }
  if (const auto place = project.places.find(declared.file); place != project.places.end() && !place->second.of_library)
    all[place->second.path].push_back(declared);
  for (auto& [path, spans] : all) {
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  }
  return all;
}

std::vector<Location> definition(Session& session, const std::string& path, Position position) {
  const Found found = find_name(session, path, position);
  if (!found.named) return {};
  const auto project = session.project_of(path);
  const auto declared = declared_at(*found.analysis, found.named->declared);
  base::Span target = found.named->declared;
  // What an import binds is the whole module.
  if (declared && declared->sort == Sort::module)
    target = {found.analysis->compilation->units[declared->index].parsed->id, 0, 0};
  const auto place = location(session, *project, target);
  return place ? std::vector<Location>{*place} : std::vector<Location>{};
}

std::vector<Location> type_definition(Session& session, const std::string& path, Position position) {
  const Found found = find_name(session, path, position);
  if (!found.named) return {};
  const auto declared = declared_at(*found.analysis, found.named->declared);
  if (!declared) return {};
  base::Span target;
  if (declared->sort == Sort::record || declared->sort == Sort::enumeration) {
    target = declared->span;
  } else if (declared->type != types::kError) {
    const types::Table& table = found.analysis->program().types;
    const types::TypeId inner = table.innermost(declared->type);
    if (table.is_record(inner)) target = table.record_of(inner).span;
    if (table.kind(inner) == types::Kind::enumeration) target = table.enum_of(inner).span;
  }
  if (target.begin == target.end) return {};
  const auto place = location(session, *session.project_of(path), target);
  return place ? std::vector<Location>{*place} : std::vector<Location>{};
}

std::vector<Location> references(Session& session, const std::string& path, Position position, WithDeclaration with) {
  const Found found = find_name(session, path, position);
  if (!found.named) return {};
  const auto project = session.project_of(path);
  std::vector<Location> all;
  for (const auto& [file, spans] : all_uses(session, *project, found.named->declared)) {
    for (const base::Span span : spans) {
      if (span == found.named->declared && with == WithDeclaration::no) continue;
      if (auto place = location(session, *project, span)) all.push_back(std::move(*place));
    }
  }
  return all;
}

std::vector<Range> highlights(Session& session, const std::string& path, Position position) {
  const Found found = find_name(session, path, position);
  if (!found.named) return {};
  const base::FileId file = found.analysis->module().id;
  std::vector<base::Span> spans;
  if (found.named->declared.file == file) spans.push_back(found.named->declared);
  for (const check::NameUse& use : found.analysis->compilation->uses) {
    if (use.at.file == file && use.declared == found.named->declared) spans.push_back(use.at);
  }
  std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
  const Positions positions(found.analysis->file(), session.encoding);
  std::vector<Range> ranges;
  for (const base::Span span : spans) ranges.push_back(positions.range(span));
  return ranges;
}

}  // namespace muster::lsp
