// SPDX-License-Identifier: Apache-2.0
// The engines that this build has. Whichever is chosen, results are the same bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

enum class Engine : unsigned char { reference };

// The names that `--engine` takes.
std::vector<std::string> engine_names();

// By `--engine`, else by MUSTER_ENGINE, else the best there is.
tl::expected<Engine, UsageError> choose_engine(const std::optional<std::string>& option, const Io& io);

}  // namespace muster::commands
