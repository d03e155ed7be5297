// SPDX-License-Identifier: Apache-2.0
// What an editor shows in and between the lines: colours by meaning, values that are in force, counts of the sample.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/protocol/messages.h"
#include "lsp/session/session.h"

namespace muster::lsp {

// The types of tokens, by their index in what is sent.
const std::vector<std::string_view>& token_types();
// As the protocol packs them: five numbers each. Of all of the file, or of what lies in a range.
std::vector<std::uint32_t> semantic_tokens(Session& session, const std::string& path, const Range* range);

// Behind each param that a policy names: what it is worth there.
std::vector<InlayHint> inlay_hints(Session& session, const std::string& path, const Range& range);

// How many subjects of the bound sample meet a criterion or pass a gate, as far as they are counted; and tests to run.
std::vector<CodeLens> code_lenses(Session& session, const std::string& path);

}  // namespace muster::lsp
