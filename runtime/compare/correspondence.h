// SPDX-License-Identifier: Apache-2.0
// Which param, and which shared evidence, of one program is which of the other: by module and name, else by a name
// that only one is left of on each side. Two versions of a file may lie in different folders.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/compare/sides.h"

namespace muster::compare {

struct Correspondence {
  // For each of one side's the other side's.
  using Indexes = std::vector<std::optional<std::uint32_t>>;
  PairOf<Indexes> params;  // of the same type
  PairOf<Indexes> shared;
};

Correspondence correspondence_of(const Sides& sides);

// What is said of values of a type, the same text exactly for types whose values mean the same on both sides: an
// enum's names are told one by one, of a record only that it is one.
std::string meaning(const types::Table& table, types::TypeId type);

}  // namespace muster::compare
