// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/eval_inputs.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/commands/confinement.h"
#include "cli/commands/data_files.h"
#include "cli/commands/files.h"
#include "compiler/typed/usage.h"
#include "runtime/unpack/unpacked_stream.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

using typed::SourceKind;

// By its name, or by `module.name`.
std::vector<std::uint32_t> sources_named(const typed::Program& program, const std::string& name) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < program.sources.size(); ++i) {
    const typed::Source& source = program.sources[i];
    if (source.name == name || source.module + "." + source.name == name) found.push_back(i);
  }
  return found;
}

class InputOpener {
 public:
  InputOpener(const Io& io, const CompiledModule& module, const InputChoices& choices)
      : io_(io), module_(module), program_(module.compilation.program), choices_(choices) {}

  tl::expected<OpenedInputs, UsageError> open_all(const typed::Policy& policy);

 private:
  using Opened = tl::expected<ingest::Input, UsageError>;
  // Whether it is of the portfolio, of which progress is shown.
  enum class Counted : std::uint8_t { no, yes, and_let_go };

  std::optional<UsageError> read_replacements();
  std::optional<UsageError> read_folders();
  tl::expected<std::uint32_t, UsageError> find_source(const std::string& name) const;
  std::string read_by(std::uint32_t source) const {
    return "source `" + program_.sources[source].name + "` is read from";
  }
  // A file of the command line in place of a source, or of none.
  Opened open_given(const std::string& path, std::optional<std::uint32_t> replaced, const std::string& wanted_by,
                    Counted counted);
  tl::expected<std::unique_ptr<std::istream>, UsageError> open_stream(const std::string& path,
                                                                      const std::string& wanted_by, Counted counted);
  // The file that the source's module names.
  Opened open_declared(std::uint32_t source, Counted counted);
  void count(InputStream& stream, const fs::path& path);

  const Io& io_;
  const CompiledModule& module_;
  const typed::Program& program_;
  const InputChoices& choices_;
  std::map<std::uint32_t, std::string> replacements_;
  std::vector<fs::path> folders_;  // that declared files may lie in
  bool stdin_taken_ = false;
  std::set<std::string> twins_taken_;
  std::vector<fs::path> files_;
  std::shared_ptr<ReadMeter> portfolio_ = std::make_shared<ReadMeter>();
};

tl::expected<OpenedInputs, UsageError> InputOpener::open_all(const typed::Policy& policy) {
  if (auto error = read_replacements()) return tl::unexpected(std::move(*error));
  if (auto error = read_folders()) return tl::unexpected(std::move(*error));
  const auto subject_source = ingest::subject_source(program_, policy.subject);
  const std::string& subject_name = program_.types.record_at(policy.subject).name;
  const bool is_given = !choices_.data.empty();
  if (!is_given && !subject_source) {
    return tl::unexpected(
        UsageError{"nothing says where the evidence of `" + subject_name + "` is",
                   "name a file with `--data FILE`, or write `bind " + subject_name + " from ...` in the module"});
  }
  const auto usage = typed::usage_of(program_, policy);
  const auto mode = is_given ? ingest::SubjectInput::given : ingest::SubjectInput::bound;
  const auto needed = ingest::needed_sources(program_, policy.subject, usage, mode);
  if (is_given && subject_source && replacements_.count(*subject_source) != 0 &&
      std::find(needed.begin(), needed.end(), *subject_source) == needed.end()) {
    return tl::unexpected(UsageError{"`--data` and `--source " + program_.sources[*subject_source].name +
                                         "=...` both say where the evidence of `" + subject_name + "` is",
                                     "leave one of them out"});
  }

  OpenedInputs opened;
  ingest::Inputs& inputs = opened.inputs;
  const auto data = find_data_files(io_, choices_.data);
  if (!data) return tl::unexpected(data.error());
  // Of many files only the one that is read is open.
  const Counted of_data = data->size() > 1 ? Counted::and_let_go : Counted::yes;
  for (const auto& path : *data) {
    auto input = open_given(path, subject_source, "`--data` names", of_data);
    if (!input) return tl::unexpected(input.error());
    inputs.subjects.push_back(std::move(*input));
  }
  for (const auto source : needed) {
    const auto replacement = replacements_.find(source);
    const Counted counted = !is_given && source == *subject_source ? Counted::yes : Counted::no;
    auto input = replacement == replacements_.end() ? open_declared(source, counted)
                                                    : open_given(replacement->second, source, read_by(source), counted);
    if (!input) return tl::unexpected(input.error());
    inputs.sources.emplace(source, std::move(*input));
  }
  opened.portfolio = std::move(portfolio_);
  opened.files = std::move(files_);
  return opened;
}

std::optional<UsageError> InputOpener::read_replacements() {
  for (const auto& text : choices_.sources) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      return UsageError{"`--source` needs a source and a file, not `" + text + "`", "write `--source NAME=FILE`"};
    }
    const std::string name = text.substr(0, equals);
    const auto source = find_source(name);
    if (!source) return source.error();
    if (!replacements_.emplace(*source, text.substr(equals + 1)).second) {
      return UsageError{"`--source` names `" + name + "` twice", "leave one of them out"};
    }
  }
  return std::nullopt;
}

std::optional<UsageError> InputOpener::read_folders() {
  folders_ = {module_.project.root};
  for (const auto& text : choices_.allowed_paths) {
    fs::path folder = absolute(io_, text);
    std::error_code error;
    if (!fs::exists(folder, error)) return not_there(folder, text, "folder", "`--allow-path` names");
    if (!fs::is_directory(folder, error))
      return UsageError{"`" + text + "`, which `--allow-path` names, is no folder", "name the folder that it is in"};
    folders_.push_back(std::move(folder));
  }
  return std::nullopt;
}

