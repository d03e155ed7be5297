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

int exit_code(const runtime::Totals& totals, std::uint32_t gate, const Arguments& arguments) {
  if (totals.subjects + totals.unreadable == 0) return kNothingJudged;
  if (arguments.has("--exit-zero")) return kSuccess;
  if (totals.unreadable > 0) return kUnreadable;
  const auto count = [&](Verdict verdict) { return totals.gates[gate][static_cast<std::size_t>(verdict)]; };
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

// How far a run has come, for the case that it is ended.
class LastOutcome {
 public:
  // The names live as long as the run, which is over when `reached` is asked.
  void begin(const std::vector<std::string>& file_names) { file_names_ = &file_names; }
  void add(const verdicts::Outcome& outcome) {
    const auto* result = std::get_if<verdicts::SubjectResult>(&outcome);
    if (result != nullptr) ++subjects_;
    const evidence::Origin origin =
        result != nullptr ? result->origin : std::get<verdicts::UnreadableRecord>(outcome).origin;
    if (origin.file != origin_.file) file_ = (*file_names_)[origin.file];
    origin_ = origin;
  }

  Reached reached() const {
    Reached reached{subjects_, "subject", "subjects", file_};
    if (origin_.line != 0) reached.where = "line " + grouped(origin_.line) + " of " + file_;
    return reached;
  }

 private:
  const std::vector<std::string>* file_names_ = nullptr;
  std::uint64_t subjects_ = 0;
  evidence::Origin origin_;
  std::string file_;
};

tl::expected<int, UsageError> judge(const Prepared& prepared, const Arguments& arguments, const Io& io) {
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

  LastOutcome last;
  Progress progress(io, {opened->portfolio},
                    (*outputs)->streams() ? ResultsShow::while_judging : ResultsShow::afterwards);

  bool abandoned = false;
  request.stop = [&] {
    progress.record();
    abandoned = (*outputs)->abandoned();
    return abandoned || io.interrupted() != 0;
  };
  runtime::Listener listener;
  listener.begin = [&](const std::vector<std::string>& file_names) {
    for_out.file_names = for_files.file_names = &file_names;
    notes.begin(file_names);
    last.begin(file_names);
  };
  listener.waivers = [&](std::shared_ptr<const waivers::Book> book) { for_out.waivers = for_files.waivers = book; };
  listener.outcome = [&](const verdicts::Outcome& outcome) {
    // The record that was being read when the signal came may be half of one.
    if (io.interrupted() != 0) return;
    (*outputs)->add(outcome);
    notes.add(outcome);
    last.add(outcome);
  };
  listener.notice = [&](const ingest::Notice& notice) { notes.add(notice); };
  const auto totals = runtime::judge(std::move(request), listener);
  progress.wipe();
  if (const int code = end_if_interrupted(io, "eval", last.reached()); code != 0) return code;
  if (abandoned) return kPipeClosed;
  if (!totals) {
    io.err << file_error_line(totals.error());
    return kUsage;
  }
  // First what was wrong with the evidence, so that a table is the last thing on a terminal.
  io.err << notes.text();
  if (totals->subjects == 0 && (totals->unreadable == 0 || arguments.has("--subject"))) {
    io.err << (arguments.has("--subject") ? "muster eval: there is no subject `" + *arguments.value("--subject") + "`\n"
                                          : "muster eval: nothing was judged, as the evidence holds no subject\n");
  }
  if (auto done = (*outputs)->finish(); !done) return tl::unexpected(done.error());
  return exit_code(*totals, prepared.gate, arguments);
}

tl::expected<int, UsageError> run_eval(const Arguments& arguments, const Io& io) {
  if (const auto engine = choose_engine(arguments.value("--engine"), io); !engine)
    return tl::unexpected(engine.error());
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
  return judge(*prepared, arguments, io);
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
