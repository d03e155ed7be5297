// SPDX-License-Identifier: Apache-2.0
#include "lsp/protocol/json.h"

namespace muster::lsp {

namespace {

Json markdown(const std::string& text) { return {{"kind", "markdown"}, {"value", text}}; }

// All that the protocol says nests less. Copies and texts of what nests deep would need a deep stack.
constexpr int kMostNesting = 256;

Json parsed(const std::string& body) {
  bool is_too_deep = false;
  Json message = Json::parse(
      body,
      [&](int depth, Json::parse_event_t, Json&) {
        is_too_deep = is_too_deep || depth > kMostNesting;
        return !is_too_deep;
      },
      false);
  return is_too_deep ? Json(Json::value_t::discarded) : message;
}

enum class Half : std::uint8_t { none, first, second };

// Of a UTF-16 pair, where an escape stands here: `\\uD83D`.
Half half_at(const std::string& text, std::size_t at) {
  if (text.compare(at, 2, "\\u") != 0 || at + 6 > text.size()) return Half::none;
  if (text[at + 2] != 'd' && text[at + 2] != 'D') return Half::none;
  switch (text[at + 3]) {
    case '8':
    case '9':
    case 'a':
    case 'A':
    case 'b':
    case 'B': return Half::first;
    case 'c':
    case 'C':
    case 'd':
    case 'D':
    case 'e':
    case 'E':
    case 'f':
    case 'F': return Half::second;
    default: return Half::none;
  }
}

// Halves that stand alone are replaced; the text keeps its length.
std::string with_whole_characters(std::string text) {
  for (std::size_t at = text.find('\\'); at != std::string::npos; at = text.find('\\', at)) {
    const Half half = half_at(text, at);
    if (half == Half::first && half_at(text, at + 6) == Half::second) {
      at += 12;
      continue;
    }
    if (half != Half::none) text.replace(at, 6, "\\uFFFD");
    at += 2;
  }
  return text;
}

}  // namespace

Json read_message(const std::string& body) {
  Json message = parsed(body);
  return message.is_discarded() ? parsed(with_whole_characters(body)) : message;
}

std::string problem_of(const Json::exception& error) {
  const std::string text = error.what();
  const std::size_t end = text.find("] ");
  return text.starts_with('[') && end != std::string::npos ? text.substr(end + 2) : text;
}

Position read_position(const Json& json) {
  return {json.at("line").get<std::uint32_t>(), json.at("character").get<std::uint32_t>()};
}

Range read_range(const Json& json) { return {read_position(json.at("start")), read_position(json.at("end"))}; }

void to_json(Json& json, const Position& position) {
  json = {{"line", position.line}, {"character", position.character}};
}

void to_json(Json& json, const Range& range) { json = {{"start", range.start}, {"end", range.end}}; }

void to_json(Json& json, const Location& location) { json = {{"uri", location.uri}, {"range", location.range}}; }

void to_json(Json& json, const TextEdit& edit) { json = {{"range", edit.range}, {"newText", edit.new_text}}; }

void to_json(Json& json, const Related& related) {
  json = {{"location", related.location}, {"message", related.message}};
}

void to_json(Json& json, const Diagnostic& diagnostic) {
  json = {{"range", diagnostic.range},
          {"severity", diagnostic.is_error ? 1 : 2},
          {"code", diagnostic.code},
          {"source", "muster"},
          {"message", diagnostic.message}};
  if (!diagnostic.related.empty()) json["relatedInformation"] = diagnostic.related;
}

void to_json(Json& json, const Hover& hover) {
  json = {{"contents", markdown(hover.markdown)}, {"range", hover.range}};
}

void to_json(Json& json, const Symbol& symbol) {
  json = {{"name", symbol.name.empty() ? "?" : symbol.name},
          {"kind", static_cast<int>(symbol.kind)},
          {"range", symbol.range},
          {"selectionRange", symbol.selection}};
  if (!symbol.detail.empty()) json["detail"] = symbol.detail;
  if (!symbol.children.empty()) json["children"] = symbol.children;
}

void to_json(Json& json, const WorkspaceSymbol& symbol) {
  json = {{"name", symbol.name}, {"kind", static_cast<int>(symbol.kind)}, {"location", symbol.location}};
  if (!symbol.container.empty()) json["containerName"] = symbol.container;
}

void to_json(Json& json, const CompletionItem& item) {
  json = {{"label", item.label},
          {"kind", static_cast<int>(item.kind)},
          {"textEdit", TextEdit{item.replaced, item.new_text}}};
  // What is typed of it may have a backquote or quotes already.
  if (item.new_text != item.label) json["filterText"] = item.new_text;
  if (!item.detail.empty()) json["detail"] = item.detail;
  if (!item.documentation.empty()) json["documentation"] = markdown(item.documentation);
}

void to_json(Json& json, const SignatureHelp& help) {
  Json signature = {{"label", help.label}, {"parameters", Json::array()}};
  for (const auto& [begin, end] : help.parameters) signature["parameters"].push_back({{"label", {begin, end}}});
  if (!help.documentation.empty()) signature["documentation"] = markdown(help.documentation);
  json = {{"signatures", {signature}}, {"activeSignature", 0}, {"activeParameter", help.active}};
}

void to_json(Json& json, const Folding& folding) {
  json = {{"startLine", folding.first_line}, {"endLine", folding.last_line}};
  if (folding.is_comment) json["kind"] = "comment";
  if (folding.is_imports) json["kind"] = "imports";
}

void to_json(Json& json, const InlayHint& hint) {
  json = {{"position", hint.position}, {"label", hint.label}, {"paddingLeft", true}};
  if (!hint.tooltip.empty()) json["tooltip"] = hint.tooltip;
}

void to_json(Json& json, const Command& command) {
  json = {{"title", command.title}, {"command", command.command}, {"arguments", command.arguments}};
}

void to_json(Json& json, const CodeLens& lens) { json = {{"range", lens.range}, {"command", lens.command}}; }

void to_json(Json& json, const CodeAction& action) {
  json = {{"title", action.title},
          {"kind", "quickfix"},
          {"diagnostics", {action.mends}},
          {"edit", workspace_edit(action.edits)}};
  if (action.is_preferred) json["isPreferred"] = true;
}

Json workspace_edit(const std::vector<FileEdits>& edits) {
  Json changes = Json::object();
  for (const FileEdits& file : edits) changes[file.uri] = file.edits;
  return {{"changes", changes}};
}

Json selection_range(const std::vector<Range>& ranges) {
  Json made;
  for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
    Json inner = {{"range", *range}};
    if (!made.is_null()) inner["parent"] = std::move(made);
    made = std::move(inner);
  }
  return made;
}

}  // namespace muster::lsp
