// SPDX-License-Identifier: Apache-2.0
// `muster completions`: what shells need to complete command lines, from the tables that read them.
#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.h"
#include "cli/commands/command.h"

namespace muster::commands {

namespace {

// What may stand at one place of the command line.
struct Wanted {
  enum class Kind : std::uint8_t { nothing, words, file, module, folder } kind = Kind::nothing;
  std::vector<std::string> words = {};
};

Wanted wanted(std::string_view name, const std::vector<std::string>& choices) {
  if (!choices.empty()) return {Wanted::Kind::words, choices};
  if (name == "CODE") {
    Wanted codes{Wanted::Kind::words};
    for (const auto& code : base::all_codes()) codes.words.emplace_back(code.id);
    return codes;
  }
  if (name == "DIR") return {Wanted::Kind::folder};
  return {is_path(name) ? Wanted::Kind::file : Wanted::Kind::nothing};
}

// Options that take codes choose among warnings; errors always show.
Wanted wanted(const Option& option) {
  if (option.value != "CODE") return wanted(option.value, option.choices);
  Wanted codes{Wanted::Kind::words};
  for (const auto& code : base::all_codes()) {
    if (code.severity == base::Severity::warning) codes.words.emplace_back(code.id);
  }
  return codes;
}

// What stands by itself is a module, or a folder of some.
Wanted wanted(const Positional& positional) {
  Wanted found = wanted(positional.name, positional.choices);
  if (found.kind == Wanted::Kind::file) found.kind = Wanted::Kind::module;
  return found;
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

std::vector<std::string> names_of_commands() {
  std::vector<std::string> names;
  for (const auto* command : all_commands()) names.emplace_back(command->name);
  return names;
}

std::vector<std::string> names_of_options(const Command& command) {
  std::vector<std::string> names;
  for (const auto& option : command.options) names.emplace_back(option.name);
  names.emplace_back("--help");
  return names;
}

// Inside '...', where a shell reads nothing but the end.
std::string quoted(std::string_view text) {
  std::string quoted_text = "'";
  for (const char character : text) quoted_text += character == '\'' ? "'\\''" : std::string(1, character);
  return quoted_text + "'";
}

// ---- bash ----

std::string bash_action(const Wanted& what) {
  switch (what.kind) {
    case Wanted::Kind::nothing: return "return";
    case Wanted::Kind::words: return "_muster_words " + quoted(joined(what.words));
    case Wanted::Kind::file: return "_muster_files";
    case Wanted::Kind::module: return "_muster_modules";
    case Wanted::Kind::folder: return "_muster_folders";
  }
  return {};
}

std::string bash_script() {
  std::string text = R"(# Completion of muster for bash: source <(muster completions bash)

_muster_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
_muster_files() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); }
_muster_folders() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur"); }
_muster_modules() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X '!*.muster' -- "$cur")
}

_muster() {
  local cur=${COMP_WORDS[COMP_CWORD]} option=
  COMPREPLY=()
  # bash takes `--option=value` apart.
  if [[ $cur == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 1]} cur=
  elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  elif ((COMP_CWORD > 1)); then
    option=${COMP_WORDS[COMP_CWORD - 1]}
  fi
)";
  text += fmt::format("  if ((COMP_CWORD == 1)); then\n    _muster_words {}\n    return\n  fi\n",
                      quoted(joined(names_of_commands()) + " --help --version"));
  text += "  case ${COMP_WORDS[1]} in\n";
  for (const auto* command : all_commands()) {
    text += fmt::format("    {})\n      case $option in\n", command->name);
    for (const auto& option : command->options) {
      if (!option.value.empty())
        text += fmt::format("        {}) {}; return ;;\n", option.name, bash_action(wanted(option)));
    }
    text +=
        fmt::format("      esac\n      if [[ $cur == -* ]]; then\n        _muster_words {}\n        return\n      fi\n",
                    quoted(joined(names_of_options(*command))));
    text += fmt::format("      {}\n      ;;\n", bash_action(wanted(command->positional)));
  }
  return text + "  esac\n}\n\ncomplete -F _muster muster\n";
}

// ---- zsh ----

// In a specification of `_arguments`, brackets and colons part its pieces.
std::string zsh_escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    if (character == '[' || character == ']' || character == ':' || character == '\\') escaped += '\\';
    escaped += character;
  }
  return escaped;
}

std::string zsh_action(const Wanted& what) {
  switch (what.kind) {
    case Wanted::Kind::nothing: return " ";
    case Wanted::Kind::words: return "(" + joined(what.words) + ")";
    case Wanted::Kind::file: return "_files";
    case Wanted::Kind::module: return "_files -g \"*.muster(-.)\"";
    case Wanted::Kind::folder: return "_files -/";
  }
  return {};
}

