// SPDX-License-Identifier: Apache-2.0
// The one layout of a module. Keeps every comment and every token; the same tree always gives the same bytes,
// and formatting those changes nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/syntax/tree.h"

namespace muster::format {

// Nothing if the tree has syntax errors, or if the result would not parse to the same tree with the same
// comments (a fault of the formatter: nothing is written).
std::optional<std::string> format(const syntax::Tree& tree);

}  // namespace muster::format
