// SPDX-License-Identifier: Apache-2.0
// Conditions that can't be what they seem to ask: found once for all lints that speak of them. Of what is settled
// within a condition the innermost is told, and nothing around it.
#pragma once

#include <optional>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::lint {

struct Settled {
  enum class Kind : std::uint8_t {
    always,        // never false
    never,         // never true
    never_known,   // neither
    implied,       // never false where those before it are true
    contradicted,  // never true where those before it are
    branch,        // of a `choose`: never taken, or nothing behind it is
  };
  Kind kind = Kind::always;
  typed::ExprId expression = typed::kNoExpr;
  bool holds = false;               // branch: it is never false
  std::optional<typed::ExprId> by;  // the one that settles it, where it is one
};

// Of each policy's own text, and of defines.
std::vector<Settled> settled_conditions(const typed::Program& program);

}  // namespace muster::lint