std::string zsh_script() {
  std::string text =
      "#compdef muster\n# Completion of muster for zsh: source <(muster completions zsh), after compinit\n\n"
      "_muster() {\n  local -a commands=(\n";
  for (const auto* command : all_commands())
    text += fmt::format("    {}\n", quoted(fmt::format("{}:{}", command->name, command->summary)));
  text +=
      "  )\n  if ((CURRENT == 2)); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  ((CURRENT--))\n  case $command in\n";
  for (const auto* command : all_commands()) {
    text += fmt::format("    {})\n      _arguments", command->name);
    for (const auto& option : command->options) {
      std::string spec = option.repeat == Repeat::any ? "*" : "";
      spec += fmt::format("{}{}[{}]", option.name, option.value.empty() ? "" : "=", zsh_escaped(option.help));
      if (!option.value.empty()) spec += fmt::format(":{}:{}", zsh_escaped(option.value), zsh_action(wanted(option)));
      text += " \\\n        " + quoted(spec);
    }
    text += " \\\n        '--help[shows the options]'";
    if (!command->positional.name.empty()) {
      text += " \\\n        " + quoted(fmt::format("*:{}:{}", zsh_escaped(command->positional.name),
                                                   zsh_action(wanted(command->positional))));
    }
    text += "\n      ;;\n";
  }
  // Where it stands in a folder of $fpath it is called by its name.
  return text +
         "  esac\n}\n\nif [[ $funcstack[1] == _muster ]]; then\n  _muster \"$@\"\nelse\n  compdef _muster muster\nfi\n";
}

// ---- fish ----

// In quotes, fish reads backslashes.
std::string fish_quoted(std::string_view text) {
  std::string escaped = "'";
  for (const char character : text) {
    if (character == '\'' || character == '\\') escaped += '\\';
    escaped += character;
  }
  return escaped + "'";
}

std::string fish_action(const Wanted& what) {
  switch (what.kind) {
    case Wanted::Kind::nothing: return "";
    case Wanted::Kind::words: return " -a " + fish_quoted(joined(what.words));
    case Wanted::Kind::file: return " -F";
    case Wanted::Kind::module: return " -a '(__fish_complete_suffix .muster)'";
    case Wanted::Kind::folder: return " -a '(__fish_complete_directories)'";
  }
  return {};
}

std::string fish_script() {
  std::string text =
      "# Completion of muster for fish: muster completions fish | source\n\ncomplete -c muster -f\n"
      "complete -c muster -n __fish_use_subcommand -l help -d 'shows the commands'\n"
      "complete -c muster -n __fish_use_subcommand -l version -d 'shows the version'\n";
  for (const auto* command : all_commands()) {
    text += fmt::format("complete -c muster -n __fish_use_subcommand -a {} -d {}\n", command->name,
                        fish_quoted(command->summary));
  }
  for (const auto* command : all_commands()) {
    const std::string begin = fmt::format("complete -c muster -n '__fish_seen_subcommand_from {}'", command->name);
    text += '\n';
    for (const auto& option : command->options) {
      text += fmt::format("{} -l {}", begin, option.name.substr(2));
      if (const Wanted value = wanted(option); !option.value.empty())
        text += (value.kind == Wanted::Kind::file ? " -r" : " -x") + fish_action(value);
      text += fmt::format(" -d {}\n", fish_quoted(option.help));
    }
    text += begin + " -l help -d 'shows the options'\n";
    if (const auto action = fish_action(wanted(command->positional)); !action.empty()) text += begin + action + "\n";
  }
  return text;
}

tl::expected<int, UsageError> run_completions(const Arguments& arguments, const Io& io) {
  const std::string& shell = arguments.positional().front();
  if (shell == "bash") {
    io.out << bash_script();
  } else if (shell == "zsh") {
    io.out << zsh_script();
  } else if (shell == "fish") {
    io.out << fish_script();
  } else {
    const std::vector<std::string>& shells = kCompletionsCommand.positional.choices;
    return tl::unexpected(
        UsageError{"there are no completions for a shell `" + shell + "`", suggestion(shell, shells, "shells")});
  }
  return kSuccess;
}

}  // namespace

const Command kCompletionsCommand = {
    "completions",
    "writes what a shell needs to complete command lines",
    {"SHELL", 1, 1, {"bash", "zsh", "fish"}},
    {},
    {"SHELL is bash, zsh or fish. The first line of what is written says how a shell takes it in."},
    {"muster completions bash > ~/.local/share/bash-completion/completions/muster"},
    run_completions,
};

}  // namespace muster::commands
