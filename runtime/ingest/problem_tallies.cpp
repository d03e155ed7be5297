// SPDX-License-Identifier: Apache-2.0
#include "runtime/ingest/problem_tallies.h"

#include <algorithm>
#include <utility>

namespace muster::ingest {

void tally_problem(const types::Record& subject, std::uint32_t row, const evidence::Problem& problem,
                   ParsedBatch& parsed) {
  if (problem.several_rows) return;
  std::string field = evidence::without_indexes(problem.field);
  const auto known = std::find_if(parsed.problems.begin(), parsed.problems.end(), [&](const ProblemTally& each) {
    return each.field == field && each.reason == problem.reason;
  });
  if (known != parsed.problems.end()) {
    ++known->count;
    return;
  }
  const std::string_view first = std::string_view(problem.field).substr(0, problem.field.find_first_of(".["));
  const types::FieldIndex of = subject.find(first).value_or(0);
  parsed.problems.push_back({std::move(field), problem.reason, 1, row, of, problem.origin, problem.raw});
}

}  // namespace muster::ingest
