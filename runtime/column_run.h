// SPDX-License-Identifier: Apache-2.0
// A run of an engine over columns: the subjects' file is read in chunks, each of which one of several workers parses
// into batches and judges; what they found is told in the order of the file. Memory depends on the chunks under way,
// never on the file.
#pragma once

#include <optional>

#include "runtime/engine.h"

namespace muster::runtime {

// Nothing where the policy takes more instructions than column code may have; then nothing of the request was used.
std::optional<tl::expected<verdicts::Tally, ingest::FileError>> judge_by_columns(Request& request,
                                                                                 const Listener& listener);

}  // namespace muster::runtime
