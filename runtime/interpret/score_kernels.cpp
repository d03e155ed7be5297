// SPDX-License-Identifier: Apache-2.0
#include "runtime/interpret/score_kernels.h"

#include <cstring>
#include <vector>

#include "runtime/kernels/loops.h"
#include "runtime/scores/scores.h"

namespace muster::interpret {

namespace {

using kernels::Call;
using kernels::Operand;
using scores::Natural;
using verdicts::ScoreResult;

constexpr std::size_t kOperandsOfPart = 6;
constexpr std::size_t kWordsOfPart = 4;

std::uint64_t word(const Operand& operand, std::size_t row) {
  return kernels::column<std::uint64_t>(operand)[operand.uniform ? 0 : row];
}

Natural whole(const std::uint64_t* limbs, std::size_t count) {
  Natural value;
  for (std::size_t i = 0; i < count; ++i) value += Natural(limbs[i]).shifted_left(static_cast<unsigned>(i) * 32);
  return value;
}

void mean(const Call& call) {
  auto& task = *static_cast<MeanTask*>(call.extra);
  const std::size_t limbs = call.operands.size() / 2;
  std::vector<std::uint64_t> key(call.operands.size());
  kernels::fill<double>(call, [&](std::size_t row) {
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = word(call.operands[i], row);
    return task.cache.find(key.data(), [&] {
      const Natural n = whole(key.data(), limbs);
      const Natural d = whole(key.data() + limbs, limbs);
      // A row that nobody sees.
      if (d.is_zero()) return 0.0;
      return scores::finished(task.score, scores::Rational(n * Natural(100), d), !(n < d));
    });
  });
}

// What a part is known to be. Numbers count where there are any.
struct Part {
  std::uint64_t low = 0, high = 0, shown = 0;
  std::uint64_t has_value = 0, may_be_none = 0, has_shown = 0;
};

Part part_at(const Operand* operands, std::size_t row) {
  const auto set = [row](const Operand& operand) { return kernels::bit(kernels::bits(operand), row) ? 1u : 0u; };
  Part part;
  part.has_value = set(operands[2]);
  part.may_be_none = set(operands[3]);
  part.has_shown = set(operands[5]);
  if (part.has_value != 0) part.low = word(operands[0], row);
  if (part.has_value != 0) part.high = word(operands[1], row);
  if (part.has_shown != 0) part.shown = word(operands[4], row);
  return part;
}

double number(std::uint64_t word) {
  double value = 0;
  std::memcpy(&value, &word, sizeof value);
  return value;
}

ScoreResult result_of(const std::uint64_t* key) {
  ScoreResult result;
  result.low = number(key[0]);
  result.high = number(key[1]);
  result.has_value = (key[3] & 1) != 0;
  result.may_be_none = (key[3] & 2) != 0;
  if ((key[3] & 4) != 0) result.shown = number(key[2]);
  return result;
}

template <typename R, typename Of>
void of_parts(const Call& call, PartsScore& score, Of of) {
  const std::size_t parts = call.operands.size() / kOperandsOfPart;
  std::vector<std::uint64_t> key(parts * kWordsOfPart);
  kernels::fill<R>(call, [&](std::size_t row) {
    for (std::size_t i = 0; i < parts; ++i) {
      const Part part = part_at(call.operands.data() + i * kOperandsOfPart, row);
      std::uint64_t* words = key.data() + i * kWordsOfPart;
      words[0] = part.low;
      words[1] = part.high;
      words[2] = part.shown;
      words[3] = part.has_value | part.may_be_none << 1 | part.has_shown << 2;
    }
    return of(score.cache.find(key.data(), [&] {
      std::vector<ScoreResult> results;
      for (std::size_t i = 0; i < parts; ++i) results.push_back(result_of(key.data() + i * kWordsOfPart));
      return scores::score_of_parts(score.score, results);
    }));
  });
}

double figure_of(const ScoreResult& result, ir::Figure figure) {
  switch (figure) {
    case ir::Figure::low: return result.low;
    case ir::Figure::high: return result.high;
    case ir::Figure::shown: return result.shown.value_or(0);
    case ir::Figure::has_value:
    case ir::Figure::may_be_none:
    case ir::Figure::has_shown: break;
  }
  return 0;
}

bool flag_of(const ScoreResult& result, ir::Figure figure) {
  switch (figure) {
    case ir::Figure::has_value: return result.has_value;
    case ir::Figure::may_be_none: return result.may_be_none;
    case ir::Figure::has_shown: return result.shown.has_value();
    case ir::Figure::low:
    case ir::Figure::high:
    case ir::Figure::shown: break;
  }
  return false;
}

void parts_figure(const Call& call) {
  const auto& task = *static_cast<const PartsTask*>(call.extra);
  of_parts<double>(call, *task.of, [&](const ScoreResult& result) { return figure_of(result, task.figure); });
}

void parts_flag(const Call& call) {
  const auto& task = *static_cast<const PartsTask*>(call.extra);
  of_parts<kernels::Bit>(call, *task.of, [&](const ScoreResult& result) { return flag_of(result, task.figure); });
}

}  // namespace

kernels::Kernel score_kernel(ir::Op op) {
  if (op == ir::Op::mean) return mean;
  if (op == ir::Op::parts_figure) return parts_figure;
  if (op == ir::Op::parts_flag) return parts_flag;
  return nullptr;
}

}  // namespace muster::interpret
