// SPDX-License-Identifier: Apache-2.0
// What can be said of a file from its syntax tree alone, broken or not: its outline, what folds, what surrounds a
// place, and its layout.
#pragma once

#include <string>
#include <vector>

#include "lsp/protocol/messages.h"
#include "lsp/session/session.h"

namespace muster::lsp {

std::vector<Symbol> document_symbols(Session& session, const std::string& path);
// Of all projects, those whose names hold the letters of the query in order.
std::vector<WorkspaceSymbol> workspace_symbols(Session& session, const std::string& query);
std::vector<Folding> foldings(Session& session, const std::string& path);
// What surrounds a place, the innermost first.
std::vector<Range> selections(Session& session, const std::string& path, Position position);
// Nothing for a file with syntax errors.
std::vector<TextEdit> formatting(Session& session, const std::string& path);
std::vector<TextEdit> formatting(Session& session, const std::string& path, const Range& range);

// Where a token stands that begins a test or a case, and its name: to be run.
struct TestPlace {
  Range range;
  std::string name;
};
std::vector<TestPlace> tests(Session& session, const Analysis& analysis);

}  // namespace muster::lsp
