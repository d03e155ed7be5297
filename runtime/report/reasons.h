// SPDX-License-Identifier: Apache-2.0
// Why a criterion is as it is, and points of a score, in few words for people. Nothing in them moves a terminal's
// cursor.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/verdicts/verdicts.h"

namespace muster::report {

enum class Reasons : std::uint8_t { first, all };

// What is false, missing or waived; of a criterion that is met nothing. `file_names` are those that origins index.
std::string reason_text(const verdicts::CriterionResult& result, const std::vector<std::string>& file_names,
                        Reasons reasons);

// To a tenth of a point, but never 0 or 100 for what only comes close.
std::string points_text(double value);

// `60.5–70%`
std::string points_text(double low, double high);

}  // namespace muster::report
