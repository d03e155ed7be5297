// SPDX-License-Identifier: Apache-2.0
// Differences in words for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/report/comparison.h"

namespace muster::report {

// Of one subject, or of all that a difference turns: then without the subject's values and indexes of elements.
enum class Told : std::uint8_t { of_one, of_all };

// `criterion`, `tried_out`, `is must, was should`
struct DifferenceWords {
  std::string thing;  // empty for a datum
  std::string name;
  std::string rest;
};
DifferenceWords words_of(const compare::Difference& difference, Told told);

// Differences that are undone together, each once, as one phrase. Two causes are the same where this is.
std::string general_text(const compare::ToldCause& cause);

// Its `before` and `after` are no part of the words, and stand below them.
inline bool is_told_below(const compare::Difference& difference) {
  return difference.what == compare::What::settings || difference.what == compare::What::waivers;
}

// What only one side asks: `coverage >= 90%`, each condition as it is written.
std::vector<std::string> asked_text(const ComparisonContext& context, const compare::Difference& difference,
                                    compare::Which which);

// `go_live.muster:31`; empty where there is none.
std::string place_text(const ComparisonContext& context, const compare::Difference& difference);

// `40 met, 12 unmet`; those that are 0 are left out.
std::string count_text(const std::vector<std::uint64_t>& counts);

}  // namespace muster::report
