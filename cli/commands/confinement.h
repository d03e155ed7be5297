// SPDX-License-Identifier: Apache-2.0
// Which files modules may name: those below the project's root and the folders that `--allow-path` names.
#pragma once

#include <filesystem>
#include <vector>

namespace muster::commands {

// Whether the file lies below one of the folders when all links are followed. A file that isn't there is judged
// by the part of its path that is.
bool lies_below(const std::filesystem::path& file, const std::vector<std::filesystem::path>& folders);

}  // namespace muster::commands
