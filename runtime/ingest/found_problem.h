// SPDX-License-Identifier: Apache-2.0
// A problem while its record is being read: its place is numbers, so that problems can be put in the order of the
// subject's fields, and rows that were read before can be put in their place.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/types/types.h"
#include "runtime/evidence/datum.h"

namespace muster::ingest {

// A field of a record or an element of a list.
struct Step {
  std::uint32_t index = 0;
  enum class Kind : std::uint8_t { field, element } kind = Kind::field;
  friend auto operator<=>(const Step&, const Step&) = default;
};

using Place = std::vector<Step>;

struct FoundProblem {
  Place place;
  evidence::Reason reason = evidence::Reason::invalid;
  std::optional<std::string> raw;
  evidence::Origin origin;
  bool several_rows = false;
};

// With its place spelled out.
evidence::Problem told(FoundProblem problem, std::string place);

// `drills[2].date`, from a subject's record. `name` of shared evidence stands before it, and then `type` is its.
std::string place_name(const types::Table& types, types::RecordId subject, const Place& place);
std::string shared_place_name(const types::Table& types, const std::string& name, types::TypeId type,
                              const Place& place);

// In the order of the places; several of one place stay as they came.
void sort_by_place(std::vector<FoundProblem>& problems);

// What stood there, for a message: valid UTF-8, its first 1024 bytes.
std::string shown_raw(std::string_view raw);

}  // namespace muster::ingest
