// SPDX-License-Identifier: Apache-2.0
// Whether a program's bindings fit the files that they are to read: what `muster check --data` tells an author before
// anything is judged.
#pragma once

#include <cstdint>
#include <functional>

#include <tl/expected.hpp>

#include "base/diagnostic.h"
#include "compiler/typed/program.h"
#include "runtime/ingest/ingest.h"

namespace muster::fitting {

struct Fit {
  std::uint64_t records = 0;  // of subjects, those that can't be read too
  // At the places of the program's bindings and fields: keys that no record has, fields that no record gives, rows that
  // join nothing, and how many records can't be read. Raw values of private fields never get here.
  base::Diagnostics diagnostics;
};

// Reads all that judging by the policy would read, to the end, or until `stop`. Every member is validated, as in a run
// that is strict. An error is a file that can't be read as what it is.
tl::expected<Fit, ingest::FileError> fit(const typed::Program& program, const typed::Policy& policy,
                                         ingest::Inputs inputs, const std::function<bool()>& stop);

}  // namespace muster::fitting
