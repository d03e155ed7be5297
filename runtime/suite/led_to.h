// SPDX-License-Identifier: Apache-2.0
// The values that led to what a test found: which conditions decided, what they read, and where that is written.
// Made from the trace of the reference engine, so nothing private shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/reference/reference.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::suite {

// What a part of a condition was.
struct SeenValue {
  base::Span expression;                // as it is written in the policy
  std::vector<std::uint32_t> elements;  // of the lists around it, outermost first, from 0
  std::string value;                    // `?` unknown, `none` absent, else as messages print it
  std::vector<verdicts::Cause> causes;  // of an unknown
  std::optional<base::Span> origin;     // where the value is written; nothing where nobody wrote one
};

struct SeenCondition {
  typed::ConditionKind kind = typed::ConditionKind::require;
  std::string name;  // of the criterion or gate that it stands in
  base::Span condition;
  verdicts::Truth truth = verdicts::Truth::unknown;
  std::vector<SeenValue> values;  // in the order of the source; of lists, only the first elements
  std::size_t left_out = 0;       // values beyond those
};

// The conditions that decided what the expectation is about: of a criterion that is unmet those that are false, of one
// that is unknown those that nobody knows, of one that is met all; of gates and levels those of the criteria too that
// keep it from passing; of a score nothing.
std::vector<SeenCondition> led_to(const typed::Program& program, const typed::Policy& policy, const typed::TestRun& run,
                                  const typed::Expectation& expected, const verdicts::SubjectResult& found,
                                  const reference::Trace& trace);

}  // namespace muster::suite
