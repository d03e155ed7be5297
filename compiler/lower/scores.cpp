// SPDX-License-Identifier: Apache-2.0
// A score of criteria is the quotient of two sums of weights. Its worst outcome gives every criterion that must count
// its least, and lets those that may leave stay where they draw the mean down; the best is the mirror image. All
// counts are 0 or 100 points, so a mean that something draws down is drawn down by all that counts 0.
#include <numeric>
#include <utility>

#include "compiler/lower/lowering.h"

namespace muster::lower {

using ir::Figure;
using ir::kNoValue;
using ir::Phys;
using ir::ScoreOut;
using typed::Treatment;
__extension__ typedef unsigned __int128 Wide;

namespace {

constexpr Wide kOneLimb = Wide{1} << 62;
constexpr int kLimbBits = 32, kMostLimbs = 4;

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// Whole numbers in the ratios in which the weights are written.
std::vector<Wide> whole_weights(const std::vector<typed::Decimal>& weights) {
  int scale = 0;
  for (const auto& weight : weights) scale = std::max<int>(scale, weight.scale);
  std::vector<Wide> whole;
  Wide divisor = 0;
  const auto common = [](Wide a, Wide b) {
    while (b != 0) a = std::exchange(b, a % b);
    return a;
  };
  for (const auto& weight : weights) {
    whole.push_back(static_cast<Wide>(weight.units) * power_of_ten(scale - weight.scale));
    divisor = common(divisor, whole.back());
  }
  for (Wide& weight : whole) weight /= divisor == 0 ? 1 : divisor;
  return whole;
}

}  // namespace

// What is added up: where each of some bitmaps is set, its weight.
struct Lowering::Sum {
  std::vector<ValueId> bits;
  std::vector<Wide> weights;
  void add(ValueId bit, Wide weight) {
    bits.push_back(bit);
    weights.push_back(weight);
  }
};

// As limbs of 32 bits, as many as `total` takes; one where it fits.
std::vector<ValueId> Lowering::weighed(const Sum& sum, int limbs) {
  std::vector<ValueId> values;
  for (int limb = 0; limb < limbs; ++limb) {
    std::vector<ValueId> bits;
    ir::Weights weights;
    for (std::size_t at = 0; at < sum.bits.size(); ++at) {
      if (sum.bits[at] == b_.zeros()) continue;
      const Wide weight = limbs == 1 ? sum.weights[at] : (sum.weights[at] >> (limb * kLimbBits)) & 0xFFFF'FFFFu;
      if (weight == 0) continue;
      bits.push_back(sum.bits[at]);
      weights.of.push_back(static_cast<std::uint64_t>(weight));
    }
    values.push_back(bits.empty() ? whole(0) : b_.rowwise(Op::weigh, bits, b_.add_weights(std::move(weights))));
  }
  return values;
}

// Points; `otherwise` parts of one where nothing is added up below.
ValueId Lowering::mean(std::uint32_t score, std::vector<ValueId> above, std::vector<ValueId> below,
                       std::int64_t otherwise) {
  ValueId nothing = b_.ones();
  for (const ValueId limb : below) nothing = b_.and_(nothing, b_.rowwise(Op::equal, {limb, whole(0)}));
  above.front() = b_.select(nothing, whole(otherwise), above.front());
  below.front() = b_.select(nothing, whole(1), below.front());
  above.insert(above.end(), below.begin(), below.end());
  return b_.rowwise(Op::mean, above, score);
}

ScoreOut Lowering::score_of_criteria(std::uint32_t index) {
  const typed::Score& score = policy_.scores[index];
  const std::vector<Wide> weights = whole_weights(score.weights);
  const Wide total = std::accumulate(weights.begin(), weights.end(), Wide{0});
  bool wide = false;
  for (const Wide weight : weights) wide = wide || weight >= kOneLimb;
  const int limbs = wide || total >= kOneLimb ? kMostLimbs : 1;

  Sum above_low, below_low, above_high, below_high, above_shown, below_shown;
  ValueId some_must = b_.zeros(), some_counts = b_.zeros(), some_shown = b_.zeros();
  for (std::size_t at = 0; at < weights.size(); ++at) {
    if (weights[at] == 0) continue;
    const ir::CriterionOut& may = (*counted_)[score.of.criteria[at]];
    const ValueId member = may.upcoming == kNoValue ? b_.ones() : b_.not_(may.upcoming);
    // Where a status is possible that counts as this.
    const auto counting = [&](Treatment as, const std::array<ValueId, 4>& statuses) {
      const Treatment treatments[] = {Treatment::met, Treatment::unmet, score.na, score.waived};
      ValueId bits = b_.zeros();
      for (std::size_t status = 0; status < 4; ++status) {
        if (treatments[status] == as) bits = b_.or_(bits, statuses[status]);
      }
      return b_.and_(bits, member);
    };
    const std::array<ValueId, 4> statuses{may.met, may.unmet, may.na, may.waived};
    const ValueId leave = counting(Treatment::excluded, statuses);
    const ValueId worst = counting(Treatment::unmet, statuses), best = counting(Treatment::met, statuses);
    const ValueId must = b_.and_not(member, leave);
    above_low.add(b_.and_not(must, worst), weights[at]);
    below_low.add(b_.or_(must, b_.and_(leave, worst)), weights[at]);
    above_high.add(best, weights[at]);
    below_high.add(b_.or_(must, b_.and_(leave, best)), weights[at]);
    some_must = b_.or_(some_must, must);
    some_counts = b_.or_(some_counts, b_.or_(worst, best));
    if (score.unknown == Treatment::between) continue;
    // What it shows, one status.
    const ValueId only_na = b_.and_not(may.na, b_.or_(b_.or_(may.met, may.unmet), may.waived));
    const ValueId only_unmet = b_.and_not(may.unmet, b_.or_(b_.or_(may.met, may.na), may.waived));
    const ValueId unknown = b_.and_not(may.unmet, only_unmet);
    const ValueId waived = b_.and_not(may.waived, may.unmet);
    const ValueId met = b_.not_(b_.or_(b_.or_(only_na, may.unmet), waived));
    ValueId whole_shown = counting(Treatment::met, {met, only_unmet, only_na, waived});
    ValueId counted = b_.or_(whole_shown, counting(Treatment::unmet, {met, only_unmet, only_na, waived}));
    if (score.unknown == Treatment::unmet) counted = b_.or_(counted, b_.and_(unknown, member));
    if (score.unknown == Treatment::met) {
      whole_shown = b_.or_(whole_shown, b_.and_(unknown, member));
      counted = b_.or_(counted, whole_shown);
    }
    above_shown.add(whole_shown, weights[at]);
    below_shown.add(counted, weights[at]);
    some_shown = b_.or_(some_shown, counted);
  }

  ScoreOut out;
  const ValueId low = mean(index, weighed(above_low, limbs), weighed(below_low, limbs), 1);
  const ValueId high = mean(index, weighed(above_high, limbs), weighed(below_high, limbs), 0);
  const ValueId may_be_empty = b_.not_(some_must);
  const ValueId empty = b_.leaf(Op::empty_points, Phys::f64, ir::kRun, index);
  if (score.empty) {
    const auto or_empty = [&](ValueId mean, ValueId empty_goes_first) {
      return b_.select(some_counts, b_.select(b_.and_(may_be_empty, empty_goes_first), empty, mean), empty);
    };
    out.low = or_empty(low, b_.rowwise(Op::less, {empty, low}));
    out.high = or_empty(high, b_.rowwise(Op::less, {high, empty}));
    out.has_value = b_.or_(some_counts, may_be_empty);
    out.may_be_none = b_.zeros();
  } else {
    out.low = low;
    out.high = high;
    out.has_value = some_counts;
    out.may_be_none = may_be_empty;
  }
  if (score.unknown == Treatment::between) return out;
  const ValueId shown = mean(index, weighed(above_shown, limbs), weighed(below_shown, limbs), 0);
  out.shown = score.empty ? b_.select(some_shown, shown, empty) : shown;
  out.has_shown = score.empty ? b_.ones() : some_shown;
  return out;
}

ScoreOut Lowering::score_of_parts(std::uint32_t index) {
  const typed::Score& score = policy_.scores[index];
  std::vector<ValueId> operands;
  for (const auto& part : score.parts) {
    const ScoreOut of = found_score(part.score);
    const bool shows = of.shown != kNoValue;
    for (const ValueId value :
         {of.low, of.high, of.has_value, of.may_be_none, shows ? of.shown : of.low, shows ? of.has_shown : b_.zeros()})
      operands.push_back(value);
  }
  const auto figure = [&](Figure which) { return index * ir::kFigures + static_cast<std::uint32_t>(which); };
  ScoreOut out;
  out.low = b_.rowwise(Op::parts_figure, operands, figure(Figure::low));
  out.high = b_.rowwise(Op::parts_figure, operands, figure(Figure::high));
  out.has_value = b_.rowwise(Op::parts_flag, operands, figure(Figure::has_value));
  out.may_be_none = b_.rowwise(Op::parts_flag, operands, figure(Figure::may_be_none));
  if (score.unknown == Treatment::between) return out;
  out.shown = b_.rowwise(Op::parts_figure, operands, figure(Figure::shown));
  out.has_shown = b_.rowwise(Op::parts_flag, operands, figure(Figure::has_shown));
  return out;
}

ScoreOut Lowering::score_of_expression(ExprId expression) {
  const Value value = points(expression);
  const Interval ends = ends_of(value);
  const auto number = [&](ValueId data) {
    return b_.phys_of(data) == Phys::i64 ? b_.rowwise(Op::to_f64, {data}) : data;
  };
  ScoreOut out;
  out.low = number(ends.low);
  out.high = number(ends.high);
  out.has_value = b_.and_not(ends.has, value.absent);
  out.may_be_none = b_.or_(value.absent, b_.and_not(b_.and_(ends.has, ends.or_absent), value.known));
  return out;
}

ScoreOut Lowering::found_score(std::uint32_t index) {
  if (scores_[index]) return *scores_[index];
  const typed::Score& score = policy_.scores[index];
  const ScoreOut out = score.expression != typed::kNoExpr ? score_of_expression(score.expression)
                       : !score.parts.empty()             ? score_of_parts(index)
                                                          : score_of_criteria(index);
  scores_[index] = out;
  return out;
}

// Points inside of a score's expression, elsewhere a percent.
Value Lowering::score(const Expr& expr) {
  const ScoreOut of = found_score(expr.index);
  Value value = spanned(expr.type, {of.low, of.high, of.has_value, of.has_value, of.may_be_none});
  value.absent = b_.and_not(of.may_be_none, of.has_value);
  return value;
}

}  // namespace muster::lower
