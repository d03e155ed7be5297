// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/arguments.h"

#include <algorithm>

namespace muster::commands {

std::optional<std::string> Arguments::value(std::string_view option) const {
  const auto found = values_.find(option);
  if (found == values_.end()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

bool is_path(std::string_view wanted) {
  const std::string_view first = wanted.substr(0, wanted.find_first_of(" ."));
  return first == "PATH" || first == "FILE" || first == "DIR";
}

namespace {

UsageError unknown_option(const std::vector<Option>& options, const std::string& name) {
  std::vector<std::string> names{"--help"};
  for (const auto& option : options) names.emplace_back(option.name);
  return {"there is no option `" + name + "`", suggestion(name, names, "options")};
}

std::string quoted_list(const std::vector<std::string>& choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    text += (i == 0 ? "`" : i + 1 == choices.size() ? " or `" : ", `") + choices[i] + "`";
  }
  return text;
}

std::optional<UsageError> check_value(const Option& option, const Arguments& read, const std::string& value) {
  if (option.repeat == Repeat::once && read.has(option.name)) {
    return UsageError{"`" + std::string(option.name) + "` is given twice", "leave one of them out"};
  }
  if (value.empty() && is_path(option.value)) {
    const std::string name(option.name), wanted(option.value);
    return UsageError{"the path of `" + name + "` is empty", "write `" + name + " " + wanted + "`"};
  }
  if (!option.choices.empty() &&
      std::find(option.choices.begin(), option.choices.end(), value) == option.choices.end()) {
    return UsageError{
        "`" + std::string(option.name) + "` takes " + quoted_list(option.choices) + ", not `" + value + "`",
        did_you_mean(value, option.choices)};
  }
  return std::nullopt;
}

std::optional<UsageError> check_count(const Positional& positional, const Arguments& read) {
  const auto& given = read.positional();
  if (is_path(positional.name) && std::find(given.begin(), given.end(), "") != given.end())
    return UsageError{"a path is empty", positional.most == kAnyNumber ? "the folder that you are in is `.`" : ""};
  if (given.size() < positional.least) {
    return UsageError{
        "a " + std::string(positional.name.substr(0, positional.name.find_first_of(" ."))) + " is missing", ""};
  }
  if (given.size() > positional.most) {
    if (positional.most == 0) return UsageError{"`" + given.front() + "` is one argument too many", ""};
    return UsageError{"`" + given[positional.most] + "` is one argument too many",
                      positional.most == 1 ? "one " + std::string(positional.name) + " at a time" : ""};
  }
  return std::nullopt;
}

}  // namespace

tl::expected<Arguments, UsageError> read_arguments(const std::vector<Option>& options, const Positional& positional,
                                                   const std::vector<std::string>& words) {
  Arguments read;
  bool options_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (options_ended || word.size() < 2 || word[0] != '-') {
      read.add_positional(word);
      continue;
    }
    if (word == "--") {
      options_ended = true;
      continue;
    }
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto option =
        std::find_if(options.begin(), options.end(), [&](const Option& known) { return known.name == name; });
    if (option == options.end()) return tl::unexpected(unknown_option(options, name));

    std::string value;
    if (option->value.empty()) {
      if (equals != std::string::npos) {
        return tl::unexpected(UsageError{"`" + name + "` takes no value", "write `" + name + "` alone"});
      }
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (i + 1 < words.size() && words[i + 1].substr(0, 2) != "--") {
      value = words[++i];
    } else {
      const std::string wanted(option->value);
      return tl::unexpected(UsageError{"`" + name + "` needs a value", "write `" + name + " " + wanted + "`"});
    }
    if (auto error = check_value(*option, read, value)) return tl::unexpected(std::move(*error));
    read.add(option->name, std::move(value));
  }
  if (auto error = check_count(positional, read)) return tl::unexpected(std::move(*error));
  return read;
}

}  // namespace muster::commands
