// SPDX-License-Identifier: Apache-2.0
// What the protocol speaks of, as plain structs: handlers take and give these, and only json.h knows how they are
// written. Positions count lines and units of a line from 0; which units, client and server agree on when they meet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace muster::lsp {

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

struct Range {
  Position start;
  Position end;  // behind the last
  friend bool operator==(const Range&, const Range&) = default;
};

struct Location {
  std::string uri;
  Range range;
};

struct TextEdit {
  Range range;
  std::string new_text;
};

struct FileEdits {
  std::string uri;
  std::vector<TextEdit> edits;
};

struct Related {
  Location location;
  std::string message;
};

struct Diagnostic {
  Range range;
  bool is_error = true;
  std::string code;
  std::string message;
  std::vector<Related> related;
};

struct Hover {
  std::string markdown;
  Range range;
};

// The numbers are the protocol's.
enum class SymbolKind : std::uint8_t {
  package = 4,
  classlike = 5,
  property = 7,
  field = 8,
  enumeration = 10,
  function = 12,
  variable = 13,
  constant = 14,
  object = 19,
  enum_member = 22,
  structure = 23,
  event = 24,
};

struct Symbol {
  std::string name;
  std::string detail;
  SymbolKind kind = SymbolKind::variable;
  Range range;      // all of it
  Range selection;  // its name
  std::vector<Symbol> children;
};

struct WorkspaceSymbol {
  std::string name;
  SymbolKind kind = SymbolKind::variable;
  Location location;
  std::string container;
};

enum class CompletionKind : std::uint8_t {
  function = 3,
  field = 5,
  variable = 6,
  classlike = 7,
  module = 9,
  keyword = 14,
  enum_member = 20,
  constant = 21,
  structure = 22,
};

struct CompletionItem {
  std::string label;
  CompletionKind kind = CompletionKind::keyword;
  std::string detail;
  std::string documentation;
  Range replaced;
  std::string new_text;
};

struct SignatureHelp {
  std::string label;
  std::string documentation;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> parameters;  // pieces of the label, in UTF-16 units
  std::uint32_t active = 0;
};

struct Folding {
  std::uint32_t first_line = 0, last_line = 0;
  bool is_comment = false, is_imports = false;
};

struct InlayHint {
  Position position;
  std::string label;
  std::string tooltip;
};

struct Command {
  std::string title;
  std::string command;
  std::vector<std::string> arguments;
};

struct CodeLens {
  Range range;
  Command command;
};

struct CodeAction {
  std::string title;
  bool is_preferred = false;
  Diagnostic mends;
  std::vector<FileEdits> edits;
};

}  // namespace muster::lsp
