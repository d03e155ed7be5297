// SPDX-License-Identifier: Apache-2.0
// Where the plug-in with the JIT lies.
#pragma once

#include <string>

namespace muster::cli {

// Beside the program, or in ../lib/muster from there, as it is installed. Empty: in neither place.
std::string jit_file();

}  // namespace muster::cli
