// SPDX-License-Identifier: Apache-2.0
// What this build is: written into it when it was configured.
#pragma once

#include <string>

namespace muster::commands {

std::string version();       // 0.1.0
std::string commit();        // of the checkout it was configured in; empty where that was none
std::string compiler();      // `GCC 12.2.0`
std::string version_text();  // `0.1.0 (1a2b3c4d5e6f)`

}  // namespace muster::commands
