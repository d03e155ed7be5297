// SPDX-License-Identifier: Apache-2.0
// What is not the same on both sides. A difference can be undone alone: then that one thing is as it was before,
// and all else as it is after.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/span.h"
#include "runtime/compare/sides.h"
#include "runtime/evidence/datum.h"

namespace muster::compare {

enum class Of : std::uint8_t { policy, param, field, section, criterion, score, gate };
enum class What : std::uint8_t {
  added,
  dropped,
  level,
  section,  // it stands in
  tags,
  weight,
  effective,   // its date
  conditions,  // what it asks: whens and requires, or a gate's requires
  waivers,     // that are in force for a criterion
  settings,    // of a score
  value,       // of a param
  fresh,       // how long evidence stays fresh
  data,        // a datum of the evidence
  as_of,       // the same, judged as of another date
  main_gate,   // the gate that decides
};
// From the earlier date to the later one, or the other way round.
enum class Turn : std::uint8_t {
  other,      // it reads the date
  effective,  // its effective date came; turned_by: the date
  upcoming,   // ... went
  waived,     // a waiver came in force; turned_by: its last day
  unwaived,   // ... ended
  stale,      // evidence went stale; turned_by: the field
  fresh,      // ... was stale
  undated,    // evidence counts as of a later day; turned_by: the field
  dated,      // ... did
};
const char* name(Of of);
const char* name(What what);
const char* name(Turn turn);

struct Difference {
  Of of = Of::criterion;
  What what = What::added;
  std::string name;           // data: the path, `drills[2].passed`
  std::string before, after;  // as people write it; empty where there is nothing to show
  // conditions, waivers, and settings of a score that is an expression: what only one side says. Where both say the
  // same, the lets, defines and types that they name and that differ.
  PairOf<std::vector<typed::ExprId>> asked;
  std::vector<std::string> by_way_of;
  // Where it is written, and why: nothing for data and dates. Of a datum where it stands.
  std::optional<base::Span> place;
  evidence::Origin origin;
  Which place_is_of = Which::after;
  std::string because;
  // as_of of a criterion, for one subject: what the date did to it, and the field or date by which it did.
  Turn turn = Turn::other;
  std::string turned_by;
};

}  // namespace muster::compare
