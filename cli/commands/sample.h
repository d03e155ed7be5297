// SPDX-License-Identifier: Apache-2.0
// The evidence that a module is bound to, as the language server shows it beside the lines of a policy.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands/run.h"
#include "compiler/compile.h"
#include "lsp/session/outside.h"

namespace muster::commands {

// What `muster eval --format summary` of the module counts, as of `now` where its project says no other day. Nothing
// where its sources can't be read.
std::optional<lsp::SampleCounts> judge_sample(const Io& io, const std::string& path,
                                              const std::shared_ptr<const compiler::Compilation>& compilation,
                                              std::uint32_t policy, base::Instant now,
                                              const std::function<bool()>& stop);

// The columns of a CSV file, or the keys of the first record.
std::vector<std::string> sample_columns(const Io& io, const std::string& path, const typed::Source& source);

}  // namespace muster::commands
