// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/run.h"

#include <algorithm>

#include "cli/commands/build_info.h"
#include "cli/commands/command.h"
#include "cli/commands/help.h"

namespace muster::commands {

namespace {

void print_usage_error(const Io& io, std::string_view where, UsageError error, const std::string& fallback) {
  if (error.help.empty()) error.help = fallback;
  print_error(io.err, where, error);
}

UsageError no_command(const std::string& name) {
  std::vector<std::string> names;
  for (const auto* command : all_commands()) names.emplace_back(command->name);
  return {"there is no command `" + name + "`", suggestion(name, names, "commands")};
}

// `muster help` and `muster help COMMAND`, as `--help` says it.
int print_help(const std::vector<std::string>& words, const Io& io) {
  if (words.empty() || words.front() == "--help" || words.front() == "-h") {
    io.out << program_help();
    return kSuccess;
  }
  for (const auto* command : all_commands()) {
    if (command->name != words.front()) continue;
    io.out << command_help(*command);
    return kSuccess;
  }
  print_error(io.err, "help", no_command(words.front()));
  return kUsage;
}

int run_command(const Command& command, const std::vector<std::string>& words, const Io& io) {
  const auto end_of_options = std::find(words.begin(), words.end(), "--");
  if (std::any_of(words.begin(), end_of_options,
                  [](const std::string& word) { return word == "--help" || word == "-h"; })) {
    io.out << command_help(command);
    return kSuccess;
  }
  const std::string name(command.name);
  const auto arguments = read_arguments(command.options, command.positional, words);
  if (!arguments) {
    print_usage_error(io, name, arguments.error(), "`muster " + name + " --help` shows how it is used");
    return kUsage;
  }
  const auto code = command.run(*arguments, io);
  if (code) return *code;
  // What was read when the signal came can't be read to its end.
  if (const int signal = io.interrupted(); signal != 0) {
    io.err << "muster " << name << ": interrupted\n";
    return kBySignal + signal;
  }
  print_error(io.err, name, code.error());
  return kUsage;
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Io& io) {
  if (arguments.empty()) {
    io.err << program_help();
    return kUsage;
  }
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h") {
    io.out << program_help();
    return kSuccess;
  }
  if (first == "--version") {
    io.out << "muster " << version_text() << '\n';
    return kSuccess;
  }
  // What people try first.
  if (first == "help") return print_help({arguments.begin() + 1, arguments.end()}, io);
  for (const auto* command : all_commands()) {
    if (command->name == first) return run_command(*command, {arguments.begin() + 1, arguments.end()}, io);
  }
  const UsageError unknown =
      !first.empty() && first[0] == '-'
          ? UsageError{"there is no option `" + first + "`", suggestion(first, {"--help", "--version"}, "options")}
          : no_command(first);
  print_usage_error(io, "", unknown, "`muster --help` lists the commands");
  return kUsage;
}

}  // namespace muster::commands
