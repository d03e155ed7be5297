// SPDX-License-Identifier: Apache-2.0
// The files that `--data` names: as they are given, and for a pattern (`parts/*.ndjson`) those that it matches.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

// In the order of the options, what one pattern matches by the bytes of the names. `*`, `?` and `[...]` are those of
// shells: they match no `/` and no dot that a name begins with. What is there by just this name is no pattern.
tl::expected<std::vector<std::string>, UsageError> find_data_files(const Io& io, const std::vector<std::string>& given);

}  // namespace muster::commands
