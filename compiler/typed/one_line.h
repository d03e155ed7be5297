// SPDX-License-Identifier: Apache-2.0
// Source text as messages and documents show it.
#pragma once

#include <string>
#include <string_view>

namespace muster::typed {

// Without comments, each run of blanks and line ends as one blank. What is quoted stays as it is.
std::string on_one_line(std::string_view source);

}  // namespace muster::typed
