// SPDX-License-Identifier: Apache-2.0
// Low and high of scores against every combination of outcomes.
#include "runtime/scores/scores.h"

#include <algorithm>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "runtime/scores/exact.h"

namespace muster::scores {
namespace {

using typed::Score;
using typed::Status;
using typed::Treatment;
using verdicts::PossibleSet;
using verdicts::ScoreResult;

constexpr Status kOutcomes[] = {Status::met, Status::unmet, Status::na, Status::waived};

// The best and worst, and whether it may be none, as they are found one by one.
struct Seen {
  ScoreResult result;
  void value(double points) {
    result.low = result.has_value ? std::min(result.low, points) : points;
    result.high = result.has_value ? std::max(result.high, points) : points;
    result.has_value = true;
  }
  void none() { result.may_be_none = true; }
};

void expect_same(const ScoreResult& found, const ScoreResult& expected) {
  EXPECT_EQ(found.has_value, expected.has_value);
  EXPECT_EQ(found.may_be_none, expected.may_be_none);
  if (!found.has_value || !expected.has_value) return;
  EXPECT_EQ(found.low, expected.low);
  EXPECT_EQ(found.high, expected.high);
}

double rounded_and_capped(const Score& score, const Rational& mean, bool all_met) {
  const Rational rounded = mean.rounded(score.rounding, score.round_step);
  const bool capped = score.cap && !(score.cap_unless_all_met && all_met) && Rational::of(*score.cap) < rounded;
  return capped ? *score.cap : rounded.nearest();
}

// The score of one outcome of each criterion.
void judge_one(const Score& score, const std::vector<CountedCriterion>& criteria, const std::vector<Status>& outcomes,
               Seen& seen) {
  Rational weights;
  Rational met;
  bool all_met = true;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    if (criteria[i].upcoming) continue;
    Treatment as = Treatment::met;
    if (outcomes[i] == Status::unmet) as = Treatment::unmet;
    if (outcomes[i] == Status::na) as = score.na;
    if (outcomes[i] == Status::waived) as = score.waived;
    if (as == Treatment::excluded) continue;
    const Rational weight = Rational::of(score.weights[i]);
    weights = weights + weight;
    if (as == Treatment::met) met = met + weight;
    if (as == Treatment::unmet && score.weights[i].units > 0) all_met = false;
  }
  if (!weights.numerator().is_zero()) {
    seen.value(rounded_and_capped(score, met * Rational(Natural(100)) / weights, all_met));
  } else if (score.empty) {
    seen.value(rounded_and_capped(score, Rational::of(*score.empty), true));
  } else {
    seen.none();
  }
}

template <typename Choice>
Choice one_of(std::mt19937& random, std::initializer_list<Choice> choices) {
  return *(choices.begin() + random() % choices.size());
}

void set_randomly(std::mt19937& random, Score& score) {
  score.na = one_of(random, {Treatment::excluded, Treatment::excluded, Treatment::met, Treatment::unmet});
  score.waived = one_of(random, {Treatment::met, Treatment::excluded, Treatment::unmet});
  score.empty = one_of<std::optional<double>>(random, {100.0, 0.0, 33.5, std::nullopt});
  score.rounding = one_of(random, {typed::Rounding::none, typed::Rounding::half_up, typed::Rounding::down});
  score.round_step = one_of<typed::Decimal>(random, {{1, 0}, {1, 1}, {5, 0}, {25, 2}});
  score.cap = one_of<std::optional<double>>(random, {std::nullopt, 99.0, 60.0});
  score.cap_unless_all_met = random() % 2 == 0;
}

TEST(Scores, low_and_high_are_the_worst_and_the_best_of_all_outcomes) {
  std::mt19937 random(7);
  int with_none = 0;
  int open = 0;
  for (int round = 0; round < 1500; ++round) {
    Score score;
    set_randomly(random, score);
    std::vector<CountedCriterion> criteria(random() % 5);
    for (CountedCriterion& criterion : criteria) {
      while (criterion.possible.bits() == 0) {
        for (const Status status : kOutcomes) {
          if (random() % 2 == 0) criterion.possible.add(status);
        }
      }
      criterion.shown = criterion.possible.shown();
      criterion.upcoming = random() % 12 == 0;
      score.weights.push_back(one_of<typed::Decimal>(random, {{1, 0}, {3, 0}, {25, 1}, {0, 0}, {1, 3}}));
    }
    Seen seen;
    std::vector<Status> outcomes;
    const std::function<void()> go_on = [&] {
      if (outcomes.size() == criteria.size()) {
        judge_one(score, criteria, outcomes, seen);
        return;
      }
      for (const Status status : kOutcomes) {
        if (!criteria[outcomes.size()].possible.has(status)) continue;
        outcomes.push_back(status);
        go_on();
        outcomes.pop_back();
      }
    };
    go_on();
    SCOPED_TRACE(round);
    expect_same(score_of_criteria(score, criteria), seen.result);
    with_none += seen.result.may_be_none ? 1 : 0;
    open += seen.result.low < seen.result.high ? 1 : 0;
  }
  EXPECT_GT(with_none, 100);
  EXPECT_GT(open, 300);
}

// Each part at its low, at its high, or none.
TEST(Scores, parts_are_a_weighted_mean_of_those_that_are_not_none) {
  std::mt19937 random(8);
  for (int round = 0; round < 1500; ++round) {
    Score score;
    set_randomly(random, score);
    score.cap_unless_all_met = false;
    std::vector<ScoreResult> parts(1 + random() % 4);
    for (ScoreResult& part : parts) {
      part.has_value = random() % 6 != 0;
      part.may_be_none = !part.has_value || random() % 3 == 0;
      part.low = static_cast<double>(random() % 1001) / 10;
      part.high = std::min(100.0, part.low + (random() % 2 == 0 ? 0 : static_cast<double>(random() % 500) / 7));
      score.parts.push_back({0, one_of<typed::Decimal>(random, {{1, 0}, {3, 0}, {25, 1}})});
    }
    Seen seen;
    std::vector<std::optional<double>> values;
    const std::function<void()> go_on = [&] {
      if (values.size() == parts.size()) {
        Rational weights;
        Rational sum;
        for (std::size_t i = 0; i < values.size(); ++i) {
          if (!values[i]) continue;
          weights = weights + Rational::of(score.parts[i].weight);
          sum = sum + Rational::of(score.parts[i].weight) * Rational::of(*values[i]);
        }
        if (!weights.numerator().is_zero()) {
          seen.value(rounded_and_capped(score, sum / weights, false));
        } else if (score.empty) {
          seen.value(rounded_and_capped(score, Rational::of(*score.empty), false));
        } else {
          seen.none();
        }
        return;
      }
      const ScoreResult& part = parts[values.size()];
      std::vector<std::optional<double>> choices;
      if (part.may_be_none) choices.push_back(std::nullopt);
      if (part.has_value) choices.insert(choices.end(), {part.low, part.high});
      for (const auto& choice : choices) {
        values.push_back(choice);
        go_on();
        values.pop_back();
      }
    };
    go_on();
    SCOPED_TRACE(round);
    expect_same(score_of_parts(score, parts), seen.result);
  }
}

TEST(Scores, what_is_shown_takes_unknown_as_the_policy_says) {
  Score score;
  score.weights = {{1, 0}, {1, 0}};
  const CountedCriterion met{PossibleSet().add(Status::met), Status::met};
  const CountedCriterion open{PossibleSet().add(Status::met).add(Status::unmet), Status::unknown};
  EXPECT_FALSE(score_of_criteria(score, {met, open}).shown);
  score.unknown = Treatment::unmet;
  EXPECT_EQ(score_of_criteria(score, {met, open}).shown, 50);
  score.unknown = Treatment::excluded;
  EXPECT_EQ(score_of_criteria(score, {met, open}).shown, 100);
  EXPECT_EQ(score_of_criteria(score, {met, open}).low, 50);
  score.empty = std::nullopt;
  EXPECT_FALSE(score_of_criteria(score, {open, open}).shown);
}

}  // namespace
}  // namespace muster::scores
