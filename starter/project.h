// SPDX-License-Identifier: Apache-2.0
// The files that `muster init` writes. CMake writes the texts (cmake/embed.cmake) from those in starter/project.
#pragma once

#include <string_view>
#include <vector>

namespace muster::starter {

struct ProjectFile {
  std::string_view path;  // below the project's folder
  std::string_view text;
};

const std::vector<ProjectFile>& project_files();  // by path

}  // namespace muster::starter
