// SPDX-License-Identifier: Apache-2.0
// What literals and numbers look like in messages and their help.
#pragma once

#include <cstdint>
#include <string>

#include "compiler/types/scalar.h"
#include "compiler/types/types.h"

namespace muster::check {

// A literal of the type: "80%".
std::string example_of(const types::Table& table, types::TypeId type);
// What was meant by a literal of another type, `written` so, where that can be told.
std::string spelled_as(const types::Table& table, types::TypeId type, const types::Scalar& value,
                       const std::string& written);
// "100,000"
std::string with_thousands(std::uint64_t number);

}  // namespace muster::check
