// SPDX-License-Identifier: Apache-2.0
// A policy as one module in source form: everything that it has after deriving, and all that it reads, from however
// many modules. The module compiles without errors and lints, is laid out as the formatter does, and gives the same
// results for the same evidence, but for the name of the module in them.
//
// Comments inside expressions stay. Fixtures, tests and other policies are left out. Where two modules declare shared
// evidence of one name, the second gets another, which results show.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

#include "base/source_file.h"
#include "compiler/typed/program.h"

namespace muster::flatten {

// `policy` is program.policies[index], perhaps with params as a run has set them. Paths of sources are written for a
// module that stands in the folder of the program's root module. An error is a mistake of this room, in words.
tl::expected<std::string, std::string> flatten(const typed::Program& program, std::uint32_t index,
                                               const typed::Policy& policy, const base::SourceMap& sources);

}  // namespace muster::flatten
