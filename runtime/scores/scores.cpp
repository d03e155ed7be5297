// SPDX-License-Identifier: Apache-2.0
#include "runtime/scores/scores.h"

#include <algorithm>
#include <utility>

#include "compiler/typed/treatment.h"

namespace muster::scores {

using typed::Score;
using typed::Status;
using typed::Treatment;
using verdicts::ScoreResult;

namespace {

// One thing that a score is the mean of: the values that it may still count with, in points, or that it leaves.
struct Member {
  Rational weight;
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool may_leave = false;
};

Rational points(std::uint64_t value) { return Rational(Natural(value)); }

// A weighted mean as it is added up.
class Mean {
 public:
  void add(const Rational& weight, const Rational& value) {
    weights_ = weights_ + weight;
    weighted_ = weighted_ + weight * value;
  }
  bool empty() const { return weights_.numerator().is_zero(); }
  Rational value() const { return weighted_ / weights_; }

 private:
  Rational weights_;
  Rational weighted_;
};

// The worst mean of at least one member. Those that must stay count with their lowest value; one that may leave
// stays only where it draws the mean down, so they are tried from the lowest up. If nothing must stay, the lowest
// of all alone is the worst.
std::optional<Rational> lowest(const std::vector<Member>& members) {
  Mean mean;
  std::vector<const Member*> optional;
  for (const Member& member : members) {
    if (!member.low) continue;
    if (member.may_leave) {
      optional.push_back(&member);
    } else {
      mean.add(member.weight, *member.low);
    }
  }
  std::sort(optional.begin(), optional.end(), [](const Member* a, const Member* b) { return *a->low < *b->low; });
  for (const Member* member : optional) {
    if (mean.empty() || *member->low < mean.value()) mean.add(member->weight, *member->low);
  }
  if (mean.empty()) return std::nullopt;
  return mean.value();
}

// The best is the worst of the mirror image.
std::optional<Rational> highest(std::vector<Member> members) {
  for (Member& member : members) {
    if (member.high) member.low = -*member.high;
  }
  const std::optional<Rational> mirrored = lowest(members);
  return mirrored ? std::optional(-*mirrored) : std::nullopt;
}

// All that counts is met where the mean is whole.
bool is_whole(const Rational& mean) { return !(mean < points(100)); }

ScoreResult score_of(const Score& score, const std::vector<Member>& members) {
  ScoreResult result;
  // A part of which nothing is known leaves nothing known of the whole.
  if (std::any_of(members.begin(), members.end(), [](const Member& m) { return !m.low && !m.may_leave; }))
    return result;
  const auto include = [&result](double low, double high) {
    result.low = result.has_value ? std::min(result.low, low) : low;
    result.high = result.has_value ? std::max(result.high, high) : high;
    result.has_value = true;
  };
  if (const auto low = lowest(members)) {
    const Rational high = *highest(members);
    include(finished(score, *low, is_whole(*low)), finished(score, high, is_whole(high)));
  }
  if (std::all_of(members.begin(), members.end(), [](const Member& member) { return member.may_leave; })) {
    if (score.empty) {
      const double empty = finished(score, Rational::of(*score.empty), true);
      include(empty, empty);
    } else {
      result.may_be_none = true;
    }
  }
  return result;
}

// Weights as whole numbers in the ratios in which they are written.
Rational whole_weight(const typed::Decimal& weight, std::uint8_t scale) {
  return Rational(Natural(static_cast<std::uint64_t>(weight.units)) * power_of_ten(scale - weight.scale));
}

template <typename Weights, typename WeightOf>
std::uint8_t common_scale(const Weights& weights, WeightOf weight_of) {
  std::uint8_t scale = 0;
  for (const auto& weight : weights) scale = std::max(scale, weight_of(weight).scale);
  return scale;
}

void may_count(Member& member, Treatment treatment) {
  if (treatment == Treatment::excluded) {
    member.may_leave = true;
    return;
  }
  const Rational value = points(treatment == Treatment::met ? 100 : 0);
  if (!member.low || value < *member.low) member.low = value;
  if (!member.high || *member.high < value) member.high = value;
}

// A score that shows a number says so of the one outcome that it takes for what is unknown.
std::optional<double> only_value(const ScoreResult& result) {
  return result.has_value ? std::optional(result.low) : std::nullopt;
}

}  // namespace

ScoreResult score_of_criteria(const Score& score, const std::vector<CountedCriterion>& criteria) {
  const std::uint8_t scale = common_scale(score.weights, [](const typed::Decimal& weight) { return weight; });
  std::vector<Member> members;
  std::vector<Member> shown;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    if (score.weights[i].units == 0 || criteria[i].upcoming) continue;
    Member member;
    member.weight = whole_weight(score.weights[i], scale);
    Member as_shown = member;
    for (const Status status : {Status::met, Status::unmet, Status::na, Status::waived}) {
      if (criteria[i].possible.has(status)) may_count(member, typed::treatment(score, status));
    }
    may_count(as_shown, typed::treatment(score, criteria[i].shown));
    members.push_back(std::move(member));
    shown.push_back(std::move(as_shown));
  }
  ScoreResult result = score_of(score, members);
  if (score.unknown != Treatment::between) result.shown = only_value(score_of(score, shown));
  return result;
}

double finished(const Score& score, const Rational& mean, bool all_met) {
  const Rational rounded = mean.rounded(score.rounding, score.round_step);
  if (score.cap && !(score.cap_unless_all_met && all_met)) {
    const Rational cap = Rational::of(*score.cap);
    if (cap < rounded) return cap.nearest();
  }
  return rounded.nearest();
}

ScoreResult score_of_parts(const Score& score, const std::vector<ScoreResult>& parts) {
  const std::uint8_t scale = common_scale(score.parts, [](const Score::Part& part) { return part.weight; });
  std::vector<Member> members;
  std::vector<Member> shown;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ScoreResult& part = parts[i];
    if (score.parts[i].weight.units == 0) continue;
    Member member;
    member.weight = whole_weight(score.parts[i].weight, scale);
    member.may_leave = part.may_be_none;
    Member as_shown = member;
    if (part.has_value) {
      member.low = Rational::of(part.low);
      member.high = Rational::of(part.high);
      // An open part counts as it shows itself, else as this score says.
      const bool settled = part.low == part.high && !part.may_be_none;
      const double value = part.shown.value_or(part.low);
      as_shown.may_leave = !settled && !part.shown && score.unknown == Treatment::excluded;
      if (!as_shown.may_leave) as_shown.low = as_shown.high = Rational::of(value);
    }
    members.push_back(std::move(member));
    shown.push_back(std::move(as_shown));
  }
  ScoreResult result = score_of(score, members);
  if (score.unknown != Treatment::between) result.shown = only_value(score_of(score, shown));
  return result;
}

}  // namespace muster::scores
