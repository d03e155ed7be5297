// SPDX-License-Identifier: Apache-2.0
// A project: the folder below which modules import each other and read their data, and what its muster.toml
// says. The command line goes before the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

struct Project {
  std::filesystem::path root;         // absolute
  std::optional<std::string> file;    // its muster.toml, as it is shown
  std::string name;                   // empty if it has none
  bool deny_warnings = false;         // [check] deny = "warnings"
  std::vector<std::string> ignore;    // [check] ignore: codes of lints
  std::optional<std::string> policy;  // [eval] policy
  std::optional<std::string> as_of;   // [eval] as_of
};

// The project of a module: the folder of the nearest muster.toml, upwards from the module's, else that folder
// itself. A key that doesn't exist is an error.
tl::expected<Project, UsageError> find_project(const Io& io, const std::filesystem::path& module_file);

}  // namespace muster::commands
