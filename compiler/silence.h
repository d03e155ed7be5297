// SPDX-License-Identifier: Apache-2.0
// Lints that an author has silenced where they stand: `// muster: allow(MU1002) reason` at the end of the line.
#pragma once

#include "base/diagnostic.h"
#include "base/source_file.h"

namespace muster::compiler {

// Takes out the warnings that an `allow` on their line names. An `allow` without a reason, or of a code that is
// no lint, is reported and silences nothing.
base::Diagnostics without_silenced(const base::Diagnostics& diagnostics, const base::SourceMap& sources);

}  // namespace muster::compiler
