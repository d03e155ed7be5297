// SPDX-License-Identifier: Apache-2.0
// A datum as few bytes, for evidence that has to wait. A subject takes about as many as its record in a file.
#pragma once

#include <string>

#include "runtime/evidence/datum.h"

namespace muster::evidence {

std::string pack(const Datum& datum);

// What was packed, to the last of it.
Datum unpack(const std::string& packed);

}  // namespace muster::evidence
