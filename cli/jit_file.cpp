// SPDX-License-Identifier: Apache-2.0
#include "cli/jit_file.h"

#include <filesystem>

#include "runtime/jit_plugin/plugin.h"

namespace muster::cli {

std::string jit_file() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const std::filesystem::path folder = program.parent_path();
  for (const std::filesystem::path& in : {folder, folder.parent_path() / "lib" / "muster"}) {
    const std::filesystem::path file = in / jit_plugin::kFileName;
    if (std::filesystem::exists(file, error)) return file.string();
  }
  return {};
}

}  // namespace muster::cli
