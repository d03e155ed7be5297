// SPDX-License-Identifier: Apache-2.0
// A policy, ready to be run on evidence: its module, which of its policies and gates, and what the run is told.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/modules.h"
#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"
#include "runtime/evidence/run.h"

namespace muster::commands {

struct Prepared {
  std::shared_ptr<const CompiledModule> module;
  std::uint32_t policy = 0;
  std::uint32_t gate = 0;
  evidence::Run run;

  const typed::Program& program() const { return module->compilation.program; }
  const typed::Policy& chosen_policy() const { return program().policies[policy]; }
};

// What the command line says; where it is silent muster.toml is asked.
struct RunChoices {
  std::optional<std::string> policy;  // --policy
  std::optional<std::string> gate;    // --gate
  std::optional<std::string> as_of;   // --as-of
  std::vector<std::string> settings;  // --set
};

// `file` is the module's as it is shown.
tl::expected<Prepared, UsageError> prepare(std::shared_ptr<const CompiledModule> module, const std::string& file,
                                           const RunChoices& choices, const Io& io);

}  // namespace muster::commands
