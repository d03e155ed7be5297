// SPDX-License-Identifier: Apache-2.0
// Which of a program's bindings a run follows: those of the subject and of subjects that it extends, of the
// module that is run before those of others, of the wider subject before those of the one it extends.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/typed/program.h"
#include "compiler/typed/usage.h"
#include "runtime/ingest/record_plan.h"

namespace muster::ingest {

// Indexes into Program::bindings.
struct Choice {
  std::optional<std::uint32_t> subject;
  // Of fields in use, each behind those that its target or its key lies in.
  std::vector<std::uint32_t> joins;
  std::vector<std::optional<std::uint32_t>> shared;  // one for each of Program::shared in use that is bound
  typed::Usage usage;                                // with the fields that joins compare
};

Choice choose_bindings(const typed::Program& program, types::RecordId subject, const typed::Usage& usage);

// The subject's own binding alone.
std::optional<std::uint32_t> choose_subject_binding(const typed::Program& program, types::RecordId subject);

// What is used of a field of the subject; nothing where it isn't.
const typed::Use* use_at(const typed::Use& use, const FieldPath& path);

}  // namespace muster::ingest
