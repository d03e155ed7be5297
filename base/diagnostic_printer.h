// SPDX-License-Identifier: Apache-2.0
// Diagnostics for people: `path:line:column: error[MU0203]: message`, the source line with the narrowest span
// underlined, further labels, and `help:`.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "base/source_file.h"

namespace muster::base {

enum class Colour { off, on };

std::string print_diagnostic(const Diagnostic& diagnostic, const SourceMap& sources, Colour colour);
// The last line about a file of which more was found than is shown.
std::string print_left_out(std::size_t count, const SourceFile& file);

}  // namespace muster::base
