// SPDX-License-Identifier: Apache-2.0
// Looks through a program without errors for what is legal and most likely a mistake. One lint, one file; those that
// need to see names and types while these are found stand in compiler/check instead. Reads no clock: where a lint asks
// for the day, it is given.
#pragma once

#include <optional>
#include <set>

#include "base/calendar.h"
#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::lint {

struct Options {
  // The day on which somebody looks: what asks about the past is found only with it.
  std::optional<base::Date> today;
  // Lints that are found only where they are asked for: they are for those who keep to a style.
  std::set<base::Code> also;
};

base::Diagnostics lint(const typed::Program& program, const base::SourceMap& sources, const Options& options);

// Whether this lint, or one of compiler/check, is found in the module that was asked for wherever it stands there: it
// was looked for, and neither the day nor the modules that import this one decide about it.
bool is_sought(base::Code code, const Options& options);

}  // namespace muster::lint
