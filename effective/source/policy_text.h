// SPDX-License-Identifier: Apache-2.0
// Parts of a policy as they are written in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::source {

// `must in docs tagged slow`, `[a, b]`
std::string selection_text(const typed::Selection& selection);
// Of a score that is no expression: `of must`, `weight must 3, should 2`, and what isn't as usual.
std::vector<std::string> score_clauses(const typed::Policy& policy, const typed::Score& score);
// In its quotes, each expression as it was written.
std::string message_text(const typed::Message& message);
// On one line, without comments.
std::string expression_text(const typed::Program& program, const base::SourceMap& sources, typed::ExprId expression);

}  // namespace muster::source
