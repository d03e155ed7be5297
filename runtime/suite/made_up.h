// SPDX-License-Identifier: Apache-2.0
// Evidence that a test makes up, as data.
#pragma once

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"

namespace muster::suite {

// What a literal leaves out is unknown (`missing`).
evidence::Datum datum_of(const typed::Literal& literal);

}  // namespace muster::suite
