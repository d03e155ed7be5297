// SPDX-License-Identifier: Apache-2.0
// From a spelling to a value: one reader for a type, the same for all sources. "How data becomes values" of the
// language reference is this file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/types/types.h"
#include "runtime/ingest/spelling.h"

namespace muster::ingest {

// Of a scalar type; nothing where the spelling does not fit it. The spelling is not null.
std::optional<types::Scalar> read_value(const types::Table& types, types::TypeId type, const Spelling& spelling);

// A number with a unit or scale that only a converter can give it.
std::optional<types::Percent> read_ratio(const Spelling& spelling);  // 0.8 is 80%
std::optional<base::Duration> read_duration(const Spelling& spelling, std::int64_t microseconds_per_unit);

// A spelling that has text: not null, list or object, and not broken.
bool is_scalar(const Spelling& spelling);
// The text without the blanks around a cell.
std::string_view inner_text(const Spelling& spelling);

}  // namespace muster::ingest
