// SPDX-License-Identifier: Apache-2.0
// Problems of many subjects, counted by place and reason.
#pragma once

#include "runtime/ingest/parsed_batch.h"

namespace muster::ingest {

// A problem of a subject, which the batch has in this row. `subject` is the subject's record.
void tally_problem(const types::Record& subject, std::uint32_t row, const evidence::Problem& problem,
                   ParsedBatch& parsed);

}  // namespace muster::ingest
