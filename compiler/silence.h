// SPDX-License-Identifier: Apache-2.0
// Lints that an author has silenced where they stand: `// muster: allow(MU1002) reason` at the end of the line.
#pragma once

#include <functional>
#include <optional>

#include "base/diagnostic.h"
#include "base/source_file.h"

namespace muster::compiler {

// What was looked for, so that an `allow` of something else isn't taken for one that nothing needs.
struct Sought {
  std::optional<base::FileId> file;             // the one that was looked through
  std::function<bool(base::Code)> is_sought{};  // whether it would have been found there
};

// Takes out the warnings that an `allow` on their line names. Reported are comments that silence nothing: without a
// reason, of a code that is no lint, misspelt, or, in the file that was looked through, of what isn't found on its
// line.
base::Diagnostics without_silenced(const base::Diagnostics& diagnostics, const base::SourceMap& sources,
                                   const Sought& sought = {});

}  // namespace muster::compiler
