// SPDX-License-Identifier: Apache-2.0
// Modules that import each other. compile.cpp asks for them once a module and all that it imports are read, and reports
// each circle once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"

namespace muster::compiler {

// A module's import of another, or of itself.
struct FollowedImport {
  std::uint32_t to = 0;
  base::Span place;
};

struct ImportingModule {
  std::string name;
  std::vector<FollowedImport> imports;  // as they are written
};

struct ImportCircle {
  std::vector<std::uint32_t> modules;  // each imports the next and the last one the first, whose name is the least
  base::Span closed_at;                // the import in the last one
};

// One for each set of modules of which every one leads to every other, a shortest one, and one for each module that
// imports itself. They depend on what imports what alone, so they are the same whichever module was read first.
// `finished` has the modules in the order in which a walk along their imports left them for good.
std::vector<ImportCircle> import_circles(const std::vector<ImportingModule>& modules,
                                         const std::vector<std::uint32_t>& finished);

}  // namespace muster::compiler
