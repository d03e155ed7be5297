// SPDX-License-Identifier: Apache-2.0
// A file that is written whole or not at all: what is written goes to a new file beside it, which takes its name
// at the end. Permissions stay; a link stays a link. What is no regular file (a pipe, /dev/null) or a descriptor that
// is open already (/dev/fd/3) is written to directly. Without `commit` the new file is taken away again.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "cli/commands/usage_error.h"

namespace muster::commands {

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

  std::filesystem::path target_;
  std::filesystem::path unfinished_;  // empty: written to directly
  std::string shown_;
  std::ofstream stream_;
  int slot_ = -1;
};

// The file that would be written: where a link leads.
std::filesystem::path target_of(const std::filesystem::path& path);

// Takes away the new files that were not committed; safe to call in a signal handler that ends the process.
void remove_unfinished_files() noexcept;

}  // namespace muster::commands
