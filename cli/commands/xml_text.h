// SPDX-License-Identifier: Apache-2.0
// Text inside XML, for JUnit's documents.
#pragma once

#include <string>
#include <string_view>

namespace muster::commands {

// For attributes and content. What XML 1.0 can't say is U+FFFD.
std::string xml(std::string_view text);

}  // namespace muster::commands
