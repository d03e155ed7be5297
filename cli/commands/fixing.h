// SPDX-License-Identifier: Apache-2.0
// Applies the fixes that diagnostics offer, in place.
#pragma once

#include <cstddef>

#include <tl/expected.hpp>

#include "cli/commands/findings.h"
#include "cli/commands/modules.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

enum class Fixes { safe, unsafe_too };

// Of what the filter shows in the file itself; modules that it imports stay as they are. Of fixes that overlap the
// first goes first, and the others have their turn once the module was looked at again. How many were applied. The file
// is written whole, and only with a text that can be read.
tl::expected<std::size_t, UsageError> apply_fixes(const Io& io, const ModuleFile& file, const WarningFilter& filter,
                                                  Fixes fixes);

}  // namespace muster::commands
