// SPDX-License-Identifier: Apache-2.0
// Whether a waiver is in force for a criterion of a subject: Kleene's `or` over those that may be.
#pragma once

#include <optional>

#include "runtime/reference/evaluator.h"
#include "runtime/waivers/book.h"

namespace muster::reference {

struct Waived {
  Truth truth = Truth::no;
  Causes causes;                       // of an unknown
  std::optional<std::uint32_t> shown;  // in force: the one that ends last, of several the last declared
};

enum class ByTest : std::uint8_t { no, yes };

// `key` is the subject's; `by_test` says whether a test waives the criterion, which no name shows.
Waived find_waivers(Evaluator& evaluator, const waivers::Book& book, std::uint32_t criterion,
                    const evidence::Datum& key, ByTest by_test);

}  // namespace muster::reference
