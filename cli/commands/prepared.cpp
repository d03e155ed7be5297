// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/prepared.h"

#include <utility>

#include "cli/commands/eval_settings.h"

namespace muster::commands {

tl::expected<Prepared, UsageError> prepare(std::shared_ptr<const CompiledModule> module, const std::string& file,
                                           const RunChoices& choices, const Io& io) {
  Prepared prepared{std::move(module), 0, 0, {}};
  const Project& project = prepared.module->project;
  const auto policy = choose_policy(prepared.program(), choices.policy ? choices.policy : project.policy, file);
  if (!policy) {
    UsageError error = policy.error();
    if (project.policy && !choices.policy) error.message += ", which `" + *project.file + "` asks for";
    return tl::unexpected(std::move(error));
  }
  prepared.policy = *policy;
  const auto gate = choose_gate(prepared.chosen_policy(), choices.gate);
  if (!gate) return tl::unexpected(gate.error());
  prepared.gate = *gate;
  auto run = prepare_run(prepared.program(), prepared.chosen_policy(), choices.as_of ? choices.as_of : project.as_of,
                         io.now, choices.settings);
  if (!run) return tl::unexpected(run.error());
  prepared.run = std::move(*run);
  return prepared;
}

}  // namespace muster::commands
