// SPDX-License-Identifier: Apache-2.0
// The functions of the language, as completion and signature help show them.
#pragma once

#include <string_view>
#include <vector>

namespace muster::lsp {

struct Function {
  std::string_view name, signature, meaning;
};
const std::vector<Function>& functions();

}  // namespace muster::lsp
