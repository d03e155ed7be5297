// SPDX-License-Identifier: Apache-2.0
#include "lsp/handlers/diagnostics.h"

#include <map>

namespace muster::lsp {

namespace {

Diagnostic shown(Session& session, Project& project, const base::Diagnostic& diagnostic, const Positions& positions) {
  Diagnostic made;
  made.range = positions.range(diagnostic.span);
  made.is_error = diagnostic.severity() == base::Severity::error;
  made.code = base::info(diagnostic.code).id;
  made.message = diagnostic.message;
  if (!diagnostic.help.empty()) made.message += "\nhelp: " + diagnostic.help;
  for (const base::Label& label : diagnostic.labels) {
    const std::string uri = session.uri(project, label.span.file);
    const auto file = session.source(project, label.span.file);
    if (uri.empty() || !file) continue;
    made.related.push_back({{uri, Positions(*file, session.encoding).range(label.span)}, label.text});
  }
  return made;
}

}  // namespace

std::vector<Diagnostic> known_diagnostics(Session& session, const std::string& path) {
  const auto project = session.project_of(path);
  std::vector<Diagnostic> all;
  std::shared_ptr<const base::SourceFile> file;
  std::optional<Positions> positions;
  for (const base::Diagnostic& each : session.diagnostics(path)) {
    if (!positions) {
      file = session.source(*project, each.span.file);
      positions.emplace(*file, session.encoding);
    }
    all.push_back(shown(session, *project, each, *positions));
  }
  return all;
}

std::vector<Diagnostic> diagnostics(Session& session, const std::string& path) {
  session.check(path);
  return known_diagnostics(session, path);
}

std::vector<CodeAction> code_actions(Session& session, const std::string& path, const Range& range) {
  const auto analysis = session.analysis(path);
  std::vector<CodeAction> actions;
  if (!analysis) return actions;
  const auto project = session.project_of(path);
  const Positions positions(analysis->file(), session.encoding);
  for (const base::Diagnostic& each : session.diagnostics(path)) {
    const Diagnostic mends = shown(session, *project, each, positions);
    if (mends.range.end < range.start || range.end < mends.range.start) continue;
    bool is_first = true;
    for (const base::Fix& fix : each.fixes) {
      std::map<std::string, std::vector<TextEdit>> edits;
      for (const base::TextEdit& edit : fix.edits) {
        const auto file = session.source(*project, edit.span.file);
        if (file)
          edits[session.uri(*project, edit.span.file)].push_back(
              {Positions(*file, session.encoding).range(edit.span), edit.replacement});
      }
      // An editor may apply what is preferred without asking; what changes the meaning somebody has to look at.
      CodeAction action{fix.title, is_first && (fix.is_safe || each.severity() == base::Severity::error), mends, {}};
      for (auto& [uri, of_file] : edits) action.edits.push_back({uri, std::move(of_file)});
      actions.push_back(std::move(action));
      is_first = false;
    }
  }
  return actions;
}

}  // namespace muster::lsp
