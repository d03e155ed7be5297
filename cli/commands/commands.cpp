// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/command.h"

namespace muster::commands {

const std::vector<const Command*>& all_commands() {
  static const std::vector<const Command*> commands = {
      &kInitCommand,      &kCheckCommand, &kFmtCommand, &kTestCommand,   &kEvalCommand,       &kDiffCommand,
      &kEffectiveCommand, &kCodesCommand, &kLspCommand, &kDoctorCommand, &kCompletionsCommand};
  return commands;
}

}  // namespace muster::commands
