// SPDX-License-Identifier: Apache-2.0
// Evidence that changes between two readings, and what each policy reads of it.
#pragma once

#include <random>
#include <string>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "tests/agreement/evidence.h"

namespace muster::agreement {

// Some of it is as in `other`: one field in `rate`, whole or in pieces.
Evidence changed(Evidence evidence, const Evidence& other, unsigned rate, std::mt19937& random);

// The datum at a path, `parts[2].n`, in evidence that is there.
evidence::Datum& at_path(const typed::Program& program, types::RecordId subject, Evidence& evidence,
                         const std::string& path);

// The same evidence as another program lays out its fields; what the other one alone has is unknown.
evidence::Datum laid_out(const types::Table& from, types::TypeId from_type, const types::Table& to,
                         types::TypeId to_type, const evidence::Datum& datum);
Evidence laid_out(const typed::Program& from, const typed::Program& to, const Evidence& evidence);

// As a run of the policy reads it: without what it doesn't use.
Evidence read_by(const typed::Program& program, const typed::Policy& policy, Evidence evidence);

// `now` as it was read for one policy, with what only the other one reads from `then`. Of one program.
void join_unread(const typed::Program& program, const typed::Policy& policy_now, const typed::Policy& policy_then,
                 const typed::Program& program_then, Evidence& now, const Evidence& then);

}  // namespace muster::agreement
