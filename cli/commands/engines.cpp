// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/engines.h"

#include <array>
#include <utility>

namespace muster::commands {

using runtime::Engine;

namespace {

constexpr std::array<std::pair<const char*, Engine>, 4> kEngines{{
    {"auto", Engine::automatic},
    {"interpreter", Engine::interpreter},
    {"jit", Engine::jit},
    {"reference", Engine::reference},
}};

}  // namespace

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (const auto& [name, engine] : kEngines) names.emplace_back(name);
  return names;
}

const char* name(Engine engine) {
  for (const auto& [name, each] : kEngines) {
    if (each == engine) return name;
  }
  return "";
}

tl::expected<Engine, UsageError> choose_engine(const std::optional<std::string>& option, const Io& io) {
  const std::string wanted = option.value_or(io.environment("MUSTER_ENGINE").value_or(""));
  if (wanted.empty()) return Engine::automatic;
  for (const auto& [name, engine] : kEngines) {
    if (name == wanted) return engine;
  }
  return tl::unexpected(
      UsageError{std::string(option ? "`--engine`" : "MUSTER_ENGINE") + ": this build has no engine `" + wanted + "`",
                 suggestion(wanted, engine_names(), "engines")});
}

}  // namespace muster::commands
