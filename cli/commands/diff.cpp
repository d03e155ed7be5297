// SPDX-License-Identifier: Apache-2.0
// `muster diff`: who changes verdict, and what turns it.
#include <set>
#include <sstream>

#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/data_notes.h"
#include "cli/commands/diff_sides.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/interruption.h"
#include "cli/commands/progress.h"
#include "effective/source/policy_text.h"
#include "runtime/comparison.h"

namespace muster::commands {

namespace {

using compare::kBoth;
using compare::PairOf;
using compare::Which;
using verdicts::Verdict;

constexpr std::uint32_t kWidth = 100;  // of what goes to no terminal

report::ComparisonContext context_of(const DiffSides& sides, const Arguments& arguments, const Io& io) {
  report::ComparisonContext context;
  context.compares = sides.compares;
  context.files = sides.files;
  for (const Which which : kBoth) {
    const Prepared& prepared = sides.prepared.of(which);
    context.sides.of(which) = {&prepared.program(), prepared.policy, prepared.gate, &prepared.run, nullptr};
    const std::vector<std::string>& data = sides.inputs.of(which).data;
    if (!data.empty()) context.data.of(which) = data.front();
    if (context.data.of(which) == "-") context.data.of(which) = "stdin";
  }
  const auto compilation = [&sides](Which which) -> const compiler::Compilation& {
    return sides.prepared.of(which).module->compilation;
  };
  context.place = [compilation](Which which, base::Span span) {
    const base::SourceFile& file = compilation(which).sources.file(span.file);
    return file.path() + ":" + std::to_string(file.line_of(span.begin));
  };
  context.written = [compilation](Which which, typed::ExprId id) {
    return source::expression_text(compilation(which).program, compilation(which).sources, id);
  };
  context.colour = colour(arguments, io, Stream::out) == base::Colour::on ? report::Colour::on : report::Colour::off;
  context.width = io.out_is_terminal ? io.width : kWidth;
  return context;
}

// Of both sides, each line once: where they read the same file they have the same to say of it.
std::string text_of(const PairOf<std::string>& notes) {
  std::set<std::string> told;
  std::string text;
  for (const Which which : kBoth) {
    std::istringstream lines(notes.of(which));
    for (std::string line; std::getline(lines, line);) {
      if (told.insert(line).second) text += line + "\n";
    }
  }
  return text;
}

// What the exit code needs of all that was compared.
struct Outcome {
  std::uint64_t both = 0;
  std::uint64_t unreadable = 0;
  std::uint64_t lose_pass = 0;

  void add(const compare::ComparedSubject& subject, const compare::Sides& sides) {
    PairOf<const verdicts::SubjectResult*> results;
    for (const Which which : kBoth) {
      if (subject.outcomes.of(which) == nullptr) continue;
      results.of(which) = std::get_if<verdicts::SubjectResult>(subject.outcomes.of(which));
      if (results.of(which) == nullptr) ++unreadable;
    }
    if (results.before == nullptr || results.after == nullptr) return;
    ++both;
    const auto passes = [&](Which which) {
      return verdicts::verdict(results.of(which)->gates[sides.of(which).gate]) == Verdict::pass;
    };
    if (passes(Which::before) && !passes(Which::after)) ++lose_pass;
  }

