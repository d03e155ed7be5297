// SPDX-License-Identifier: Apache-2.0
// Which files a run reads: the subjects from --data or the source they are bound from, and every other source
// that the policy needs, from --source or from where its module says. Packed files are read as what they hold.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/input_stream.h"
#include "cli/commands/modules.h"
#include "cli/commands/run.h"
#include "cli/commands/twin_streams.h"
#include "cli/commands/usage_error.h"
#include "runtime/ingest/ingest.h"

namespace muster::commands {

struct InputChoices {
  std::vector<std::string> data;           // --data: files and patterns
  std::vector<std::string> sources;        // --source NAME=FILE
  std::vector<std::string> allowed_paths;  // --allow-path
  TwinStreams* twins = nullptr;            // of what another run beside this one reads, too
};

// Whether a `NAME=FILE` of --source names a source of the program.
bool names_source(const typed::Program& program, const std::string& text);

struct OpenedInputs {
  ingest::Inputs inputs;
  std::shared_ptr<ReadMeter> portfolio;      // what is read of the files that the subjects come from
  std::vector<std::filesystem::path> files;  // all that were opened
};

tl::expected<OpenedInputs, UsageError> open_inputs(const Io& io, const CompiledModule& module,
                                                   const typed::Policy& policy, const InputChoices& choices);

}  // namespace muster::commands
