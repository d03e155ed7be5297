// SPDX-License-Identifier: Apache-2.0
// What a run is told by the command line and muster.toml: which policy and gate, as of when, with which params.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/project.h"
#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"
#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"

namespace muster::commands {

// By its name, or by `module.name`. Without one the only policy of the file, or of what it imports if it has none.
tl::expected<std::uint32_t, UsageError> choose_policy(const typed::Program& program,
                                                      const std::optional<std::string>& name, const std::string& file);

// By its name; without one the policy's first.
tl::expected<std::uint32_t, UsageError> choose_gate(const typed::Policy& policy,
                                                    const std::optional<std::string>& name);

// `--subject`: a key as evidence spells it, of the type that the subject's key has.
tl::expected<types::Scalar, UsageError> read_key(const typed::Program& program, const typed::Policy& policy,
                                                 const std::string& text);

// `--limit`: a number of subjects; nothing where it is not given.
tl::expected<std::optional<std::uint64_t>, UsageError> read_limit(const std::optional<std::string>& text);

// `--jobs`: a number of threads; as many as there are cores where it is not given.
tl::expected<unsigned, UsageError> read_jobs(const std::optional<std::string>& text, const Io& io);

// Whether a `PARAM=VALUE` of --set names a param that the policy reads.
bool names_param(const typed::Program& program, const typed::Policy& policy, const std::string& setting);

// `settings` are the `PARAM=VALUE` of the command line; a param that the policy does not read can't be set.
tl::expected<evidence::Run, UsageError> prepare_run(const typed::Program& program, const typed::Policy& policy,
                                                    const std::optional<std::string>& as_of, base::Instant now,
                                                    const std::vector<std::string>& settings);

}  // namespace muster::commands
