// SPDX-License-Identifier: Apache-2.0
// What literals look like, for the help behind a message.
#pragma once

#include <string>

#include "compiler/types/scalar.h"
#include "compiler/types/types.h"

namespace muster::check {

// A literal of the type: "80%".
std::string example_of(const types::Table& table, types::TypeId type);
// What was meant by a literal of another type, `written` so, where that can be told.
std::string spelled_as(const types::Table& table, types::TypeId type, const types::Scalar& value,
                       const std::string& written);

}  // namespace muster::check
