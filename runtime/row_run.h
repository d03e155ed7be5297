// SPDX-License-Identifier: Apache-2.0
// A run of the reference engine: one record after the other.
#pragma once

#include "runtime/engine.h"

namespace muster::runtime {

tl::expected<verdicts::Tally, ingest::FileError> judge_by_rows(Request request, const Listener& listener);

// What a run of any engine tells at its end: what was wrong with the evidence.
void tell_notes(const Listener& listener, const ProblemNotes& notes, const std::vector<ingest::Notice>& notices,
                const waivers::Book& waivers);

}  // namespace muster::runtime