tl::expected<std::uint32_t, UsageError> InputOpener::find_source(const std::string& name) const {
  const std::vector<std::uint32_t> found = sources_named(program_, name);
  std::vector<std::string> names;
  for (const typed::Source& source : program_.sources) names.push_back(source.name);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return tl::unexpected(
        UsageError{"`--source`: there is no source `" + name + "`",
                   names.empty() ? "no module declares a source" : suggestion(name, names, "sources")});
  }
  return tl::unexpected(
      UsageError{"`--source`: several sources are named `" + name + "`",
                 "write its module too: `" + program_.sources[found.front()].module + "." + name + "`"});
}

// Of `partners.csv.gz` what stands before the `.gz`.
std::optional<SourceKind> kind_of_extension(const std::string& path) {
  const std::string extension = fs::path(unpack::name_when_unpacked(path)).extension().string();
  if (extension == ".ndjson" || extension == ".jsonl") return SourceKind::ndjson;
  if (extension == ".json") return SourceKind::json;
  if (extension == ".csv") return SourceKind::csv;
  return std::nullopt;
}

// A file is opened once more, a pipe can't be.
tl::expected<std::unique_ptr<std::istream>, UsageError> InputOpener::open_stream(const std::string& path,
                                                                                 const std::string& wanted_by,
                                                                                 Counted counted) {
  const fs::path file = absolute(io_, path);
  std::error_code error;
  const bool is_file = path != "-" && fs::is_regular_file(file, error);
  const bool is_twin = choices_.twins != nullptr && !is_file && twins_taken_.insert(path).second;
  if (is_twin && choices_.twins->has(path)) return choices_.twins->take(path);
  std::unique_ptr<std::istream> stream;
  if (path == "-") {
    stream = std::make_unique<std::istream>(io_.in.rdbuf());
    if (counted != Counted::no) portfolio_->is_known = false;
  } else {
    auto opened = open_file(file, path, wanted_by, io_.interrupted);
    if (!opened) return tl::unexpected(opened.error());
    if (counted != Counted::no) count(**opened, file);
    if (counted == Counted::and_let_go && is_file) (*opened)->let_go();
    stream = std::move(*opened);
  }
  if (!is_twin) return stream;
  choices_.twins->add(path, std::move(stream));
  return choices_.twins->take(path);
}

void InputOpener::count(InputStream& stream, const fs::path& path) {
  std::error_code error;
  const bool is_file = fs::is_regular_file(path, error);
  const std::uintmax_t size = is_file ? fs::file_size(path, error) : 0;
  if (!is_file || error) {
    portfolio_->is_known = false;
    return;
  }
  portfolio_->total += size;
  stream.count_into(portfolio_);
}

// Under the packing that the name tells, if it tells one.
void put_stream(std::unique_ptr<std::istream> stream, const std::string& name, ingest::Input& input) {
  auto unpacked = std::make_unique<unpack::UnpackedStream>(std::move(stream), unpack::packing_of_name(name));
  input.trouble = [stream = unpacked.get()] { return stream->trouble(); };
  input.stream = std::move(unpacked);
}

InputOpener::Opened InputOpener::open_given(const std::string& path, std::optional<std::uint32_t> replaced,
                                            const std::string& wanted_by, Counted counted) {
  ingest::Input input;
  input.kind = kind_of_extension(path).value_or(replaced ? program_.sources[*replaced].kind : SourceKind::ndjson);
  if (path == "-") {
    if (stdin_taken_)
      return tl::unexpected(
          UsageError{"standard input can be read only once: the second time is what " + wanted_by, ""});
    stdin_taken_ = true;
  }
  input.shown_name = path == "-" ? "stdin" : path;
  auto stream = open_stream(path, wanted_by, counted);
  if (!stream) return tl::unexpected(stream.error());
  if (path != "-") files_.push_back(absolute(io_, path));
  put_stream(std::move(*stream), path, input);
  return input;
}

InputOpener::Opened InputOpener::open_declared(std::uint32_t index, Counted counted) {
  const typed::Source& source = program_.sources[index];
  const fs::path path = (module_.project.root / source.resolved_path).lexically_normal();
  const std::string name = shown(io_, path);
  if (!lies_below(path, folders_)) {
    return tl::unexpected(
        UsageError{"source `" + source.name + "` names `" + source.path + "`, which lies outside the project",
                   "`--allow-path DIR` lets links lead below that folder"});
  }
  auto stream = open_file(path, name, read_by(index), io_.interrupted);
  if (!stream) {
    UsageError error = stream.error();
    error.help = "`--source " + source.name + "=FILE` reads another file in its place";
    return tl::unexpected(error);
  }
  files_.push_back(path);
  if (counted == Counted::yes) count(**stream, path);
  ingest::Input input;
  input.shown_name = name;
  input.kind = source.kind;
  put_stream(std::move(*stream), name, input);
  return input;
}

}  // namespace

bool names_source(const typed::Program& program, const std::string& text) {
  return !sources_named(program, text.substr(0, text.find('='))).empty();
}

tl::expected<OpenedInputs, UsageError> open_inputs(const Io& io, const CompiledModule& module,
                                                   const typed::Policy& policy, const InputChoices& choices) {
  return InputOpener(io, module, choices).open_all(policy);
}

}  // namespace muster::commands
