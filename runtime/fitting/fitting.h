// SPDX-License-Identifier: Apache-2.0
// Whether a program's bindings fit the files that they are to read: what `muster check --data` tells an author before
// anything is judged.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <tl/expected.hpp>

#include "base/diagnostic.h"
#include "compiler/typed/program.h"
#include "runtime/ingest/ingest.h"

namespace muster::fitting {

struct Fit {
  std::uint64_t records = 0;  // of subjects, those that can't be read too
  // At the places of the program's bindings and fields: keys that no record has, fields that no record gives, rows that
  // join nothing or waive nothing, and how many records can't be read. Raw values of private fields never get here.
  base::Diagnostics diagnostics;
  // Where bindings and their lines name a source that a file of another kind takes the place of: what the compiler said
  // there of the kind that is declared (MU1031) doesn't hold.
  std::vector<base::Span> replaced;
};

// Reads all that judging by the policy would read, to the end, or until `stop`. Every member is validated, as in a run
// that is strict. What the compiler told isn't told again. An error is a file that can't be read as what it is.
tl::expected<Fit, ingest::FileError> fit(const typed::Program& program, std::uint32_t policy, ingest::Inputs inputs,
                                         const base::Diagnostics& compilers, const std::function<bool()>& stop);

}  // namespace muster::fitting
