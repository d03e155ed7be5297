// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/whole_file.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace muster::commands {

namespace fs = std::filesystem;

namespace {

// What a signal handler may still need to know: the names of unfinished files, in memory that it can read at any
// moment. A name is whole before its slot points to it.
constexpr std::size_t kSlots = 32;
std::array<std::atomic<const char*>, kSlots> unfinished_names{};

int remember(const fs::path& path) {
  const char* name = ::strdup(path.c_str());
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const char* free_slot = nullptr;
    if (unfinished_names[slot].compare_exchange_strong(free_slot, name)) return static_cast<int>(slot);
  }
  std::free(const_cast<char*>(name));
  return -1;
}

void forget(int slot) {
  if (slot < 0) return;
  const char* name = unfinished_names[static_cast<std::size_t>(slot)].exchange(nullptr);
  std::free(const_cast<char*>(name));
}

UsageError cannot_write(const std::string& shown) {
  return {"`" + shown + "` can't be written: " + std::strerror(errno), ""};
}

// `/dev/stderr`, `/dev/fd/3`: what somebody has opened already, and may have written to.
bool is_descriptor(const fs::path& path) {
  const std::string folder = path.parent_path().string();
  return path == "/dev/stdout" || path == "/dev/stderr" || folder == "/dev/fd" || folder == "/proc/self/fd";
}

}  // namespace

tl::expected<std::unique_ptr<WholeFile>, UsageError> WholeFile::create(const fs::path& path, const std::string& shown) {
  std::unique_ptr<WholeFile> file(new WholeFile);
  file->shown_ = shown;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return tl::unexpected(UsageError{"`" + shown + "` is a folder", "name a file in it"});
  // By the name that was given: where the link of a pipe leads to is no path.
  if (is_descriptor(path) || (fs::exists(status) && !fs::is_regular_file(status))) {
    file->stream_.open(path, std::ios::binary | std::ios::app);
    if (!file->stream_) return tl::unexpected(cannot_write(shown));
    return file;
  }
  file->target_ = target_of(path);
  file->unfinished_ = file->target_;
  file->unfinished_ += "." + std::to_string(::getpid()) + ".tmp";
  file->slot_ = remember(file->unfinished_);
  file->stream_.open(file->unfinished_, std::ios::binary | std::ios::trunc);
  if (!file->stream_) {
    const auto reason = cannot_write(shown);
    file->unfinished_.clear();
    return tl::unexpected(reason);
  }
  if (fs::exists(status)) fs::permissions(file->unfinished_, status.permissions(), error);
  return file;
}

fs::path target_of(const fs::path& path) {
  // As many as the kernel follows; its last may lead to a file that isn't there yet.
  constexpr int kMostLinks = 40;
  fs::path target = path;
  std::error_code error;
  for (int links = 0; links < kMostLinks && fs::is_symlink(target, error); ++links) {
    const fs::path to = fs::read_symlink(target, error);
    if (error) break;
    target = target.parent_path() / to;
  }
  return target;
}

WholeFile::~WholeFile() {
  if (!unfinished_.empty()) {
    std::error_code error;
    stream_.close();
    fs::remove(unfinished_, error);
  }
  forget(slot_);
}

tl::expected<void, UsageError> WholeFile::commit() {
  stream_.close();
  if (!stream_) return tl::unexpected(cannot_write(shown_));
  if (unfinished_.empty()) return {};
  if (std::rename(unfinished_.c_str(), target_.c_str()) != 0) return tl::unexpected(cannot_write(shown_));
  unfinished_.clear();
  return {};
}

void remove_unfinished_files() noexcept {
  for (const auto& name : unfinished_names) {
    if (const char* path = name.load()) ::unlink(path);
  }
}

}  // namespace muster::commands
