// SPDX-License-Identifier: Apache-2.0
// What a command is: a row of a table, from which arguments are read and help is printed. Each command's file
// defines its row; commands.cpp lists them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands/arguments.h"
#include "cli/commands/exit_code.h"
#include "cli/commands/run.h"

namespace muster::commands {

struct Command {
  std::string_view name;
  std::string_view summary;  // one line, in the list of commands
  Positional positional;
  std::vector<Option> options;
  std::vector<std::string_view> notes;  // paragraphs of the help, below the options
  std::vector<std::string_view> examples;
  // The exit code; an error is printed and ends with 2.
  tl::expected<int, UsageError> (*run)(const Arguments& arguments, const Io& io);
};

extern const Command kInitCommand;
extern const Command kCheckCommand;
extern const Command kFmtCommand;
extern const Command kTestCommand;
extern const Command kEvalCommand;
extern const Command kDiffCommand;
extern const Command kEffectiveCommand;
extern const Command kCodesCommand;
extern const Command kLspCommand;
extern const Command kDoctorCommand;
extern const Command kCompletionsCommand;

// In the order of `muster --help`.
const std::vector<const Command*>& all_commands();

}  // namespace muster::commands
