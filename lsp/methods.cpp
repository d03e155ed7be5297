// SPDX-License-Identifier: Apache-2.0
#include "lsp/methods.h"

#include <algorithm>
#include <utility>

#include "lsp/handlers/completion.h"
#include "lsp/handlers/diagnostics.h"
#include "lsp/handlers/names.h"
#include "lsp/handlers/shown.h"
#include "lsp/handlers/structure.h"
#include "lsp/protocol/uri.h"

namespace muster::lsp {

namespace {

std::string path_in(const Json& params) { return path_of_uri(params.at("textDocument").at("uri").get<std::string>()); }

Json pull_diagnostics(Session& session, const Json& params) {
  return {{"kind", "full"}, {"items", diagnostics(session, path_in(params))}};
}

// Where the client asks for some kinds, a fix is one of `quickfix`.
Json actions(Session& session, const Json& params) {
  const Json only = params.value("/context/only"_json_pointer, Json::array());
  const bool is_asked =
      std::any_of(only.begin(), only.end(), [](const Json& kind) { return kind == "quickfix" || kind == ""; });
  if (!only.empty() && !is_asked) return Json::array();
  return code_actions(session, path_in(params), read_range(params.at("range")));
}

Position position_in(const Json& params) { return read_position(params.at("position")); }

Json hovered(Session& session, const Json& params) {
  return optional_json(hover(session, path_in(params), position_in(params)));
}

Json defined(Session& session, const Json& params) { return definition(session, path_in(params), position_in(params)); }

Json type_defined(Session& session, const Json& params) {
  return type_definition(session, path_in(params), position_in(params));
}

Json referred(Session& session, const Json& params) {
  const bool with = params.value("/context/includeDeclaration"_json_pointer, true);
  return references(session, path_in(params), position_in(params), with ? WithDeclaration::yes : WithDeclaration::no);
}

Json highlighted(Session& session, const Json& params) {
  Json all = Json::array();
  for (const Range& range : highlights(session, path_in(params), position_in(params)))
    all.push_back({{"range", range}, {"kind", 1}});
  return all;
}

Json rename_prepared(Session& session, const Json& params) {
  return optional_json(prepare_rename(session, path_in(params), position_in(params)));
}

Json renamed(Session& session, const Json& params) {
  const Renamed made = rename(session, path_in(params), position_in(params), params.at("newName").get<std::string>());
  if (!made.refused.empty()) throw Refused{made.refused};
  for (const std::string& each : made.told) session.tell(each);
  return workspace_edit(made.files);
}

Json outlined(Session& session, const Json& params) { return document_symbols(session, path_in(params)); }

Json searched(Session& session, const Json& params) {
  return workspace_symbols(session, params.at("query").get<std::string>());
}

Json folded(Session& session, const Json& params) { return foldings(session, path_in(params)); }

Json selected(Session& session, const Json& params) {
  Json all = Json::array();
  for (const Json& position : params.at("positions"))
    all.push_back(selection_range(selections(session, path_in(params), read_position(position))));
  return all;
}

Json formatted(Session& session, const Json& params) { return formatting(session, path_in(params)); }

Json formatted_in_part(Session& session, const Json& params) {
  return formatting(session, path_in(params), read_range(params.at("range")));
}

Json completed(Session& session, const Json& params) {
  return {{"isIncomplete", false}, {"items", completion(session, path_in(params), position_in(params))}};
}

Json signature(Session& session, const Json& params) {
  return optional_json(signature_help(session, path_in(params), position_in(params)));
}

Json tokens(Session& session, const Json& params) {
  return {{"data", semantic_tokens(session, path_in(params), nullptr)}};
}

Json tokens_in_part(Session& session, const Json& params) {
  const Range range = read_range(params.at("range"));
  return {{"data", semantic_tokens(session, path_in(params), &range)}};
}

Json hints(Session& session, const Json& params) {
  return inlay_hints(session, path_in(params), read_range(params.at("range")));
}

Json lenses(Session& session, const Json& params) { return code_lenses(session, path_in(params)); }

void opened(Session& session, const Json& params) {
  const Json& document = params.at("textDocument");
  session.open(document.at("uri").get<std::string>(), document.at("version").get<std::int64_t>(),
               document.at("text").get<std::string>());
}

void changed(Session& session, const Json& params) {
  std::vector<TextChange> changes;
  for (const Json& change : params.at("contentChanges")) {
    TextChange made{std::nullopt, change.at("text").get<std::string>()};
    if (const auto range = change.find("range"); range != change.end() && !range->is_null())
      made.range = read_range(*range);
    changes.push_back(std::move(made));
  }
  const Json& document = params.at("textDocument");
  session.change(document.at("uri").get<std::string>(), document.value("version", std::int64_t{0}), changes);
}

void closed(Session& session, const Json& params) {
  session.close(params.at("textDocument").at("uri").get<std::string>());
}

void saved(Session& session, const Json& params) { session.changed_outside({path_in(params)}); }

void files_changed(Session& session, const Json& params) {
  std::vector<std::string> paths;
  for (const Json& change : params.at("changes")) paths.push_back(path_of_uri(change.at("uri").get<std::string>()));
  session.changed_outside(paths);
}

}  // namespace

const std::vector<Method>& methods() {
  static const std::vector<Method> all = {
      {"textDocument/diagnostic", "diagnosticProvider",
       R"({"identifier": "muster", "interFileDependencies": true, "workspaceDiagnostics": false})", pull_diagnostics},
      {"textDocument/codeAction", "codeActionProvider", R"({"codeActionKinds": ["quickfix"]})", actions},
      {"textDocument/hover", "hoverProvider", "true", hovered},
      {"textDocument/definition", "definitionProvider", "true", defined},
      {"textDocument/typeDefinition", "typeDefinitionProvider", "true", type_defined},
      {"textDocument/references", "referencesProvider", "true", referred},
      {"textDocument/documentHighlight", "documentHighlightProvider", "true", highlighted},
      {"textDocument/rename", "renameProvider", R"({"prepareProvider": true})", renamed},
      {"textDocument/prepareRename", "renameProvider", R"({"prepareProvider": true})", rename_prepared},
      {"textDocument/documentSymbol", "documentSymbolProvider", "true", outlined},
      {"workspace/symbol", "workspaceSymbolProvider", "true", searched},
      {"textDocument/foldingRange", "foldingRangeProvider", "true", folded},
      {"textDocument/selectionRange", "selectionRangeProvider", "true", selected},
      {"textDocument/completion", "completionProvider", R"({"triggerCharacters": [".", "=", ":"]})", completed},
      {"textDocument/signatureHelp", "signatureHelpProvider", R"({"triggerCharacters": ["(", ","]})", signature},
      {"textDocument/semanticTokens/full", "semanticTokensProvider", R"({"full": true})", tokens},
      {"textDocument/semanticTokens/range", "semanticTokensProvider", R"({"range": true})", tokens_in_part},
      {"textDocument/inlayHint", "inlayHintProvider", "true", hints},
      {"textDocument/codeLens", "codeLensProvider", R"({"resolveProvider": false})", lenses},
      {"textDocument/formatting", "documentFormattingProvider", "true", formatted},
      {"textDocument/rangeFormatting", "documentRangeFormattingProvider", "true", formatted_in_part},
  };
  return all;
}

const std::vector<Notice>& notices() {
  static const std::vector<Notice> all = {
      {"textDocument/didOpen", opened},
      {"textDocument/didChange", changed},
      {"textDocument/didClose", closed},
      {"textDocument/didSave", saved},
      {"workspace/didChangeWatchedFiles", files_changed},
  };
  return all;
}

Json capabilities(Encoding encoding) {
  Json made = {{"positionEncoding", encoding == Encoding::utf8 ? "utf-8" : "utf-16"},
               {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}}};
  for (const Method& method : methods()) {
    Json options = Json::parse(method.options);
    Json& known = made[std::string(method.capability)];
    if (known.is_object() && options.is_object())
      known.update(options, true);
    else
      known = std::move(options);
  }
  made["semanticTokensProvider"]["legend"] = {{"tokenTypes", token_types()}, {"tokenModifiers", Json::array()}};
  return made;
}

}  // namespace muster::lsp
