// SPDX-License-Identifier: Apache-2.0
// What is wrong in a file, as an editor shows it, and what can be done about it.
#pragma once

#include <string>
#include <vector>

#include "lsp/protocol/messages.h"
#include "lsp/session/session.h"

namespace muster::lsp {

// The module itself is checked as it is now; of what others say of it, what is known.
std::vector<Diagnostic> diagnostics(Session& session, const std::string& path);
// As they are known, without checking anything.
std::vector<Diagnostic> known_diagnostics(Session& session, const std::string& path);

// Fixes of what is wrong in the range, the best first.
std::vector<CodeAction> code_actions(Session& session, const std::string& path, const Range& range);

}  // namespace muster::lsp
