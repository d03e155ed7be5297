// SPDX-License-Identifier: Apache-2.0
// `muster check`: what is wrong in modules, each finding once however many modules import its file.
#include <algorithm>
#include <set>

#include "cli/commands/check_data.h"
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/findings.h"
#include "cli/commands/fixing.h"
#include "cli/commands/grouped.h"
#include "cli/commands/modules.h"

namespace muster::commands {

namespace {

// A code of the command line; only warnings can be left out.
tl::expected<std::set<std::string>, UsageError> warning_codes(const std::vector<std::string>& codes,
                                                              const std::string& option) {
  std::set<std::string> known;
  for (const auto& code : codes) {
    const auto& all = base::all_codes();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const base::CodeInfo& info) { return info.id == code; });
    if (found == all.end())
      return tl::unexpected(UsageError{"`" + option + "` names no code: `" + code + "`", "`muster codes` lists them"});
    if (found->severity == base::Severity::error) {
      return tl::unexpected(
          UsageError{"`" + code + "` is an error; `" + option + "` is for warnings", "errors always show"});
    }
    known.insert(code);
  }
  return known;
}

// Lints that are found on request are asked for by naming them.
std::set<base::Code> codes_of(const std::set<std::string>& ids) {
  std::set<base::Code> codes;
  for (const auto& code : base::all_codes()) {
    if (ids.count(std::string(code.id)) > 0) codes.insert(code.code);
  }
  return codes;
}

std::unique_ptr<Findings> findings_in(const Arguments& arguments, const Io& io) {
  const std::string format = arguments.value("--format").value_or("text");
  if (format == "json") return json_findings(io);
  if (format == "sarif") return sarif_findings(io);
  if (format == "github") return github_findings(io);
  if (format == "junit") return junit_findings(io);
  return text_findings(io, colour(arguments, io, Stream::out));
}

tl::expected<int, UsageError> run_check(const Arguments& arguments, const Io& io) {
  const auto ignored = warning_codes(arguments.values("--ignore"), "--ignore");
  if (!ignored) return tl::unexpected(ignored.error());
  const auto selected = warning_codes(arguments.values("--select"), "--select");
  if (!selected) return tl::unexpected(selected.error());
  if (arguments.has("--unsafe-fixes") && !arguments.has("--fix"))
    return tl::unexpected(UsageError{"`--unsafe-fixes` says which fixes `--fix` applies, and goes with it", ""});
  const auto with_data = asks_for_data(io, arguments);
  if (!with_data) return tl::unexpected(with_data.error());
  const auto files = find_modules(io, arguments.positional());
  if (!files) return tl::unexpected(files.error());
  const auto findings = findings_in(arguments, io);
  if (files->empty()) {
    io.err << "muster check: there is no module to check\n";
    findings->finish(0);
    return kNothingJudged;
  }

  const auto filter_of = [&](const Project& project) {
    WarningFilter filter{*ignored, *selected};
    // What the command line says of codes takes the place of what the project says.
    if (ignored->empty() && selected->empty()) filter.ignored.insert(project.ignore.begin(), project.ignore.end());
    return filter;
  };
  const auto on_request = codes_of(*selected);
  bool all_written = true;
  if (arguments.has("--fix")) {
    for (const auto& file : *files) {
      const auto project = find_project(io, file.path);
      if (!project) return tl::unexpected(project.error());
      const auto applied = apply_fixes(io, file, filter_of(*project),
                                       arguments.has("--unsafe-fixes") ? Fixes::unsafe_too : Fixes::safe, on_request);
      if (!applied) return tl::unexpected(applied.error());
      if (applied->fixes > 0)
        io.err << file.shown << ": " << applied->fixes << (applied->fixes == 1 ? " fix\n" : " fixes\n");
      if (!applied->unwritten) continue;
      print_error(io.err, "check", *applied->unwritten);
      all_written = false;
    }
  }
  bool held_against_nothing = false;
  for (const auto& file : *files) {
    auto module = compile_module(io, file, compiler::Lints::run, on_request);
    if (!module) return tl::unexpected(module.error());
    if (arguments.has("--deny")) module->project.deny_warnings = true;
    if (*with_data && !module->compilation.diagnostics.has_errors()) {
      const auto held = hold_against_data(io, arguments, file, *module);
      if (!held) return tl::unexpected(held.error());
      if (held->code != kSuccess) return held->code;
      held_against_nothing = held->records == 0;
      if (!held_against_nothing) {
        io.err << "muster check: the bindings were held against " << grouped(held->records)
               << (held->records == 1 ? " record\n" : " records\n");
      }
    }
    findings->add_all(*module, filter_of(module->project));
  }
  findings->finish(files->size());
  if (!all_written) return kUsage;
  if (findings->denied() > 0) return kFindings;
  if (!held_against_nothing) return kSuccess;
  io.err << "muster check: the bindings were held against nothing, as the evidence holds no record\n";
  return kNothingJudged;
}

// What stands between those that choose findings and those that print them.
std::vector<Option> options() {
  std::vector<Option> all = {
      {"--deny", "warnings", "fails on warnings too", Repeat::once, {"warnings"}},
      {"--fix", "", "mends in place what has a fix that changes no verdict"},
      {"--unsafe-fixes", "", "with --fix: applies fixes that somebody has to look at, too"},
      {"--ignore", "CODE", "leaves out a warning", Repeat::any},
      {"--select", "CODE", "shows of the warnings only this one", Repeat::any},
  };
  for (Option& each : data_options()) all.push_back(std::move(each));
  all.push_back(
      {"--format", "FORMAT", "how findings are printed", Repeat::once, {"text", "json", "sarif", "github", "junit"}});
  all.push_back(colour_option());
  return all;
}

}  // namespace

const Command kCheckCommand = {
    "check",
    "finds what is wrong in modules",
    {"PATH...", 1, kAnyNumber},
    options(),
    {"A PATH is a module, or a folder: then all modules in it. Ends with 0 where nothing is found, 1 where there\n"
     "are errors (or denied warnings), 2 for a wrong command line or a file that can't be read or written, 5 without\n"
     "a module or a record.",
     "--data and --source say before anything is judged which keys that a bind names no record has, and which fields\n"
     "that the policy reads no record gives."},
    {"muster check policies --deny warnings", "muster check go_live.muster --data partners.ndjson",
     "muster check go_live.muster --ignore MU1002 --format json"},
    run_check,
};

}  // namespace muster::commands
