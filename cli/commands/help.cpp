// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/help.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::commands {

std::string program_help() {
  std::string text =
      "Muster judges a portfolio against a policy: what is ready, what is not, and what nobody knows yet.\n\n"
      "usage: muster COMMAND [ARGUMENTS]\n\ncommands:\n";
  for (const auto* command : all_commands()) text += fmt::format("  {:<12} {}\n", command->name, command->summary);
  text +=
      "\noptions:\n  --help     shows this; `muster COMMAND --help` shows a command's options and an example\n"
      "  --version  shows the version\n";
  return text;
}

namespace {

std::string written(const Option& option) {
  std::string text(option.name);
  if (option.value.empty()) return text;
  text += ' ';
  if (option.choices.empty()) return text + std::string(option.value);
  for (std::size_t i = 0; i < option.choices.size(); ++i) text += (i == 0 ? "" : "|") + option.choices[i];
  return text;
}

constexpr std::size_t kLongestName = 26;  // longer ones have their help on the next line

}  // namespace

std::string command_help(const Command& command) {
  std::string text = fmt::format("muster {}: {}\n\nusage: muster {}", command.name, command.summary, command.name);
  if (!command.positional.name.empty()) {
    text += command.positional.least == 0 ? fmt::format(" [{}]", command.positional.name)
                                          : fmt::format(" {}", command.positional.name);
  }
  text += command.options.empty() ? "\n" : " [OPTIONS]\n\noptions:\n";
  std::size_t width = 0;
  for (const auto& option : command.options) {
    const std::size_t length = written(option).size();
    if (length <= kLongestName) width = std::max(width, length);
  }
  for (const auto& option : command.options) {
    const std::string name = written(option);
    const std::string gap =
        name.size() <= width ? std::string(width - name.size() + 2, ' ') : "\n" + std::string(width + 4, ' ');
    text +=
        fmt::format("  {}{}{}{}\n", name, gap, option.help, option.repeat == Repeat::any ? " (may be repeated)" : "");
  }
  for (const auto note : command.notes) text += fmt::format("\n{}\n", note);
  text += command.examples.size() == 1 ? "\nexample:\n" : "\nexamples:\n";
  for (const auto example : command.examples) text += fmt::format("  {}\n", example);
  return text;
}

}  // namespace muster::commands
