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

// `/dev/stderr`, `/dev/fd/3`: what somebody has opened already, and may have written to.
bool is_descriptor(const fs::path& path) {
  const std::string folder = path.parent_path().string();
  return path == "/dev/stdout" || path == "/dev/stderr" || folder == "/dev/fd" || folder == "/proc/self/fd";
}

// The superuser may write to any file, but nobody meant this one to change.
bool is_read_only(const fs::path& path, const fs::file_status& status) {
  constexpr auto kWrite = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  return (status.permissions() & kWrite) == fs::perms::none || ::access(path.c_str(), W_OK) != 0;
}

}  // namespace

RememberingBuffer::int_type RememberingBuffer::overflow(int_type character) {
  const int_type result = std::filebuf::overflow(character);
  if (result == traits_type::eof() && reason_ == 0) reason_ = errno;
  return result;
}

std::streamsize RememberingBuffer::xsputn(const char* text, std::streamsize size) {
  const std::streamsize written = std::filebuf::xsputn(text, size);
  if (written != size && reason_ == 0) reason_ = errno;
  return written;
}

UsageError WholeFile::cannot_write() const {
  const int reason = buffer_.reason() != 0 ? buffer_.reason() : errno;
  return {"`" + shown_ + "` can't be written: " + std::strerror(reason), ""};
}

tl::expected<std::unique_ptr<WholeFile>, UsageError> WholeFile::create(const fs::path& path, const std::string& shown) {
  std::unique_ptr<WholeFile> file(new WholeFile);
  file->shown_ = shown;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return tl::unexpected(UsageError{"`" + shown + "` is a folder", "name a file in it"});
  // By the name that was given: where the link of a pipe leads to is no path.
  if (is_descriptor(path) || (fs::exists(status) && !fs::is_regular_file(status))) {
    if (file->buffer_.open(path, std::ios::binary | std::ios::out | std::ios::app) == nullptr)
      return tl::unexpected(file->cannot_write());
    return file;
  }
  if (fs::exists(status) && is_read_only(path, status)) {
    return tl::unexpected(UsageError{"`" + shown + "` can't be written: it is read-only",
                                     "make it writable if it is to be changed: `chmod u+w`"});
  }
  file->target_ = target_of(path);
  file->unfinished_ = file->target_;
  file->unfinished_ += "." + std::to_string(::getpid()) + ".tmp";
  file->slot_ = remember(file->unfinished_);
  if (file->buffer_.open(file->unfinished_, std::ios::binary | std::ios::out | std::ios::trunc) == nullptr) {
    const auto reason = file->cannot_write();
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
    buffer_.close();
    fs::remove(unfinished_, error);
  }
  forget(slot_);
}

tl::expected<void, UsageError> WholeFile::commit() {
  if (buffer_.close() == nullptr || !stream_) return tl::unexpected(cannot_write());
  if (unfinished_.empty()) return {};
  if (std::rename(unfinished_.c_str(), target_.c_str()) != 0) return tl::unexpected(cannot_write());
  unfinished_.clear();
  return {};
}

void remove_unfinished_files() noexcept {
  for (const auto& name : unfinished_names) {
    if (const char* path = name.load()) ::unlink(path);
  }
}

}  // namespace muster::commands
