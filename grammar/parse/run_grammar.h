// SPDX-License-Identifier: Apache-2.0
// Runs the grammar over the tokens of a tree and records its nodes. The one place where the rules are
// instantiated, since that takes the compiler long.
#pragma once

#include "grammar/parse/recorder.h"

namespace muster::parse {

void run_module(Recorder& recorder);
void run_expression(Recorder& recorder);

}  // namespace muster::parse
