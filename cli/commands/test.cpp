// SPDX-License-Identifier: Apache-2.0
// `muster test`: runs the tests that are written in the language.
#include <algorithm>

#include "base/number_text.h"
#include "base/shown_line.h"
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/interruption.h"
#include "cli/commands/modules.h"
#include "cli/commands/ordered_work.h"
#include "cli/commands/test_report.h"
#include "runtime/suite/suite.h"

namespace muster::commands {

namespace {

// `90%`, or the bare number.
tl::expected<std::optional<double>, UsageError> read_least(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const bool has_sign = !text->empty() && text->back() == '%';
  const auto number = base::parse_number(has_sign ? std::string_view(*text).substr(0, text->size() - 1) : *text);
  if (!number || *number < 0 || *number > 100)
    return tl::unexpected(
        UsageError{"`--min` takes a percent from 0% to 100%, not `" + *text + "`", "write `--min 90%`"});
  return number;
}

// A module and what its tests found.
struct RunModule {
  tl::expected<CompiledModule, UsageError> module;
  std::vector<std::string> names;  // of all runs, those that the filter leaves out too
  std::vector<suite::RunResult> results;
  suite::Coverage coverage;

  bool is_broken() const { return module->compilation.diagnostics.has_errors(); }
};

RunModule run_module(const Io& io, const ModuleFile& file, const suite::Options& settings, bool with_coverage) {
  RunModule run{compile_module(io, file), {}, {}, {}};
  if (!run.module || run.is_broken()) return run;
  const auto& compilation = run.module->compilation;
  run.names = suite::names_of_runs(compilation.program);
  suite::Options options = settings;
  if (with_coverage) {
    run.coverage.begin(compilation.program, compilation.sources);
    options.coverage = &run.coverage;
  }
  run.results = suite::run_tests(compilation.program, options);
  return run;
}

tl::expected<int, UsageError> run_test(const Arguments& arguments, const Io& io) {
  const auto least = read_least(arguments.value("--min"));
  if (!least) return tl::unexpected(least.error());
  const auto jobs = read_jobs(arguments.value("--jobs"), io);
  if (!jobs) return tl::unexpected(jobs.error());
  const auto files = find_modules(io, arguments.positional());
  if (!files) return tl::unexpected(files.error());
  const auto report =
      make_test_report(arguments.value("--format").value_or("text"), colour(arguments, io, Stream::out), io.out);

  suite::Options settings;
  settings.now = io.now;
  settings.filter = arguments.value("--filter").value_or("");
  settings.stop = [&io] { return io.interrupted() != 0; };
  TestTotals totals;
  totals.least = *least;
  totals.lists_unreached = arguments.has("--coverage");
  if (totals.least || totals.lists_unreached) totals.coverage.emplace();

  int code = kSuccess;
  std::optional<UsageError> error;
  std::vector<std::string> names;
  const auto work = [&](std::size_t at) { return run_module(io, (*files)[at], settings, totals.coverage.has_value()); };
  const auto take = [&](std::size_t at, const RunModule& run) {
    if (!run.module) {
      error = run.module.error();
      return Next::stop;
    }
    const auto& compilation = run.module->compilation;
    if (run.is_broken()) {
      totals.broken.push_back((*files)[at].shown);
      print_errors(compilation, colour(arguments, io, Stream::err), io.err);
      return Next::go_on;
    }
    for (const suite::RunResult& result : run.results) {
      ++(result.passed() ? totals.passed : totals.failed);
      report->add((*files)[at].shown, compilation, result);
    }
    names.insert(names.end(), run.names.begin(), run.names.end());
    if (totals.coverage) totals.coverage->add(run.coverage);
    code = end_if_interrupted(io, "test", {totals.passed + totals.failed, "test", "tests", {}});
    return code == kSuccess ? Next::go_on : Next::stop;
  };
  work_in_order<RunModule>(files->size(), *jobs, work, take);
  if (error) return tl::unexpected(*error);
  if (code != kSuccess) return code;
  if (totals.passed + totals.failed == 0 && totals.broken.empty() && !names.empty()) {
    return tl::unexpected(UsageError{"no test's name holds `" + base::visible_text(settings.filter) + "`",
                                     suggestion(settings.filter, names, "tests")});
  }

  report->finish(totals);
  if (totals.failed > 0 || !totals.broken.empty()) return kFindings;
  if (totals.passed == 0) {
    io.err << "muster test: there is no test to run\n";
    return kNothingJudged;
  }
  return totals.covers_enough() ? kSuccess : kFindings;
}

}  // namespace

const Command kTestCommand = {
    "test",
    "runs the tests of modules",
    {"PATH...", 1, kAnyNumber},
    {
        {"--filter", "TEXT", "runs only tests whose name holds TEXT"},
        {"--format", "FORMAT", "how results are printed", Repeat::once, {"text", "json", "junit"}},
        {"--coverage", "", "shows which statuses and conditions no test reached"},
        {"--min", "PERCENT", "ends with 1 where less than this, `90%`, was reached"},
        {"--jobs", "N", "how many threads run tests; without it as many as the machine has cores"},
        colour_option(),
    },
    {"A PATH is a module, or a folder: then the tests of all modules in it. Tests without `as of` run as of now.\n"
     "Ends with 0 where all pass, 1 where one fails, a module has errors or too little was reached, 5 without a test,\n"
     "2 for a wrong command line, a TEXT that no name holds, or a file that can't be read."},
    {"muster test policies --filter recovery", "muster test policies --coverage --min 90%"},
    run_test,
};

}  // namespace muster::commands
