// SPDX-License-Identifier: Apache-2.0
#include "runtime/findings/findings.h"

#include <algorithm>
#include <utility>

#include "runtime/columns/scalars.h"

namespace muster::findings {

using ir::kNoValue;
using typed::Status;
using verdicts::CriterionResult;
using verdicts::PossibleSet;
using verdicts::ScoreResult;
using verdicts::SubjectResult;
using verdicts::Truth;

namespace {

// In the order of CriterionOut.
constexpr Status kStatuses[] = {Status::met, Status::unmet, Status::na, Status::waived};

}  // namespace

SubjectResult Findings::of(std::uint32_t row, const types::Scalar* key) const {
  const ir::Outputs& outputs = code_.outputs;
  SubjectResult result;
  for (const ir::TruthOut& gate : outputs.gates)
    result.gates.push_back(is_set(gate.yes, row) ? Truth::yes : is_set(gate.no, row) ? Truth::no : Truth::unknown);
  for (const ir::ScoreOut& each : outputs.scores) result.scores.push_back(score(each, row));
  if (outputs.waivers_change != kNoValue && is_set(outputs.waivers_change, row)) {
    for (const ir::ScoreOut& each : outputs.scores_without_waivers)
      result.scores_without_waivers.push_back(score(each, row));
  }
  for (const auto& levels : policy_.levels) result.levels.push_back(level(levels, result.gates));
  result.criteria.reserve(outputs.criteria.size());
  for (std::uint32_t index = 0; index < outputs.criteria.size(); ++index)
    result.criteria.push_back(criterion(index, row, key));
  for (const ir::ShownOut& each : outputs.shows) result.shows.push_back(shown(each, row));
  return result;
}

PossibleSet Findings::possible(const std::array<ir::ValueId, 4>& statuses, std::uint32_t row) const {
  PossibleSet set;
  for (std::size_t at = 0; at < statuses.size(); ++at) {
    if (is_set(statuses[at], row)) set.add(kStatuses[at]);
  }
  return set;
}

CriterionResult Findings::criterion(std::uint32_t index, std::uint32_t row, const types::Scalar* key) const {
  const ir::CriterionOut& out = code_.outputs.criteria[index];
  CriterionResult result;
  result.possible = possible({out.met, out.unmet, out.na, out.waived}, row);
  result.status = result.possible.shown();
  if (out.upcoming != kNoValue && is_set(out.upcoming, row)) {
    result.upcoming = policy_.criteria[index].effective;
    result.would_be = possible(out.would_be, row).shown();
  }
  if (result.status != Status::waived) return result;
  result.waiver = waiver(index, row, key);
  if (result.waiver) {
    const waivers::Waiver& shown = waivers_.all()[*result.waiver];
    result.waived_until = shown.until;
    result.waived_by = shown.by;
    result.waived_because = shown.because;
  }
  return result;
}

std::optional<std::uint32_t> Findings::waiver(std::uint32_t criterion, std::uint32_t row,
                                              const types::Scalar* key) const {
  std::optional<std::uint32_t> shown;
  const auto hold = [&](std::uint32_t waiver) { shown = shown ? waivers_.later(*shown, waiver) : waiver; };
  if (key != nullptr) {
    for (const std::uint32_t waiver : waivers_.naming(criterion, *key)) hold(waiver);
  }
  const auto& conditions = waivers_.with_conditions(criterion);
  for (std::size_t at = 0; at < conditions.size(); ++at) {
    if (is_set(code_.outputs.waived_where[criterion][at], row)) hold(conditions[at]);
  }
  return shown;
}

ScoreResult Findings::score(const ir::ScoreOut& out, std::uint32_t row) const {
  ScoreResult result;
  result.has_value = is_set(out.has_value, row);
  result.may_be_none = is_set(out.may_be_none, row);
  if (result.has_value) {
    result.low = executor_.value(out.low).as<double>(row);
    result.high = executor_.value(out.high).as<double>(row);
  }
  if (out.shown != kNoValue && is_set(out.has_shown, row)) result.shown = executor_.value(out.shown).as<double>(row);
  return result;
}

// The highest whose gate and all before it pass: for sure, and where what is undecided goes well.
verdicts::LevelResult Findings::level(const typed::Levels& levels, const std::vector<Truth>& gates) const {
  verdicts::LevelResult result;
  bool sure = true;
  for (std::uint32_t i = 0; i < levels.gates.size(); ++i) {
    const Truth truth = gates[levels.gates[i]];
    if (truth == Truth::no) break;
    sure = sure && truth == Truth::yes;
    if (sure) result.sure = i;
    result.possible = i;
  }
  return result;
}

verdicts::ShownValue Findings::shown(const ir::ShownOut& out, std::uint32_t row) const {
  verdicts::ShownValue value;
  value.type = out.type;
  if (is_set(out.known, row)) {
    value.state = evidence::State::known;
  } else {
    value.state = is_set(out.absent, row) ? evidence::State::absent : evidence::State::unknown;
    return value;
  }
  const types::Kind kind = program_.types.kind(out.type);
  if (kind == types::Kind::boolean) {
    value.scalar = is_set(out.data, row);
  } else if (kind != types::Kind::list) {
    const ir::Instruction& made = code_[out.data];
    const columns::View view = executor_.value(out.data);
    const std::size_t place = view.uniform ? 0 : row;
    value.scalar = columns::scalar_of(view.data + place * ir::bytes_of(made.phys), made.phys, kind);
  }
  for (const ir::ShownOut& elements : out.elements) {
    if (!is_set(elements.guard, row)) continue;
    const auto end = executor_.value(elements.end).as<std::uint32_t>(row);
    for (auto at = executor_.value(elements.begin).as<std::uint32_t>(row); at < end; ++at) {
      if (is_set(elements.kept, at)) value.items.push_back(shown(elements, at));
    }
  }
  return value;
}

void Findings::mark_waivers(std::uint32_t row, const types::Scalar* key, std::vector<bool>& shown) const {
  for (std::uint32_t index = 0; index < code_.outputs.criteria.size(); ++index) {
    const ir::CriterionOut& out = code_.outputs.criteria[index];
    if (!is_set(out.waived, row) || is_set(out.unmet, row)) continue;
    const auto waiver = this->waiver(index, row, key);
    if (!waiver) continue;
    if (shown.size() <= *waiver) shown.resize(*waiver + 1);
    shown[*waiver] = true;
  }
}

}  // namespace muster::findings
