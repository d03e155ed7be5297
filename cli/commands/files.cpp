// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace muster::commands {

namespace fs = std::filesystem;

fs::path absolute(const Io& io, const std::string& path) {
  fs::path joined = (fs::path(io.working_directory) / path).lexically_normal();
  // `folder/` names the folder itself.
  if (!joined.has_filename() && joined.has_parent_path() && joined != joined.root_path()) joined = joined.parent_path();
  return joined;
}

std::string shown(const Io& io, const fs::path& path) {
  const fs::path relative = path.lexically_relative(fs::path(io.working_directory).lexically_normal());
  if (relative.empty()) return path.string();
  // A few steps up are easier to read than the whole path; many are not.
  std::size_t ups = 0;
  for (const auto& part : relative) ups += part == ".." ? 1 : 0;
  if (ups > 2) return path.string();
  return relative == "." ? std::string() : relative.string();
}

tl::expected<std::string, UsageError> read_file(const Io& io, const std::string& path, std::uint64_t limit) {
  auto stream = open_file(absolute(io, path), path, "");
  if (!stream) return tl::unexpected(stream.error());
  return read_stream(**stream, path, limit);
}

tl::expected<std::string, UsageError> read_stream(std::istream& stream, const std::string& shown_name,
                                                  std::uint64_t limit) {
  std::string text;
  char block[1 << 16];
  while (text.size() < limit && stream) {
    stream.read(block, static_cast<std::streamsize>(std::min<std::uint64_t>(sizeof block, limit - text.size())));
    text.append(block, static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad())
    return tl::unexpected(UsageError{"`" + shown_name + "` can't be read: " + std::strerror(errno), ""});
  return text;
}

namespace {

std::string purpose(const std::string& wanted_by) { return wanted_by.empty() ? std::string() : ", which " + wanted_by; }

constexpr std::size_t kMostNeighbours = 1'000;

}  // namespace

UsageError not_there(const fs::path& path, const std::string& shown_name, std::string_view what,
                     const std::string& wanted_by) {
  std::vector<std::string> neighbours;
  std::error_code error;
  for (fs::directory_iterator entry(path.parent_path(), error), end; !error && entry != end; entry.increment(error)) {
    if (neighbours.size() == kMostNeighbours) break;
    neighbours.push_back(entry->path().filename().string());
  }
  std::sort(neighbours.begin(), neighbours.end());
  return {"there is no " + std::string(what) + " `" + shown_name + "`" + purpose(wanted_by),
          did_you_mean(path.filename().string(), neighbours)};
}

tl::expected<std::unique_ptr<InputStream>, UsageError> open_file(const fs::path& path, const std::string& shown_name,
                                                                 const std::string& wanted_by,
                                                                 InputBuffer::Interrupted interrupted) {
  const std::string wanted = purpose(wanted_by);
  std::error_code error;
  if (fs::is_directory(path, error)) return tl::unexpected(UsageError{"`" + shown_name + "` is a folder" + wanted, ""});
  auto stream = InputStream::open(path, std::move(interrupted));
  if (!stream) {
    const int reason = errno;
    if (reason == ENOENT || reason == ENOTDIR) return tl::unexpected(not_there(path, shown_name, "file", wanted_by));
    return tl::unexpected(UsageError{"`" + shown_name + "` can't be read: " + std::strerror(reason) + wanted, ""});
  }
  return stream;
}

}  // namespace muster::commands
