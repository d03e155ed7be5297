// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/turn.h"

#include <algorithm>
#include <optional>

namespace muster::compare {

using evidence::Reason;
using verdicts::CriterionResult;

namespace {

// The first field that one result misses for this reason, and the other doesn't.
std::optional<std::string> missed_only_in(const CriterionResult& one, const CriterionResult& other, Reason reason) {
  for (const verdicts::Cause& cause : one.missing) {
    if (cause.reason != reason) continue;
    if (std::find(other.missing.begin(), other.missing.end(), cause) == other.missing.end()) return cause.field;
  }
  return std::nullopt;
}

}  // namespace

void tell_turn(const CriterionResult& before, const CriterionResult& after, Difference& difference) {
  const auto say = [&](Turn turn, std::string by) {
    difference.turn = turn;
    difference.turned_by = std::move(by);
  };
  if (before.upcoming && !after.upcoming) return say(Turn::effective, base::to_text(*before.upcoming));
  if (after.upcoming && !before.upcoming) return say(Turn::upcoming, base::to_text(*after.upcoming));
  if (before.waived_until && !after.waived_until) return say(Turn::unwaived, base::to_text(*before.waived_until));
  if (after.waived_until && !before.waived_until) return say(Turn::waived, base::to_text(*after.waived_until));
  if (const auto field = missed_only_in(after, before, Reason::stale)) return say(Turn::stale, *field);
  if (const auto field = missed_only_in(before, after, Reason::stale)) return say(Turn::fresh, *field);
  if (const auto field = missed_only_in(before, after, Reason::undated)) return say(Turn::dated, *field);
  if (const auto field = missed_only_in(after, before, Reason::undated)) return say(Turn::undated, *field);
}

}  // namespace muster::compare
