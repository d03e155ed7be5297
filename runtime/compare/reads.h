// SPDX-License-Identifier: Apache-2.0
// What expressions read of the outside: the outermost fields of the subject, shared evidence, params, the clock.
#pragma once

#include <vector>

#include "compiler/typed/program.h"

namespace muster::compare {

struct Reads {
  std::vector<bool> fields;  // of the subject
  std::vector<bool> shared;
  std::vector<bool> params;  // those that say how long the evidence stays fresh, too
  bool clock = false;
  bool evidence_ages = false;  // some of the evidence gets stale

  bool anything() const;
  bool depends_on_date() const { return clock || evidence_ages; }
};

Reads reads_of(const typed::Program& program, types::RecordId subject, const std::vector<typed::ExprId>& expressions);

// The expressions of conditions, without their messages.
std::vector<typed::ExprId> expressions_of(const std::vector<typed::Condition>& conditions);

}  // namespace muster::compare
