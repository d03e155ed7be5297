// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/engines.h"

namespace muster::commands {

std::vector<std::string> engine_names() { return {"auto", "reference"}; }

tl::expected<Engine, UsageError> choose_engine(const std::optional<std::string>& option, const Io& io) {
  std::string name = option.value_or(io.environment("MUSTER_ENGINE").value_or(""));
  if (name.empty()) name = "auto";
  if (name == "auto" || name == "reference") return Engine::reference;
  return tl::unexpected(
      UsageError{std::string(option ? "`--engine`" : "MUSTER_ENGINE") + ": this build has no engine `" + name + "`",
                 suggestion(name, engine_names(), "engines")});
}

}  // namespace muster::commands
