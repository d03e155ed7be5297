// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/eval_outputs.h"

#include <algorithm>

#include "cli/commands/files.h"

namespace muster::commands {

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
  const auto names = report::format_names();
  if (std::find(names.begin(), names.end(), target.format) == names.end()) {
    return tl::unexpected(
        UsageError{"there is no format `" + target.format + "`", suggestion(target.format, names, "formats")});
  }
  return target;
}

}  // namespace

tl::expected<std::unique_ptr<Outputs>, UsageError> Outputs::open(const Io& io, const std::optional<std::string>& format,
                                                                 const std::vector<std::string>& files,
                                                                 const report::Context& for_out,
                                                                 const report::Context& for_files,
                                                                 const report::Selection& selection) {
  std::unique_ptr<Outputs> outputs(new Outputs(io.out));
  std::optional<std::string> out_format = format;
  std::vector<std::filesystem::path> taken;
  for (const auto& text : files) {
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
    if (std::find(taken.begin(), taken.end(), path) != taken.end()) {
      return tl::unexpected(
          UsageError{"`--output` names `" + target->path + "` twice", "give each document its own file"});
    }
    taken.push_back(path);
    auto file = WholeFile::create(path, target->path);
    if (!file) return tl::unexpected(file.error());
    outputs->writers_.push_back(report::make_writer(target->format, for_files, selection, (*file)->stream()));
    outputs->files_.push_back(std::move(*file));
  }
  const std::string written = out_format.value_or(io.out_is_terminal ? "table" : "ndjson");
  outputs->writers_.push_back(report::make_writer(written, for_out, selection, io.out));
  outputs->streams_ = written != "table" && written != "summary";
  return outputs;
}

tl::expected<void, UsageError> Outputs::finish() {
  for (auto& writer : writers_) writer->finish();
  for (auto& file : files_) {
    if (auto done = file->commit(); !done) return done;
  }
  return {};
}

}  // namespace muster::commands