  int exit_code(const Arguments& arguments) const {
    if (both + unreadable == 0) return kNothingJudged;
    if (arguments.has("--exit-zero")) return kSuccess;
    if (unreadable > 0) return kUnreadable;
    return lose_pass > 0 ? kFindings : kSuccess;
  }
};

tl::expected<int, UsageError> compare_sides(DiffSides& sides, const Arguments& arguments, const Io& io) {
  report::ComparisonContext context = context_of(sides, arguments, io);
  const auto limit = read_limit(arguments.value("--limit"));
  if (!limit) return tl::unexpected(limit.error());
  context.limit = *limit;

  runtime::ComparisonRequest request;
  request.sides = context.sides;
  TwinStreams twins;
  std::vector<std::shared_ptr<const ReadMeter>> portfolios;
  for (const Which which : kBoth) {
    const Prepared& prepared = sides.prepared.of(which);
    sides.inputs.of(which).twins = &twins;
    auto opened = open_inputs(io, *prepared.module, prepared.chosen_policy(), sides.inputs.of(which));
    if (!opened) return tl::unexpected(opened.error());
    request.inputs.of(which) = std::move(opened->inputs);
    portfolios.push_back(opened->portfolio);
    if (const auto text = arguments.value("--subject")) {
      auto key = read_key(prepared.program(), prepared.chosen_policy(), *text);
      if (!key) return tl::unexpected(key.error());
      if (!request.subject) request.subject.emplace();
      request.subject->of(which) = std::move(*key);
    }
  }
  twins.close();

  const auto writer = report::make_comparison_writer(arguments.value("--format").value_or("text"), context, io.out);
  PairOf<DataNotes> notes{DataNotes(sides.prepared.before.program(), sides.prepared.before.chosen_policy().subject),
                          DataNotes(sides.prepared.after.program(), sides.prepared.after.chosen_policy().subject)};
  Progress progress(io, std::move(portfolios), ResultsShow::afterwards);
  Outcome outcome;
  std::uint64_t compared = 0;
  runtime::ComparisonListener listener;
  listener.begin = [&](const PairOf<const std::vector<std::string>*>& file_names,
                       const compare::Differences& differences) {
    context.file_names = file_names;
    context.differences = &differences;
    for (const Which which : kBoth) notes.of(which).begin(*file_names.of(which));
  };
  listener.subject = [&](const compare::ComparedSubject& subject) {
    // A record that was being read when the signal came may be half of one.
    if (io.interrupted() != 0) return;
    ++compared;
    writer->add(subject);
    outcome.add(subject, context.sides);
    for (const Which which : kBoth) {
      if (subject.outcomes.of(which) != nullptr) notes.of(which).add(*subject.outcomes.of(which));
    }
  };
  listener.unreadable = [&](Which which, const verdicts::UnreadableRecord& record) {
    writer->add_unreadable(which);
    ++outcome.unreadable;
    notes.of(which).add(record);
  };
  listener.notice = [&](Which which, const ingest::Notice& notice) { notes.of(which).add(notice); };
  listener.end = [&](const std::vector<compare::Need>& needed) {
    progress.wipe();
    // First what was wrong with the evidence, so that the comparison is the last thing on a terminal.
    io.err << text_of({notes.before.text(), notes.after.text()});
    if (outcome.both + outcome.unreadable == 0) {
      io.err << (arguments.has("--subject")
                     ? "muster diff: there is no subject `" + *arguments.value("--subject") + "` in both\n"
                     : "muster diff: nothing was compared, as no subject is in both\n");
    }
    writer->finish(needed);
  };
  bool abandoned = false;
  std::uint64_t records = 0;
  request.stop = [&] {
    progress.reach(++records);
    abandoned = !io.out.good();
    return abandoned || io.interrupted() != 0;
  };
  const auto done = runtime::compare_portfolios(std::move(request), listener);
  progress.wipe();
  if (const int code = end_if_interrupted(io, "diff", {compared, "subject", "subjects", {}}); code != 0) return code;
  if (abandoned) return kPipeClosed;
  if (!done) {
    io.err << file_error_line(done.error());
    return kUsage;
  }
  return outcome.exit_code(arguments);
}

tl::expected<int, UsageError> run_diff(const Arguments& arguments, const Io& io) {
  auto sides = find_diff_sides(arguments, io);
  if (!sides) return tl::unexpected(sides.error());
  if (!*sides) return kPolicyErrors;
  return compare_sides(**sides, arguments, io);
}

}  // namespace

const Command kDiffCommand = {
    "diff",
    "says who changes verdict, and what turns it",
    {"FILE [NEW]", 1, 2},
    {
        {"--policy", "NAME", "the policy, where a file declares several"},
        {"--old-policy", "NAME", "the old policy, where it is another; one file can hold both"},
        {"--new-policy", "NAME", "the new policy"},
        {"--gate", "NAME", "the gate whose verdicts are compared, instead of the policy's first"},
        {"--data", "FILE",
         "the subjects' evidence, instead of the source that they are bound from; twice: the old, then the new",
         Repeat::any},
        {"--source", "NAME=FILE", "reads a source from this file", Repeat::any},
        {"--allow-path", "DIR", "lets links in the project lead to files below this folder", Repeat::any},
        {"--as-of", "DATE|TIME", "the day or moment to judge as of; twice: the old, then the new", Repeat::any},
        {"--set", "PARAM=VALUE", "gives a param another value in its range, on both sides", Repeat::any},
        {"--subject", "ID", "compares one subject alone"},
        {"--limit", "N", "lists at most so many of the subjects that change; text lists 20, markdown 50"},
        {"--format", "FORMAT", "what is printed; without it text", Repeat::once, report::comparison_format_names()},
        {"--exit-zero", "", "ends with 0 where it would end with 1 or 6"},
        colour_option(),
    },
    {"Two policies over the same evidence, one policy over two files of evidence, or one policy as of two dates. Each\n"
     "verdict that changes has a cause: what, undone alone, gives the old verdict again.",
     "Ends with 0 where nobody loses pass, 1 where somebody does, 6 where records could not be read, 5 where nothing\n"
     "was compared, 3 where a policy has errors, 2 for a wrong command line or a file that can't be read."},
    {"muster diff main/go_live.muster go_live.muster --data partners.ndjson",
     "muster diff go_live.muster --data monday.ndjson --data tuesday.ndjson",
     "muster diff go_live.muster --as-of 2026-11-23 --as-of 2027-02-23"},
    run_diff,
};

}  // namespace muster::commands
