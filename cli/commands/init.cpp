// SPDX-License-Identifier: Apache-2.0
// `muster init`: a first policy with evidence, tests and a workflow, all of them or none.
#include <memory>
#include <system_error>
#include <vector>

#include "cli/commands/command.h"
#include "cli/commands/files.h"
#include "cli/commands/whole_file.h"
#include "starter/project.h"

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

struct Target {
  fs::path path;
  std::string shown;
  std::string_view text;
};

std::vector<Target> targets_in(const fs::path& folder, const std::string& shown_folder) {
  std::vector<Target> targets;
  for (const starter::ProjectFile& file : starter::project_files())
    targets.push_back({folder / file.path, (fs::path(shown_folder) / file.path).string(), file.text});
  return targets;
}

// A link that leads nowhere is there too.
bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

constexpr const char* kNameFolder = "name the folder that the project is to stand in";

std::optional<UsageError> what_is_in_the_way(const fs::path& folder, const std::string& shown_folder,
                                             const std::vector<Target>& targets) {
  if (shown_folder == "-") return UsageError{"`-` is no folder, and a project is several files", kNameFolder};
  if (is_there(folder) && !fs::is_directory(folder))
    return UsageError{"`" + shown_folder + "` is no folder", kNameFolder};
  std::string names;
  std::size_t count = 0;
  for (const Target& target : targets) {
    if (!is_there(target.path)) continue;
    names += (count++ == 0 ? "`" : ", `") + target.shown + "`";
  }
  if (count == 0) return std::nullopt;
  return UsageError{names + (count == 1 ? " is" : " are") + " there already; nothing was written",
                    "name another folder: `muster init NAME`"};
}

// What was made so far is taken away again, unless all was.
class Made {
 public:
  Made() = default;
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ~Made() {
    std::error_code error;
    // A folder in which somebody else has put something meanwhile stays.
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) fs::remove(*path, error);
  }

  std::error_code make_folder(const fs::path& folder) {
    std::error_code error;
    if (folder.empty() || fs::is_directory(folder, error)) return {};
    if (is_there(folder)) return std::make_error_code(std::errc::not_a_directory);
    if (auto failed = make_folder(folder.parent_path())) return failed;
    if (fs::create_directory(folder, error)) paths_.push_back(folder);
    return error;
  }
  void add(const fs::path& file) { paths_.push_back(file); }
  void keep() { paths_.clear(); }

 private:
  std::vector<fs::path> paths_;
};

UsageError no_folder(const std::string& shown_folder, const std::error_code& error) {
  return {"the folder `" + shown_folder + "` can't be made: " + error.message(), ""};
}

tl::expected<void, UsageError> write(const fs::path& folder, const std::string& shown_folder,
                                     const std::vector<Target>& targets) {
  Made made;
  if (const auto error = made.make_folder(folder)) return tl::unexpected(no_folder(shown_folder, error));
  std::vector<std::unique_ptr<WholeFile>> files;
  for (const Target& target : targets) {
    if (const auto error = made.make_folder(target.path.parent_path()))
      return tl::unexpected(no_folder(fs::path(target.shown).parent_path().string(), error));
    auto file = WholeFile::create(target.path, target.shown);
    if (!file) return tl::unexpected(file.error());
    (*file)->stream() << target.text;
    files.push_back(std::move(*file));
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (auto done = files[i]->commit(); !done) return tl::unexpected(done.error());
    made.add(targets[i].path);
  }
  made.keep();
  return {};
}

tl::expected<int, UsageError> run_init(const Arguments& arguments, const Io& io) {
  const std::string shown_folder = arguments.positional().empty() ? "" : arguments.positional().front();
  const fs::path folder = absolute(io, shown_folder.empty() ? "." : shown_folder);
  const auto targets = targets_in(folder, shown_folder);
  if (auto error = what_is_in_the_way(folder, shown_folder, targets)) return tl::unexpected(*error);
  if (auto written = write(folder, shown_folder, targets); !written) return tl::unexpected(written.error());

  for (const Target& target : targets) io.err << "wrote " << target.shown << '\n';
  io.err << "\nNow, ";
  if (!shown_folder.empty() && shown_folder != ".") io.err << "in " << shown_folder << ", ";
  io.err << "try\n  muster test .\n  muster eval readiness.muster --format table --as-of 2026-11-23\n";
  return kSuccess;
}

}  // namespace

const Command kInitCommand = {
    "init",
    "writes a first policy, with evidence, tests and a workflow",
    {"DIR", 0, 1},
    {},
    {"DIR is the folder of the project, without one the folder that you are in; it is made where it isn't there.\n"
     "Where one of the files is there already nothing is written, and the command ends with 2."},
    {"muster init readiness"},
    run_init,
};

}  // namespace muster::commands
