// SPDX-License-Identifier: Apache-2.0
// Files as the command line names them: relative to the working directory of the run, shown as they were given.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "cli/commands/input_stream.h"
#include "cli/commands/run.h"
#include "cli/commands/usage_error.h"

namespace muster::commands {

// Where a path of the command line lies: absolute, without `.` and `..`; links are not followed.
std::filesystem::path absolute(const Io& io, const std::string& path);

// An absolute path as people want to see it: below the working directory relative to it, else as it is.
std::string shown(const Io& io, const std::filesystem::path& path);

// The whole text, or its first `limit` bytes.
tl::expected<std::string, UsageError> read_file(const Io& io, const std::string& path, std::uint64_t limit);
tl::expected<std::string, UsageError> read_stream(std::istream& stream, const std::string& shown_name,
                                                  std::uint64_t limit);

// A file to be read as a stream; `wanted_by` says in an error what it was for: "`--data` names", or nothing. Waits for
// pipes until `interrupted` gives a signal; without it until the process ends.
tl::expected<std::unique_ptr<InputStream>, UsageError> open_file(const std::filesystem::path& path,
                                                                 const std::string& shown_name,
                                                                 const std::string& wanted_by,
                                                                 InputBuffer::Interrupted interrupted = {});

// What a path that names nothing may have meant: a name near it in the same folder.
UsageError not_there(const std::filesystem::path& path, const std::string& shown_name, std::string_view what,
                     const std::string& wanted_by);

}  // namespace muster::commands
