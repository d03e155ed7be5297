// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/diff_sides.h"

#include <utility>

#include "cli/commands/colour.h"
#include "cli/commands/eval_settings.h"
#include "cli/commands/modules.h"

namespace muster::commands {

using compare::kBoth;
using compare::other;
using compare::PairOf;
using compare::Which;
using report::Compares;

namespace {

struct Uses {
  bool policies = false, evidence = false, dates = false;
};

UsageError two_uses(const std::string& one, const std::string& other) {
  return {one + " and " + other + " at once: it could not be told which of them turns a verdict",
          "compare one, then the other"};
}

tl::expected<Compares, UsageError> what_differs(const Arguments& arguments) {
  Uses uses;
  uses.policies = arguments.positional().size() == 2 || arguments.has("--old-policy") || arguments.has("--new-policy");
  uses.evidence = arguments.values("--data").size() == 2;
  uses.dates = arguments.values("--as-of").size() == 2;
  for (const char* option : {"--data", "--as-of"}) {
    if (arguments.values(option).size() > 2) {
      return tl::unexpected(UsageError{std::string("`") + option + "` is given more than twice",
                                       "two are compared: the old one, then the new one"});
    }
  }
  if (uses.policies && uses.evidence) return tl::unexpected(two_uses("two policies", "two files of evidence"));
  if (uses.policies && uses.dates) return tl::unexpected(two_uses("two policies", "two dates"));
  if (uses.evidence && uses.dates) return tl::unexpected(two_uses("two files of evidence", "two dates"));
  if (uses.policies) return Compares::policies;
  if (uses.evidence) return Compares::evidence;
  if (uses.dates) return Compares::dates;
  return tl::unexpected(UsageError{
      "there are no two to be compared",
      "name two policies, `muster diff OLD NEW`, or give `--data` or `--as-of` twice: the old, then the new"});
}

// The first of one, or of two the one of that side.
std::optional<std::string> of_side(const std::vector<std::string>& values, Which which) {
  if (values.empty()) return std::nullopt;
  return which == Which::before ? values.front() : values.back();
}

using Module = std::shared_ptr<const CompiledModule>;

// A file that is named twice is compiled once. Nothing where one has errors.
tl::expected<std::optional<PairOf<Module>>, UsageError> compile_both(const PairOf<ModuleFile>& files,
                                                                     const Arguments& arguments, const Io& io) {
  PairOf<Module> modules;
  for (const Which which : kBoth) {
    if (which == Which::after && files.before.path == files.after.path) {
      modules.after = modules.before;
      continue;
    }
    auto module = compile_module(io, files.of(which));
    if (!module) return tl::unexpected(module.error());
    modules.of(which) = std::make_shared<const CompiledModule>(std::move(*module));
  }
  bool sound = true;
  for (const Which which : kBoth) {
    if (which == Which::after && modules.before == modules.after) continue;
    const compiler::Compilation& compilation = modules.of(which)->compilation;
    if (!compilation.diagnostics.has_errors()) continue;
    print_errors(compilation, colour(arguments, io, Stream::err), io.err);
    sound = false;
  }
  return sound ? std::optional(modules) : std::nullopt;
}

class Preparer {
 public:
  Preparer(const Arguments& arguments, const Io& io, const PairOf<Module>& modules, const PairOf<ModuleFile>& files)
      : arguments_(arguments), io_(io), modules_(modules), files_(files) {}

  tl::expected<PairOf<Prepared>, UsageError> prepare_both() const;

 private:
  RunChoices choices(Which which) const {
    const auto own_policy = arguments_.value(which == Which::before ? "--old-policy" : "--new-policy");
    RunChoices choices{own_policy ? own_policy : arguments_.value("--policy"),
                       arguments_.value("--gate"),
                       of_side(arguments_.values("--as-of"), which),
                       {}};
    // One date for both, where there are no two.
    if (!choices.as_of) choices.as_of = modules_.after->project.as_of;
    if (!choices.as_of) choices.as_of = modules_.before->project.as_of;
    return choices;
  }

  const Arguments& arguments_;
  const Io& io_;
  const PairOf<Module>& modules_;
  const PairOf<ModuleFile>& files_;
};

// A param that only one of the policies reads is set there.
tl::expected<PairOf<Prepared>, UsageError> Preparer::prepare_both() const {
  PairOf<Prepared> made;
  PairOf<RunChoices> chosen{choices(Which::before), choices(Which::after)};
  for (const Which which : kBoth) {
    auto prepared = prepare(modules_.of(which), files_.of(which).shown, chosen.of(which), io_);
    if (!prepared) return tl::unexpected(prepared.error());
    made.of(which) = std::move(*prepared);
  }
  const std::vector<std::string> settings = arguments_.values("--set");
  if (settings.empty()) return made;
  for (const Which which : kBoth) {
    for (const std::string& setting : settings) {
      const auto reads = [&](Which side) {
        return names_param(made.of(side).program(), made.of(side).chosen_policy(), setting);
      };
      if (reads(which) || !reads(other(which))) chosen.of(which).settings.push_back(setting);
    }
    auto prepared = prepare(modules_.of(which), files_.of(which).shown, chosen.of(which), io_);
    if (!prepared) return tl::unexpected(prepared.error());
    made.of(which) = std::move(*prepared);
  }
  return made;
}

}  // namespace

tl::expected<std::optional<DiffSides>, UsageError> find_diff_sides(const Arguments& arguments, const Io& io) {
  DiffSides sides;
  const auto compares = what_differs(arguments);
  if (!compares) return tl::unexpected(compares.error());
  sides.compares = *compares;

  PairOf<ModuleFile> files;
  for (const Which which : kBoth) {
    const auto& given = arguments.positional();
    auto file = find_module(io, which == Which::before ? given.front() : given.back());
    if (!file) return tl::unexpected(file.error());
    sides.files.of(which) = file->shown;
    files.of(which) = std::move(*file);
  }
  const auto modules = compile_both(files, arguments, io);
  if (!modules) return tl::unexpected(modules.error());
  if (!*modules) return std::nullopt;
  auto prepared = Preparer(arguments, io, **modules, files).prepare_both();
  if (!prepared) return tl::unexpected(prepared.error());
  sides.prepared = std::move(*prepared);

  for (const Which which : kBoth) {
    InputChoices& choices = sides.inputs.of(which);
    if (const auto data = of_side(arguments.values("--data"), which)) choices.data = {*data};
    choices.allowed_paths = arguments.values("--allow-path");
    // A source that only one of the modules has is read there.
    for (const std::string& source : arguments.values("--source")) {
      const auto has = [&](Which side) { return names_source(sides.prepared.of(side).program(), source); };
      if (has(which) || !has(other(which))) choices.sources.push_back(source);
    }
  }
  return sides;
}

}  // namespace muster::commands
