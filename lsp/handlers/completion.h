// SPDX-License-Identifier: Apache-2.0
// What could be written at a place, and what a function takes. The text there is half written, so it is looked at token
// by token: what stands before the place, and in which braces it lies. Types come from what the checker made of the
// rest.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lsp/protocol/messages.h"
#include "lsp/session/session.h"

namespace muster::lsp {

std::vector<CompletionItem> completion(Session& session, const std::string& path, Position position);
std::optional<SignatureHelp> signature_help(Session& session, const std::string& path, Position position);

}  // namespace muster::lsp
