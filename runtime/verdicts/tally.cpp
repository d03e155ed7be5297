// SPDX-License-Identifier: Apache-2.0
#include "runtime/verdicts/tally.h"

namespace muster::verdicts {

namespace {

void add_scores(const std::vector<ScoreResult>& results, std::vector<Tally::ScoreTally>& tallies) {
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (!results[i].has_value) continue;
    ++tallies[i].subjects;
    tallies[i].low.add(results[i].low);
    tallies[i].high.add(results[i].high);
  }
}

}  // namespace

Tally::Tally(const typed::Policy& policy)
    : gates(policy.gates.size()),
      criteria(policy.criteria.size()),
      scores(policy.scores.size()),
      scores_without_waivers(policy.scores.size()) {
  for (const auto& declared : policy.levels) {
    const std::size_t counts = declared.gates.size() + 1;
    levels.push_back({std::vector<std::uint64_t>(counts), std::vector<std::uint64_t>(counts)});
  }
}

void Tally::add(const Outcome& outcome) {
  const auto* result = std::get_if<SubjectResult>(&outcome);
  if (result == nullptr) {
    ++unreadable;
    return;
  }
  ++subjects;
  if (result->stood_before) ++duplicate_keys;
  for (std::size_t i = 0; i < result->gates.size(); ++i) {
    ++gates[i][static_cast<std::size_t>(verdict(result->gates[i]))];
  }
  for (std::size_t i = 0; i < result->criteria.size(); ++i) {
    ++criteria[i][static_cast<std::size_t>(result->criteria[i].status)];
  }
  for (std::size_t i = 0; i < result->levels.size(); ++i) {
    auto& counts = levels[i];
    ++counts.sure[result->levels[i].sure.value_or(static_cast<std::uint32_t>(counts.sure.size() - 1))];
    ++counts.possible[result->levels[i].possible.value_or(static_cast<std::uint32_t>(counts.possible.size() - 1))];
  }
  add_scores(result->scores, scores);
  add_scores(result->scores_without_waivers.empty() ? result->scores : result->scores_without_waivers,
             scores_without_waivers);
  for (const CriterionResult& criterion : result->criteria) {
    if (!criterion.waiver) continue;
    if (shown_waivers.size() <= *criterion.waiver) shown_waivers.resize(*criterion.waiver + 1);
    shown_waivers[*criterion.waiver] = true;
  }
}

void Tally::add(const Tally& other) {
  const auto add_counts = [](auto& into, const auto& from) {
    for (std::size_t i = 0; i < from.size(); ++i) into[i] += from[i];
  };
  const auto add_score_tallies = [](std::vector<ScoreTally>& into, const std::vector<ScoreTally>& from) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      into[i].subjects += from[i].subjects;
      into[i].low.add(from[i].low);
      into[i].high.add(from[i].high);
    }
  };
  subjects += other.subjects;
  unreadable += other.unreadable;
  duplicate_keys += other.duplicate_keys;
  for (std::size_t i = 0; i < gates.size(); ++i) add_counts(gates[i], other.gates[i]);
  for (std::size_t i = 0; i < criteria.size(); ++i) add_counts(criteria[i], other.criteria[i]);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    add_counts(levels[i].sure, other.levels[i].sure);
    add_counts(levels[i].possible, other.levels[i].possible);
  }
  add_score_tallies(scores, other.scores);
  add_score_tallies(scores_without_waivers, other.scores_without_waivers);
  if (shown_waivers.size() < other.shown_waivers.size()) shown_waivers.resize(other.shown_waivers.size());
  for (std::size_t i = 0; i < other.shown_waivers.size(); ++i)
    shown_waivers[i] = shown_waivers[i] || other.shown_waivers[i];
}

}  // namespace muster::verdicts
