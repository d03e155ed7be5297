// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/usage_error.h"

#include "base/similar_name.h"

namespace muster::commands {

namespace {
constexpr std::size_t kListed = 12;
}

void print_error(std::ostream& out, std::string_view command, const UsageError& error) {
  out << "muster" << (command.empty() ? "" : " ") << command << ": " << error.message << '\n';
  if (!error.help.empty()) out << "help: " << error.help << '\n';
}

std::string did_you_mean(std::string_view written, const std::vector<std::string>& known) {
  const auto similar = base::similar_name(written, known);
  return similar ? "did you mean `" + *similar + "`?" : std::string();
}

std::string suggestion(std::string_view written, const std::vector<std::string>& known, std::string_view what) {
  if (auto similar = did_you_mean(written, known); !similar.empty()) return similar;
  if (known.empty()) return {};
  std::string text = "the " + std::string(what) + ": ";
  for (std::size_t i = 0; i < known.size() && i < kListed; ++i) text += (i == 0 ? "`" : ", `") + known[i] + "`";
  if (known.size() > kListed) text += " and " + std::to_string(known.size() - kListed) + " more";
  return text;
}

}  // namespace muster::commands
