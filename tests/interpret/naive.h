// SPDX-License-Identifier: Apache-2.0
// What column code means, one row after the other, for tests of engines that run it over columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/columns/batch.h"
#include "runtime/evidence/run.h"

namespace muster::naive {

using Version = std::optional<base::VersionNumber>;
// Bits, u8, i32, i64 and indexes are whole numbers.
using Datum = std::variant<std::int64_t, double, std::string, Version>;
// Nothing: it may be anything.
using Cell = std::optional<Datum>;

struct Values {
  std::vector<std::vector<Cell>> of;  // by instruction, a cell for each row of its axis
  std::vector<std::size_t> rows;      // by axis
};

// Of all subjects of the batch. What the first row or the least of no rows is counts as anything.
Values evaluate(const ir::Code& code, const typed::Program& program, const typed::Policy& policy,
                const evidence::Run& run, const columns::Batch& shared, const columns::Batch& batch);

}  // namespace muster::naive
