// SPDX-License-Identifier: Apache-2.0
// MUSTER_VERSION and MUSTER_COMMIT come from cmake/build_info.cmake.
#include "cli/commands/build_info.h"

namespace muster::commands {

std::string version() { return MUSTER_VERSION; }

std::string commit() { return MUSTER_COMMIT; }

std::string compiler() {
#if defined(__clang__)
  return "Clang " __clang_version__;
#elif defined(__GNUC__)
  return "GCC " __VERSION__;
#else
  return "another compiler";
#endif
}

std::string version_text() { return commit().empty() ? version() : version() + " (" + commit() + ")"; }

}  // namespace muster::commands
