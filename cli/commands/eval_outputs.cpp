// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/eval_outputs.h"

#include <algorithm>

#include "cli/commands/files.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

struct Target {
  std::string format;
  std::string path;
};

tl::expected<Target, UsageError> read_target(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    return tl::unexpected(
        UsageError{"`--output` needs a format and a file, not `" + text + "`", "write `--output json=results.json`"});
  }
  Target target{text.substr(0, equals), text.substr(equals + 1)};
  // Its own name for `-`: both would be written to at once.
  if (target.path == "/dev/stdout") target.path = "-";
  const auto names = report::format_names();
  if (std::find(names.begin(), names.end(), target.format) == names.end()) {
    return tl::unexpected(
        UsageError{"there is no format `" + target.format + "`", suggestion(target.format, names, "formats")});
  }
  return target;
}

// Whether writing the one changes the other; two links to a pipe or to /dev/null do no harm.
bool is_same_file(const fs::path& output, const fs::path& other) {
  std::error_code error;
  if (fs::is_regular_file(output, error) && fs::equivalent(output, other, error)) return true;
  const fs::path target = fs::weakly_canonical(target_of(output), error);
  return !error && target == fs::weakly_canonical(target_of(other), error) && !error;
}

// The first of the files that the output would take the place of.
std::optional<UsageError> check_target(const Target& target, const fs::path& path, const std::vector<fs::path>& outputs,
                                       const std::vector<fs::path>& read_files) {
  for (const auto& output : outputs) {
    if (output == path || is_same_file(path, output))
      return UsageError{"`--output` names `" + target.path + "` twice", "give each document its own file"};
  }
  for (const auto& file : read_files) {
    if (is_same_file(path, file))
      return UsageError{"`--output` would overwrite `" + target.path + "`, which this run reads", "name another file"};
  }
  return std::nullopt;
}

}  // namespace

tl::expected<std::unique_ptr<Outputs>, UsageError> Outputs::open(const Io& io, const OutputChoices& choices,
                                                                 const report::Context& for_out,
                                                                 const report::Context& for_files,
                                                                 const report::Selection& selection) {
  std::unique_ptr<Outputs> outputs(new Outputs(io.out));
  std::optional<std::string> out_format = choices.format;
  std::vector<fs::path> taken;
  for (const auto& text : choices.files) {
    const auto target = read_target(text);
    if (!target) return tl::unexpected(target.error());
    if (target->path == "-") {
      if (out_format) {
        return tl::unexpected(UsageError{"two documents would go to standard output",
                                         "leave out `--format`, or name a file in `--output`"});
      }
      out_format = target->format;
      continue;
    }
    const auto path = absolute(io, target->path);
    if (auto wrong = check_target(*target, path, taken, choices.read_files)) return tl::unexpected(std::move(*wrong));
    taken.push_back(path);
    auto file = WholeFile::create(path, target->path);
    if (!file) return tl::unexpected(file.error());
    outputs->most_ = std::max(outputs->most_, report::most_needed(target->format));
    outputs->writers_.push_back(report::make_writer(target->format, for_files, selection, (*file)->stream()));
    outputs->files_.push_back(std::move(*file));
  }
  const std::string written = out_format.value_or(io.out_is_terminal ? "table" : "ndjson");
  outputs->most_ = std::max(outputs->most_, report::most_needed(written));
  outputs->writers_.push_back(report::make_writer(written, for_out, selection, io.out));
  outputs->streams_ = written != "table" && written != "summary";
  return outputs;
}

tl::expected<void, UsageError> Outputs::finish(const verdicts::Tally& tally) {
  for (auto& writer : writers_) writer->finish(tally);
  for (auto& file : files_) {
    if (auto done = file->commit(); !done) return done;
  }
  return {};
}

}  // namespace muster::commands
