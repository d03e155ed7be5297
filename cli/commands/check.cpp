// SPDX-License-Identifier: Apache-2.0
// `muster check`: what is wrong in modules, each finding once however many modules import its file.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "cli/commands/colour.h"
#include "cli/commands/command.h"
#include "cli/commands/files.h"
#include "cli/commands/modules.h"
#include "runtime/report/json_text.h"

namespace muster::commands {

namespace {

using base::Diagnostic;
using base::Severity;

// Of one file; what is more is counted.
constexpr std::size_t kMostShown = base::Diagnostics::kMostErrors;

// Which warnings are shown. Errors always are.
struct WarningFilter {
  std::set<std::string> ignored;
  std::set<std::string> selected;  // empty: all

  bool shows(const Diagnostic& diagnostic) const {
    if (diagnostic.severity() == Severity::error) return true;
    const std::string id(base::info(diagnostic.code).id);
    return ignored.count(id) == 0 && (selected.empty() || selected.count(id) != 0);
  }
};

class Findings {
 public:
  explicit Findings(const Io& io) : io_(io) {}
  virtual ~Findings() = default;

  void add_all(const CompiledModule& module, const WarningFilter& filter);
  virtual void finish(std::size_t files) = 0;

  std::size_t errors() const { return errors_; }
  std::size_t warnings() const { return warnings_; }
  // Those that `deny` of their project or of the command line turns into failures.
  std::size_t denied() const { return denied_; }

 protected:
  virtual void print(const Diagnostic& diagnostic, const base::SourceMap& sources) = 0;
  virtual void print_left_out(std::size_t count, const base::SourceFile& file) = 0;

  const Io& io_;

 private:
  struct FoundInFile {
    std::size_t shown = 0;
    std::size_t errors_left_out = 0;  // by the compiler, which counts them only
  };

