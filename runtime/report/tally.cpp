// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/tally.h"

namespace muster::report {

Tally::Tally(const typed::Policy& policy)
    : gates(policy.gates.size()), criteria(policy.criteria.size()), scores(policy.scores.size()) {
  for (const auto& declared : policy.levels) {
    const std::size_t counts = declared.gates.size() + 1;
    levels.push_back({std::vector<std::uint64_t>(counts), std::vector<std::uint64_t>(counts)});
  }
}

void Tally::add(const verdicts::Outcome& outcome) {
  const auto* result = std::get_if<verdicts::SubjectResult>(&outcome);
  if (result == nullptr) {
    ++unreadable;
    return;
  }
  ++subjects;
  if (result->stood_before) ++duplicate_keys;
  for (std::size_t i = 0; i < result->gates.size(); ++i) {
    ++gates[i][static_cast<std::size_t>(verdicts::verdict(result->gates[i]))];
  }
  for (std::size_t i = 0; i < result->criteria.size(); ++i) {
    ++criteria[i][static_cast<std::size_t>(result->criteria[i].status)];
  }
  for (std::size_t i = 0; i < result->levels.size(); ++i) {
    auto& counts = levels[i];
    ++counts.sure[result->levels[i].sure.value_or(static_cast<std::uint32_t>(counts.sure.size() - 1))];
    ++counts.possible[result->levels[i].possible.value_or(static_cast<std::uint32_t>(counts.possible.size() - 1))];
  }
  for (std::size_t i = 0; i < result->scores.size(); ++i) {
    if (!result->scores[i].has_value) continue;
    ++scores[i].subjects;
    scores[i].low.add(result->scores[i].low);
    scores[i].high.add(result->scores[i].high);
  }
}

}  // namespace muster::report
