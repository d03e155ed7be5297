// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/confinement.h"

#include <algorithm>

namespace muster::commands {

namespace fs = std::filesystem;

bool lies_below(const fs::path& file, const std::vector<fs::path>& folders) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(file, error);
  if (error) return false;
  return std::any_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
    const fs::path real_folder = fs::weakly_canonical(folder, error);
    if (error) return false;
    const auto parted = std::mismatch(real_folder.begin(), real_folder.end(), resolved.begin(), resolved.end());
    return parted.first == real_folder.end();
  });
}

}  // namespace muster::commands
