// SPDX-License-Identifier: Apache-2.0
// `muster effective`: a policy as it is after deriving.
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/modules.h"
#include "effective/describe/documents.h"
#include "effective/flatten/flatten.h"
#include "effective/source/settings.h"

namespace muster::commands {

namespace {

constexpr std::size_t kWidth = 100;  // of what goes to no terminal

tl::expected<std::string, UsageError> document(const typed::Program& program, std::uint32_t index,
                                               const typed::Policy& policy, const base::SourceMap& sources,
                                               const Arguments& arguments, const Io& io) {
  const std::string format = arguments.value("--format").value_or("text");
  if (format == "muster") {
    if (policy.criteria.empty()) {
      return tl::unexpected(
          UsageError{"`" + policy.name + "` has dropped all its criteria, and a module can't hold such a policy",
                     "the other formats show it, with what it dropped and why"});
    }
    auto text = flatten::flatten(program, index, policy, sources);
    if (text) return std::move(*text);
    return tl::unexpected(UsageError{"the policy could not be written as one module: " + text.error(),
                                     "this is a mistake of muster; the other formats show the policy all the same"});
  }
  const describe::Description description = describe::describe(program, policy, sources);
  if (format == "json") return describe::as_json(description);
  if (format == "markdown") return describe::as_markdown(description);
  return describe::as_text(
      description,
      colour(arguments, io, Stream::out) == base::Colour::on ? describe::Colour::on : describe::Colour::off,
      io.out_is_terminal ? io.width : kWidth);
}

tl::expected<int, UsageError> run_effective(const Arguments& arguments, const Io& io) {
  const auto file = find_module(io, arguments.positional().front());
  if (!file) return tl::unexpected(file.error());
  auto module = compile_module(io, *file);
  if (!module) return tl::unexpected(module.error());
  if (module->compilation.diagnostics.has_errors()) {
    print_errors(module->compilation, colour(arguments, io, Stream::err), io.err);
    return kPolicyErrors;
  }
  const typed::Program& program = module->compilation.program;
  const auto index = choose_policy(
      program, arguments.has("--policy") ? arguments.value("--policy") : module->project.policy, file->shown);
  if (!index) return tl::unexpected(index.error());
  const auto run = prepare_run(program, program.policies[*index], std::nullopt, io.now, arguments.values("--set"));
  if (!run) return tl::unexpected(run.error());
  const typed::Policy policy = source::with_params(program, program.policies[*index], run->params);
  const auto text = document(program, *index, policy, module->compilation.sources, arguments, io);
  if (!text) return tl::unexpected(text.error());
  io.out << *text;
  return kSuccess;
}

}  // namespace

const Command kEffectiveCommand = {
    "effective",
    "shows a policy as it is after deriving",
    {"FILE", 1, 1},
    {
        {"--policy", "NAME", "the policy, where the file declares several"},
        {"--set", "PARAM=VALUE", "gives a param another value in its range, as a last policy that derives",
         Repeat::any},
        {"--format",
         "FORMAT",
         "what is printed; without it text",
         Repeat::once,
         {"text", "json", "markdown", "muster"}},
        colour_option(),
    },
    {"Text, json and markdown say what asks for less, and of every value and criterion who made it so and why.\n"
     "`muster` is one module in source form, with all that the policy reads from others: in the folder of FILE it\n"
     "judges as FILE does. Ends with 0, 3 where the policy has errors, 2 for a wrong command line or a file that\n"
     "can't be read."},
    {"muster effective go_live.muster", "muster effective go_live.muster --format muster > flat.muster"},
    run_effective,
};

}  // namespace muster::commands
