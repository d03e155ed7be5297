// SPDX-License-Identifier: Apache-2.0
// How the protocol writes its structs: the only place that knows. Reading throws Json::exception where a message isn't
// what the protocol says; whoever reads one answers with an error.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lsp/protocol/messages.h"

namespace muster::lsp {

using Json = nlohmann::json;

// Discarded where it is none, or nests too deep. Half a character of UTF-16, which an editor's text may hold and UTF-8
// can't, is read as U+FFFD, which is as long in UTF-16.
Json read_message(const std::string& body);
// What is wrong, without what the reading library calls it.
std::string problem_of(const Json::exception& error);

Position read_position(const Json& json);
Range read_range(const Json& json);

void to_json(Json& json, const Position& position);
void to_json(Json& json, const Range& range);
void to_json(Json& json, const Location& location);
void to_json(Json& json, const TextEdit& edit);
void to_json(Json& json, const Related& related);
void to_json(Json& json, const Diagnostic& diagnostic);
void to_json(Json& json, const Hover& hover);
void to_json(Json& json, const Symbol& symbol);
void to_json(Json& json, const WorkspaceSymbol& symbol);
void to_json(Json& json, const CompletionItem& item);
void to_json(Json& json, const SignatureHelp& help);
void to_json(Json& json, const Folding& folding);
void to_json(Json& json, const InlayHint& hint);
void to_json(Json& json, const Command& command);
void to_json(Json& json, const CodeLens& lens);
void to_json(Json& json, const CodeAction& action);

// `{"changes": {uri: edits}}`
Json workspace_edit(const std::vector<FileEdits>& edits);
// Each range within the next.
Json selection_range(const std::vector<Range>& ranges);

template <class Thing>
Json optional_json(const std::optional<Thing>& thing) {
  return thing ? Json(*thing) : Json();
}

}  // namespace muster::lsp
