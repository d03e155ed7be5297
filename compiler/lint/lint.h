// SPDX-License-Identifier: Apache-2.0
// Looks through a program without errors for what is legal and most likely a mistake. One lint, one file; those that
// need to see names and types while these are found stand in compiler/check instead. Reads no clock: where a lint asks
// for the day, it is given.
#pragma once

#include "base/diagnostic.h"
#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::lint {

base::Diagnostics lint(const typed::Program& program, const base::SourceMap& sources);

}  // namespace muster::lint
