// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the candidate nearest to what was written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster::base {

// Longer names are not compared, so that the cost stays bounded.
constexpr std::size_t kLongestComparedName = 100;

// The candidate with the least Damerau-Levenshtein distance to `written` (case counts half), if that is at
// most a third of its length, rounded up; the first of equals. Nothing if none is near, and for names of one byte, to
// which every other is. Never `written` itself.
std::optional<std::string> similar_name(std::string_view written, const std::vector<std::string>& candidates);

}  // namespace muster::base
