// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/check_data.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/commands/data_notes.h"
#include "cli/commands/eval_inputs.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/files.h"
#include "cli/commands/interruption.h"
#include "compiler/silence.h"
#include "runtime/fitting/fitting.h"

namespace muster::commands {

std::vector<Option> data_options() {
  return {
      {"--data", "FILE", "holds the bindings against this file of subjects; `-`, or a quoted pattern, too",
       Repeat::any},
      {"--source", "NAME=FILE", "holds the bindings against this file of a source", Repeat::any},
      {"--policy", "NAME", "with --data or --source: the policy, where the file declares several"},
      {"--allow-path", "DIR", "with --data or --source: lets links in the project lead to files below this folder",
       Repeat::any},
  };
}

tl::expected<bool, UsageError> asks_for_data(const Io& io, const Arguments& arguments) {
  if (!arguments.has("--data") && !arguments.has("--source")) {
    for (const std::string option : {"--policy", "--allow-path"}) {
      if (arguments.has(option)) {
        return tl::unexpected(UsageError{"`" + option + "` is for bindings that are held against data",
                                         "name a file with `--data FILE` or `--source NAME=FILE`"});
      }
    }
    return false;
  }
  const auto& paths = arguments.positional();
  const std::string option = arguments.has("--data") ? "--data" : "--source";
  if (paths.size() == 1 && !std::filesystem::is_directory(absolute(io, paths.front()))) return true;
  return tl::unexpected(UsageError{"`" + option + "` goes with one module", "name the module's file, not a folder"});
}

tl::expected<Held, UsageError> hold_against_data(const Io& io, const Arguments& arguments, const ModuleFile& file,
                                                 CompiledModule& module) {
  compiler::Compilation& compilation = module.compilation;
  const auto policy = choose_policy(
      compilation.program, arguments.has("--policy") ? arguments.value("--policy") : module.project.policy, file.shown);
  if (!policy) return tl::unexpected(policy.error());
  const typed::Policy& chosen = compilation.program.policies[*policy];
  auto opened = open_inputs(
      io, module, chosen, {arguments.values("--data"), arguments.values("--source"), arguments.values("--allow-path")});
  if (!opened) return tl::unexpected(opened.error());
  const auto fit = fitting::fit(compilation.program, *policy, std::move(opened->inputs), compilation.diagnostics,
                                [&io] { return io.interrupted() != 0; });
  if (!fit) {
    io.err << file_error_line(fit.error());
    return Held{0, kUsage};
  }
  if (const int code = end_if_interrupted(io, "check", {fit->records, "record", "records", {}}); code != kSuccess)
    return Held{fit->records, code};
  base::Diagnostics of_compiler;
  of_compiler.append_if(compilation.diagnostics, [&](const base::Diagnostic& each) {
    return each.code != base::Code::never_bound ||
           std::find(fit->replaced.begin(), fit->replaced.end(), each.span) == fit->replaced.end();
  });
  compilation.diagnostics = std::move(of_compiler);
  // A comment that is no good is told of only once, by the compiler.
  compilation.diagnostics.append_if(compiler::without_silenced(fit->diagnostics, compilation.sources),
                                    [](const base::Diagnostic& each) { return each.code != base::Code::bad_allow; });
  compilation.diagnostics.sort();
  return Held{fit->records, kSuccess};
}

}  // namespace muster::commands
