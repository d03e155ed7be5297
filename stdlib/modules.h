// SPDX-License-Identifier: Apache-2.0
// The standard library: the modules in stdlib/std, which the program carries with it and imports find as `std.NAME`.
// CMake writes the texts (cmake/embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace muster::stdlib {

struct Module {
  std::string_view name;  // without `std.`
  std::string_view text;
};

const std::vector<Module>& modules();  // by name

}  // namespace muster::stdlib
