// SPDX-License-Identifier: Apache-2.0
// The difference of two texts as `diff -u` and `patch` write and read it, three lines of context.
#pragma once

#include <string>
#include <string_view>

namespace muster::commands {

// Empty where the texts are equal. Both sides are named `name`.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace muster::commands
