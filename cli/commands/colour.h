// SPDX-License-Identifier: Apache-2.0
// Whether to colour: `--color` goes first, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal.
#pragma once

#include "base/diagnostic_printer.h"
#include "cli/commands/arguments.h"
#include "cli/commands/run.h"

namespace muster::commands {

// The option, for the tables of commands that colour.
Option colour_option();

enum class Stream : unsigned char { out, err };
base::Colour colour(const Arguments& arguments, const Io& io, Stream stream);

}  // namespace muster::commands
