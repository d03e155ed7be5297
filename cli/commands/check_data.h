// SPDX-License-Identifier: Apache-2.0
// `check --data`: a module's bindings, held against the files that they are to read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/arguments.h"
#include "cli/commands/exit_code.h"
#include "cli/commands/modules.h"
#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

// Of --data, --source, --allow-path and --policy, which mean what they mean to `eval`.
std::vector<Option> data_options();
// Whether one of them says that files are to be read. An error: what says which goes without them, or with several
// modules.
tl::expected<bool, UsageError> asks_for_data(const Io& io, const Arguments& arguments);

struct Held {
  std::uint64_t records = 0;
  int code = kSuccess;  // else what the command ends with, having said why
};

// Adds what is found to the module's diagnostics, but for what comments silence. The module has no errors.
tl::expected<Held, UsageError> hold_against_data(const Io& io, const Arguments& arguments, const ModuleFile& file,
                                                 CompiledModule& module);

}  // namespace muster::commands
