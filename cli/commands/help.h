// SPDX-License-Identifier: Apache-2.0
// `--help`, from the tables of commands and options.
#pragma once

#include <string>

#include "cli/commands/command.h"

namespace muster::commands {

std::string program_help();
std::string command_help(const Command& command);

}  // namespace muster::commands
