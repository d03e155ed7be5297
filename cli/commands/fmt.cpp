// SPDX-License-Identifier: Apache-2.0
// `muster fmt`: the one layout of modules, in place.
#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/files.h"
#include "cli/commands/modules.h"
#include "cli/commands/unified_diff.h"
#include "cli/commands/whole_file.h"
#include "grammar/format/format.h"
#include "grammar/parse/parse.h"

namespace muster::commands {

namespace {

constexpr std::uint64_t kReadAtMost = (16ull << 20) + 1;

struct Counts {
  std::size_t changed = 0, broken = 0, unwritten = 0;
};

class Formatter {
 public:
  Formatter(const Arguments& arguments, const Io& io)
      : io_(io),
        colour_(colour(arguments, io, Stream::err)),
        check_(arguments.has("--check")),
        diff_(arguments.has("--diff")) {}

  tl::expected<int, UsageError> format_stdin();
  tl::expected<int, UsageError> format_files(const std::vector<ModuleFile>& files);

 private:
  // Nothing where the text has syntax errors; they are printed.
  std::optional<std::string> formatted(const std::string& name, const std::string& text);
  int exit_code(Counts counts) const;

  const Io& io_;
  base::Colour colour_;
  const bool check_, diff_;
};

std::optional<std::string> Formatter::formatted(const std::string& name, const std::string& text) {
  base::SourceMap sources;
  const base::FileId file = sources.add(name, text);
  const auto parsed = parse::parse_module(sources.file(file).text(), file);
  if (!parsed.diagnostics.has_errors()) {
    auto result = format::format(parsed.tree);
    if (!result)
      io_.err << name
              << ": the layout of this file could not be made without changing what it says; it stays as it is\n";
    return result;
  }
  base::Diagnostics sorted = parsed.diagnostics;
  sorted.sort();
  for (const auto& diagnostic : sorted.list()) io_.err << base::print_diagnostic(diagnostic, sources, colour_) << '\n';
  for (const auto& [left_file, errors] : sorted.left_out())
    io_.err << base::print_left_out(errors, sources.file(left_file)) << '\n';
  return std::nullopt;
}

tl::expected<int, UsageError> Formatter::format_stdin() {
  const auto read = read_stream(io_.in, "stdin", kReadAtMost);
  if (!read) return tl::unexpected(read.error());
  const std::string& text = *read;
  const auto result = formatted("stdin", text);
  if (!result) return exit_code({0, 1, 0});
  if (diff_) {
    io_.out << unified_diff("stdin", text, *result);
  } else if (!check_) {
    io_.out << *result;
  }
  return exit_code({*result == text ? 0u : 1u, 0, 0});
}

tl::expected<void, UsageError> write(const ModuleFile& file, const std::string& text) {
  // A pipe that was read to its end has no reader who waits.
  std::error_code error;
  if (!std::filesystem::is_regular_file(file.path, error))
    return tl::unexpected(UsageError{"`" + file.shown + "` is no regular file, and can't be formatted in place",
                                     "`muster fmt -` formats standard input"});
  auto written = WholeFile::create(file.path, file.shown);
  if (!written) return tl::unexpected(written.error());
  (*written)->stream() << text;
  return (*written)->commit();
}

tl::expected<int, UsageError> Formatter::format_files(const std::vector<ModuleFile>& files) {
  Counts counts;
  for (const auto& file : files) {
    const auto text = read_file(io_, file.path.string(), kReadAtMost);
    if (!text) return tl::unexpected(text.error());
    const auto result = formatted(file.shown, *text);
    if (!result) {
      ++counts.broken;
      continue;
    }
    if (*result == *text) continue;
    ++counts.changed;
    if (diff_) io_.out << unified_diff(file.shown, *text, *result);
    if (check_ && !diff_) io_.out << file.shown << '\n';
    if (check_ || diff_) continue;
    if (const auto done = write(file, *result)) {
      io_.err << "formatted " << file.shown << '\n';
    } else {
      print_error(io_.err, "fmt", done.error());
      ++counts.unwritten;
    }
  }
  if (check_ && counts.changed > 0) {
    io_.err << counts.changed << " of " << files.size() << (files.size() == 1 ? " file is" : " files are")
            << " not formatted; `muster fmt` formats them\n";
  }
  return exit_code(counts);
}

int Formatter::exit_code(Counts counts) const {
  if (counts.unwritten > 0) return kUsage;
  if (check_) return counts.changed + counts.broken > 0 ? kFindings : kSuccess;
  return counts.broken > 0 ? kPolicyErrors : kSuccess;
}

tl::expected<int, UsageError> run_fmt(const Arguments& arguments, const Io& io) {
  const auto& paths = arguments.positional();
  Formatter formatter(arguments, io);
  for (const auto& path : paths) {
    if (path != "-") continue;
    if (paths.size() > 1) return tl::unexpected(UsageError{"`-` stands for standard input and goes alone", ""});
    return formatter.format_stdin();
  }
  const auto files = find_modules(io, paths);
  if (!files) return tl::unexpected(files.error());
  if (files->empty()) {
    io.err << "muster fmt: there is no module to format\n";
    return kNothingJudged;
  }
  return formatter.format_files(*files);
}

}  // namespace

const Command kFmtCommand = {
    "fmt",
    "formats modules in place",
    {"PATH...", 1, kAnyNumber},
    {
        {"--check", "", "changes nothing; names the files that are not formatted and ends with 1"},
        {"--diff", "", "changes nothing; shows what would change"},
        colour_option(),
    },
    {"A PATH is a module, a folder (all modules in it), or `-`: standard input to standard output. Files with\n"
     "syntax errors stay as they are; then it ends with 3, with --check 1."},
    {"muster fmt policies --check --diff"},
    run_fmt,
};

}  // namespace muster::commands
