// SPDX-License-Identifier: Apache-2.0
// Applies the fixes that diagnostics offer, in place.
#pragma once

#include <cstddef>
#include <optional>
#include <set>

#include <tl/expected.hpp>

#include "cli/commands/findings.h"
#include "cli/commands/modules.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

enum class Fixes { safe, unsafe_too };

// The fix of a diagnostic that would be applied: its first of those that are wanted, unless it changes other files too.
const base::Fix* applicable_fix(const base::Diagnostic& diagnostic, Fixes wanted);

struct Applied {
  std::size_t fixes = 0;
  std::optional<UsageError> unwritten = {};  // why the file is left as it was
};

// Of what the filter shows in the file itself; modules that it imports stay as they are. Of fixes that overlap the
// first goes first, and the others have their turn once the module was looked at again. The file is written whole, and
// only with a text that can be read. `on_request` are lints that are found only where somebody asks for them.
tl::expected<Applied, UsageError> apply_fixes(const Io& io, const ModuleFile& file, const WarningFilter& filter,
                                              Fixes fixes, const std::set<base::Code>& on_request);

}  // namespace muster::commands
