// SPDX-License-Identifier: Apache-2.0
// `muster test`: runs the tests that are written in the language.
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/interruption.h"
#include "cli/commands/modules.h"
#include "cli/commands/test_report.h"
#include "runtime/suite/suite.h"

namespace muster::commands {

namespace {

tl::expected<int, UsageError> run_test(const Arguments& arguments, const Io& io) {
  const auto files = find_modules(io, arguments.positional());
  if (!files) return tl::unexpected(files.error());
  const auto report =
      make_test_report(arguments.value("--format").value_or("text"), colour(arguments, io, Stream::out), io.out);

  const auto interrupted = [&io] { return io.interrupted() != 0; };
  TestTotals totals;
  for (const auto& file : *files) {
    const auto module = compile_module(io, file);
    if (!module) return tl::unexpected(module.error());
    const auto& compilation = module->compilation;
    if (compilation.diagnostics.has_errors()) {
      totals.broken.push_back(file.shown);
      print_errors(compilation, colour(arguments, io, Stream::err), io.err);
      continue;
    }
    for (const auto& result :
         suite::run_tests(compilation.program, {io.now, arguments.value("--filter").value_or(""), interrupted})) {
      ++(result.passed() ? totals.passed : totals.failed);
      report->add(file.shown, compilation, result);
    }
    const Reached reached{totals.passed + totals.failed, "test", "tests", {}};
    if (const int code = end_if_interrupted(io, "test", reached); code != 0) return code;
  }
  report->finish(totals);
  if (totals.failed > 0 || !totals.broken.empty()) return kFindings;
  if (totals.passed > 0) return kSuccess;
  io.err << "muster test: there is no test to run\n";
  return kNothingJudged;
}

}  // namespace

const Command kTestCommand = {
    "test",
    "runs the tests of modules",
    {"PATH...", 1, kAnyNumber},
    {
        {"--filter", "TEXT", "runs only tests whose name holds TEXT"},
        {"--format", "FORMAT", "how results are printed", Repeat::once, {"text", "json", "junit"}},
        colour_option(),
    },
    {"A PATH is a module, or a folder: then the tests of all modules in it. Tests without `as of` run as of now.\n"
     "Ends with 0 where all pass, 1 where one fails or a module has errors, 5 without a test, 2 for a wrong command\n"
     "line or a file that can't be read."},
    {"muster test policies --filter recovery"},
    run_test,
};

}  // namespace muster::commands
