// SPDX-License-Identifier: Apache-2.0
// What data may say where a value of a type is read, for whoever tells of one that doesn't fit.
#pragma once

#include <string>

#include "compiler/types/types.h"

namespace muster::ingest {

// "it takes `2026-11-23`, other forms with `as`"; empty where that is plain from the type's name.
std::string accepted_form(const types::Table& types, types::TypeId type);

}  // namespace muster::ingest
