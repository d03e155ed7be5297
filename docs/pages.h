// SPDX-License-Identifier: Apache-2.0
// The pages of docs/ that the program carries with it. CMake writes the texts (cmake/embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace muster::docs {

struct Page {
  std::string_view name;  // the file's, without extension: `MU0201`
  std::string_view text;  // markdown
};

const std::vector<Page>& code_pages();  // one for each diagnostic, by name

}  // namespace muster::docs
