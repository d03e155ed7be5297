// SPDX-License-Identifier: Apache-2.0
// What a policy says, as short text: two things that say the same have the same text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::compare {

std::string text_of(const std::optional<typed::Decimal>& weight);  // `2.5`; empty where there is none
std::string text_of(const std::vector<std::string>& tags);         // sorted
std::string text_of(const std::optional<base::Date>& date);
std::string text_of(const typed::Program& program, const types::Freshness& fresh);

}  // namespace muster::compare
