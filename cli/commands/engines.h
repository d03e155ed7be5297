// SPDX-License-Identifier: Apache-2.0
// The engines that this build has. Whichever is chosen, results are the same bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"
#include "runtime/engine.h"

namespace muster::commands {

// The names that `--engine` takes.
std::vector<std::string> engine_names();

const char* name(runtime::Engine engine);

// By `--engine`, else by MUSTER_ENGINE, else whatever is best.
tl::expected<runtime::Engine, UsageError> choose_engine(const std::optional<std::string>& option, const Io& io);

}  // namespace muster::commands
