// SPDX-License-Identifier: Apache-2.0
// A file that is written whole or not at all: what is written goes to a new file beside it, which takes its name
// at the end. Permissions stay; a link stays a link. A file that is read-only is refused, whatever its folder lets
// happen and whoever runs the program, as an editor refuses it. What is no regular file (a pipe, /dev/null) or a
// descriptor that is open already (/dev/fd/3) is written to directly. Without `commit` the new file is taken away
// again.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>

#include <tl/expected.hpp>

#include "cli/commands/usage_error.h"

namespace muster::commands {

// Remembers why the first write failed: what is done until somebody asks can fail in other ways.
class RememberingBuffer final : public std::filebuf {
 public:
  int reason() const { return reason_; }  // of errno; 0: none failed

 protected:
  int_type overflow(int_type character) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;

 private:
  int reason_ = 0;
};

class WholeFile {
 public:
  // `shown` names the file in errors.
  static tl::expected<std::unique_ptr<WholeFile>, UsageError> create(const std::filesystem::path& path,
                                                                     const std::string& shown);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  std::ostream& stream() { return stream_; }
  // Once. On an error the file that was there is as it was.
  tl::expected<void, UsageError> commit();

 private:
  WholeFile() = default;
  UsageError cannot_write() const;

  std::filesystem::path target_;
  std::filesystem::path unfinished_;  // empty: written to directly
  std::string shown_;
  RememberingBuffer buffer_;
  std::ostream stream_{&buffer_};
  int slot_ = -1;
};

// The file that would be written: where a link leads.
std::filesystem::path target_of(const std::filesystem::path& path);

// Takes away the new files that were not committed; safe to call in a signal handler that ends the process.
void remove_unfinished_files() noexcept;

}  // namespace muster::commands
