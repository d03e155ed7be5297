// SPDX-License-Identifier: Apache-2.0
// `muster eval`: judges a portfolio.
#include <limits>

#include "base/diagnostic_printer.h"
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/data_notes.h"
#include "cli/commands/engines.h"
#include "cli/commands/eval_inputs.h"
#include "cli/commands/eval_outputs.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/files.h"
#include "cli/commands/grouped.h"
#include "cli/commands/interruption.h"
#include "cli/commands/modules.h"
#include "cli/commands/prepared.h"
#include "cli/commands/progress.h"
#include "runtime/engine.h"

namespace muster::commands {

namespace {

using verdicts::Verdict;

// What is printed of what was judged.
tl::expected<report::Selection, UsageError> selection_of(const Arguments& arguments) {
  report::Selection selection;
  if (const auto only = arguments.value("--only"))
    selection.only = *only == "fail" ? Verdict::fail : Verdict::undecided;
  const auto limit = read_limit(arguments.value("--limit"));
  if (!limit) return tl::unexpected(limit.error());
  selection.limit = *limit;
  return selection;
}

int exit_code(const verdicts::Tally& tally, std::uint32_t gate, const Arguments& arguments) {
  if (tally.subjects + tally.unreadable == 0) return kNothingJudged;
  if (arguments.has("--exit-zero")) return kSuccess;
  if (tally.unreadable > 0) return kUnreadable;
  const auto count = [&](Verdict verdict) { return tally.gates[gate][static_cast<std::size_t>(verdict)]; };
  if (count(Verdict::fail) > 0) return kFindings;
  return count(Verdict::undecided) > 0 ? kUndecided : kSuccess;
}

// The modules, what says how they are run, and the evidence.
std::vector<std::filesystem::path> files_read(const Io& io, const CompiledModule& module,
                                              const std::vector<std::filesystem::path>& evidence) {
  std::vector<std::filesystem::path> files = evidence;
  const auto& sources = module.compilation.sources;
  for (base::FileId id = 0; id < sources.size(); ++id) files.push_back(absolute(io, sources.file(id).path()));
  if (module.project.file) files.push_back(absolute(io, *module.project.file));
  return files;
}

// For the case that the run is ended.
Reached reached_words(const runtime::Reached& reached, const std::vector<std::string>& file_names) {
  if (reached.last.file >= file_names.size()) return {reached.subjects, "subject", "subjects", {}};
  const std::string& file = file_names[reached.last.file];
  return {reached.subjects, "subject", "subjects",
          reached.last.line == 0 ? file : "line " + grouped(reached.last.line) + " of " + file};
}

tl::expected<int, UsageError> judge(const Prepared& prepared, runtime::Engine engine, const Arguments& arguments,
                                    const Io& io) {
  const auto selection = selection_of(arguments);
  if (!selection) return tl::unexpected(selection.error());
  auto opened =
      open_inputs(io, *prepared.module, prepared.chosen_policy(),
                  {arguments.values("--data"), arguments.values("--source"), arguments.values("--allow-path")});
  if (!opened) return tl::unexpected(opened.error());

  runtime::Request request;
  request.program = &prepared.program();
  request.policy = prepared.policy;
  request.run = prepared.run;
  request.engine = engine;
  request.clock = io.clock;
  request.open_jit = [&io]() -> tl::expected<jit_plugin::Plugin, std::string> {
    const std::string file = io.jit_file();
    if (file.empty()) return tl::unexpected(std::string("its plug-in isn't there"));
    return jit_plugin::Plugin::open(file);
  };
  const auto jobs = read_jobs(arguments.value("--jobs"), io);
  if (!jobs) return tl::unexpected(jobs.error());
  request.jobs = *jobs;
  request.inputs = std::move(opened->inputs);
  request.ingest_options.strict = arguments.has("--strict");
  if (const auto text = arguments.value("--subject")) {
    auto key = read_key(prepared.program(), prepared.chosen_policy(), *text);
    if (!key) return tl::unexpected(key.error());
    request.subject = std::move(*key);
  }
  if (arguments.has("--unique-keys")) request.checked_keys = std::numeric_limits<std::uint64_t>::max();

  report::Context for_files;
  for_files.program = &prepared.program();
  for_files.policy = &prepared.chosen_policy();
  for_files.run = &prepared.run;
  for_files.gate = prepared.gate;
  for_files.checked_keys = request.checked_keys;
  if (request.subject) for_files.detail = report::Context::Detail::all;
  report::Context for_out = for_files;
  for_out.colour = colour(arguments, io, Stream::out) == base::Colour::on ? report::Colour::on : report::Colour::off;
  for_out.width = io.width;
  auto outputs = Outputs::open(
      io, {arguments.value("--format"), arguments.values("--output"), files_read(io, *prepared.module, opened->files)},
      for_out, for_files, *selection);
  if (!outputs) return tl::unexpected(outputs.error());
  DataNotes notes(prepared.program(), prepared.chosen_policy().subject);

  Progress progress(io, {opened->portfolio},
                    (*outputs)->streams() ? ResultsShow::while_judging : ResultsShow::afterwards);

  bool abandoned = false;
  runtime::Reached last;
  request.stop = [&](const runtime::Reached& reached) {
    last = reached;
    progress.reach(reached.records);
    abandoned = (*outputs)->abandoned();
    return abandoned || io.interrupted() != 0;
  };
  std::vector<std::string> files;
  runtime::Listener listener;
  listener.begin = [&](const std::vector<std::string>& file_names) {
    files = file_names;
    for_out.file_names = for_files.file_names = &files;
    notes.begin(files);
  };
  listener.waivers = [&](std::shared_ptr<const waivers::Book> book) { for_out.waivers = for_files.waivers = book; };
  listener.most = (*outputs)->most();
  listener.needs = [&](const verdicts::SubjectResult& result, std::uint64_t position) {
    return (*outputs)->needs(result, position);
  };
  listener.outcome = [&](const verdicts::Outcome& outcome) {
    (*outputs)->add(outcome);
    if (const auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) notes.add(*unreadable);
  };
  listener.another_engine = [&](const std::string& instead) { io.err << "muster eval: " << instead << '\n'; };
  listener.problem = [&](const runtime::ProblemNote& problem) { notes.add(problem); };
  listener.notice = [&](const ingest::Notice& notice) { notes.add(notice); };
  const auto tally = runtime::judge(std::move(request), listener);
  progress.wipe();
  if (const int code = end_if_interrupted(io, "eval", reached_words(last, files)); code != 0) return code;
  if (abandoned) return kPipeClosed;
  if (!tally) {
    io.err << file_error_line(tally.error());
    return kUsage;
  }
  // First what was wrong with the evidence, so that a table is the last thing on a terminal.
  io.err << notes.text();
  if (tally->subjects == 0 && (tally->unreadable == 0 || arguments.has("--subject"))) {
    io.err << (arguments.has("--subject") ? "muster eval: there is no subject `" + *arguments.value("--subject") + "`\n"
                                          : "muster eval: nothing was judged, as the evidence holds no subject\n");
  }
  if (auto done = (*outputs)->finish(*tally); !done) return tl::unexpected(done.error());
  return exit_code(*tally, prepared.gate, arguments);
}

tl::expected<int, UsageError> run_eval(const Arguments& arguments, const Io& io) {
  const auto engine = choose_engine(arguments.value("--engine"), io);
  if (!engine) return tl::unexpected(engine.error());
  const auto file = find_module(io, arguments.positional().front());
  if (!file) return tl::unexpected(file.error());
  auto module = compile_module(io, *file);
  if (!module) return tl::unexpected(module.error());
  if (module->compilation.diagnostics.has_errors()) {
    print_errors(module->compilation, colour(arguments, io, Stream::err), io.err);
    return kPolicyErrors;
  }
  const auto prepared = prepare(
      std::make_shared<const CompiledModule>(std::move(*module)), file->shown,
      {arguments.value("--policy"), arguments.value("--gate"), arguments.value("--as-of"), arguments.values("--set")},
      io);
  if (!prepared) return tl::unexpected(prepared.error());
  return judge(*prepared, *engine, arguments, io);
}

}  // namespace

const Command kEvalCommand = {
    "eval",
    "judges a portfolio by a policy",
    {"FILE", 1, 1},
    {
        {"--policy", "NAME", "the policy, where the file declares several"},
        {"--gate", "NAME", "the gate that decides the exit code, instead of the policy's first"},
        {"--data", "FILE",
         "the subjects' evidence, instead of the source that they are bound from; `-`, or a quoted pattern, too",
         Repeat::any},
        {"--source", "NAME=FILE", "reads a source from this file", Repeat::any},
        {"--allow-path", "DIR", "lets links in the project lead to files below this folder", Repeat::any},
        {"--as-of", "DATE|TIME", "the day or moment to judge as of; without it, now"},
        {"--set", "PARAM=VALUE", "gives a param another value in its range", Repeat::any},
        {"--subject", "ID", "judges one subject alone"},
        {"--only", "VERDICT", "prints only subjects of this verdict", Repeat::once, {"fail", "undecided"}},
        {"--limit", "N", "prints at most so many subjects; a table prints the worst (20)"},
        {"--format", "FORMAT", "what is printed; without it a table on a terminal, else ndjson", Repeat::once,
         report::format_names()},
        {"--output", "FORMAT=PATH", "writes a document to a file too, whole or not at all", Repeat::any},
        {"--engine", "ENGINE", "how it is computed, never what; MUSTER_ENGINE is its default", Repeat::once,
         engine_names()},
        {"--jobs", "N", "how many threads judge; without it as many as the machine has cores"},
        {"--strict", "", "takes records as unreadable if members that nothing reads are broken"},
        {"--unique-keys", "", "looks for repeated keys among all subjects, not only among the first million"},
        {"--exit-zero", "", "ends with 0 where it would end with 1, 4 or 6"},
        colour_option(),
    },
    {"Evidence that is packed with gzip or zstd (`partners.csv.gz`) is read as what it holds.",
     "--only and --limit choose what is printed, never what is judged. Ends with 0 where every subject passes the\n"
     "gate, 1 where one fails, 4 where none fails but one is undecided, 6 where records could not be read, 5 where\n"
     "nothing was judged, 3 where the policy has errors, 2 for a wrong command line or a file that can't be read."},
    {"muster eval go_live.muster --data partners.ndjson", "muster eval go_live.muster --data 'parts/*.ndjson.gz'",
     "muster eval go_live.muster --as-of 2026-11-23 --set min_coverage=90% --output csv=verdicts.csv"},
    run_eval,
};

}  // namespace muster::commands