  std::map<std::filesystem::path, FoundInFile> found_in_;
  std::set<std::tuple<std::filesystem::path, std::uint32_t, std::uint32_t, base::Code, std::string>> seen_;
  std::size_t errors_ = 0, warnings_ = 0, denied_ = 0;
};

void Findings::add_all(const CompiledModule& module, const WarningFilter& filter) {
  std::map<base::FileId, std::size_t> left_out;
  for (const auto& diagnostic : module.compilation.diagnostics.list()) {
    if (!filter.shows(diagnostic)) continue;
    const auto path = absolute(io_, module.compilation.sources.file(diagnostic.span.file).path());
    if (!seen_.emplace(path, diagnostic.span.begin, diagnostic.span.end, diagnostic.code, diagnostic.message).second) {
      continue;
    }
    const bool is_error = diagnostic.severity() == Severity::error;
    ++(is_error ? errors_ : warnings_);
    if (is_error || module.project.deny_warnings) ++denied_;
    if (++found_in_[path].shown <= kMostShown) {
      print(diagnostic, module.compilation.sources);
    } else {
      ++left_out[diagnostic.span.file];
    }
  }
  for (const auto& [file, count] : module.compilation.diagnostics.left_out()) {
    auto& counted = found_in_[absolute(io_, module.compilation.sources.file(file).path())].errors_left_out;
    if (counted > 0) continue;
    counted = count;
    errors_ += count;
    denied_ += count;
    left_out[file] += count;
  }
  for (const auto& [file, count] : left_out) print_left_out(count, module.compilation.sources.file(file));
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

class TextFindings final : public Findings {
 public:
  TextFindings(const Io& io, base::Colour colour) : Findings(io), colour_(colour) {}

  void finish(std::size_t files) override {
    if (errors() + warnings() == 0) {
      io_.out << counted(files, "file") << ", nothing found\n";
    } else {
      io_.out << counted(errors(), "error") << ", " << counted(warnings(), "warning") << " in "
              << counted(files, "file") << '\n';
    }
  }

 private:
  void print(const Diagnostic& diagnostic, const base::SourceMap& sources) override {
    io_.out << base::print_diagnostic(diagnostic, sources, colour_) << '\n';
  }
  void print_left_out(std::size_t count, const base::SourceFile& file) override {
    io_.out << base::print_left_out(count, file) << '\n';
  }

  base::Colour colour_;
};

class JsonFindings final : public Findings {
 public:
  explicit JsonFindings(const Io& io) : Findings(io), json_(text_) {
    json_.begin_object().key("muster").count(1).key("findings").begin_array();
  }

  void finish(std::size_t files) override {
    json_.end_array().key("errors").count(errors()).key("warnings").count(warnings()).key("files").count(files);
    if (left_out_ > 0) json_.key("left_out").count(left_out_);
    json_.end_object();
    io_.out << text_ << '\n';
  }

 private:
  void print(const Diagnostic& diagnostic, const base::SourceMap& sources) override {
    json_.begin_object();
    json_.key("code").text(base::info(diagnostic.code).id);
    json_.key("severity").text(diagnostic.severity() == Severity::error ? "error" : "warning");
    json_.key("message").text(diagnostic.message);
    print_place(diagnostic.span, sources);
    if (!diagnostic.labels.empty()) {
      json_.key("labels").begin_array();
      for (const auto& label : diagnostic.labels) {
        json_.begin_object().key("message").text(label.text);
        print_place(label.span, sources);
        json_.end_object();
      }
      json_.end_array();
    }
    if (!diagnostic.help.empty()) json_.key("help").text(diagnostic.help);
    json_.end_object();
  }

  void print_left_out(std::size_t count, const base::SourceFile&) override { left_out_ += count; }

  // Lines and columns from 1, columns in characters; the end is the place behind the last character.
  void print_place(base::Span span, const base::SourceMap& sources) {
    const auto& file = sources.file(span.file);
    const auto begin = file.line_column(span.begin), end = file.line_column(span.end);
    json_.key("file").text(file.path()).key("line").count(begin.line).key("column").count(begin.column);
    json_.key("end_line").count(end.line).key("end_column").count(end.column);
  }

  std::string text_;
  std::size_t left_out_ = 0;
  report::JsonText json_;
};

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
    if (found->severity == Severity::error) {
      return tl::unexpected(
          UsageError{"`" + code + "` is an error; `" + option + "` is for warnings", "errors always show"});
    }
    known.insert(code);
  }
  return known;
}

tl::expected<int, UsageError> run_check(const Arguments& arguments, const Io& io) {
  const auto ignored = warning_codes(arguments.values("--ignore"), "--ignore");
  if (!ignored) return tl::unexpected(ignored.error());
  const auto selected = warning_codes(arguments.values("--select"), "--select");
  if (!selected) return tl::unexpected(selected.error());
  const auto files = find_modules(io, arguments.positional());
  if (!files) return tl::unexpected(files.error());
  if (files->empty()) {
    io.err << "muster check: there is no module to check\n";
    return kNothingJudged;
  }

  std::unique_ptr<Findings> findings;
  if (arguments.value("--format") == "json") {
    findings = std::make_unique<JsonFindings>(io);
  } else {
    findings = std::make_unique<TextFindings>(io, colour(arguments, io, Stream::out));
  }
  for (const auto& file : *files) {
    auto module = compile_module(io, file, compiler::Lints::run);
    if (!module) return tl::unexpected(module.error());
    WarningFilter filter{*ignored, *selected};
    // What the command line says of codes takes the place of what the project says.
    if (ignored->empty() && selected->empty())
      filter.ignored.insert(module->project.ignore.begin(), module->project.ignore.end());
    if (arguments.has("--deny")) module->project.deny_warnings = true;
    findings->add_all(*module, filter);
  }
  findings->finish(files->size());
  return findings->denied() > 0 ? kFindings : kSuccess;
}

}  // namespace

const Command kCheckCommand = {
    "check",
    "finds what is wrong in modules",
    {"PATH...", 1, kAnyNumber},
    {
        {"--deny", "warnings", "fails on warnings too", Repeat::once, {"warnings"}},
        {"--ignore", "CODE", "leaves out a warning", Repeat::any},
        {"--select", "CODE", "shows of the warnings only this one", Repeat::any},
        {"--format", "FORMAT", "how findings are printed", Repeat::once, {"text", "json"}},
        colour_option(),
    },
    {"A PATH is a module, or a folder: then all modules in it. Ends with 0 where nothing is found, 1 where there\n"
     "are errors (or denied warnings), 2 for a wrong command line or a file that can't be read, 5 without a module."},
    {"muster check policies --deny warnings", "muster check go_live.muster --ignore MU1002 --format json"},
    run_check,
};

}  // namespace muster::commands
