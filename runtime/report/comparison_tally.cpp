// SPDX-License-Identifier: Apache-2.0
#include "runtime/report/comparison_tally.h"

#include <algorithm>

#include "compiler/typed/reach.h"
#include "runtime/report/comparison_words.h"

namespace muster::report {

using compare::kBoth;
using compare::kNone;
using compare::PairOf;
using compare::Which;
using verdicts::Status;
using verdicts::SubjectResult;
using verdicts::Verdict;

namespace {

std::size_t at(Verdict verdict) { return static_cast<std::size_t>(verdict); }

int badness(const PairOf<Verdict>& verdict) {
  if (verdict.before == Verdict::pass) return verdict.after == Verdict::fail ? 0 : 1;
  if (verdict.after == Verdict::fail) return 2;
  return verdict.after == Verdict::undecided ? 3 : verdict.before == Verdict::undecided ? 4 : 5;
}

std::vector<bool> deciding_criteria(const compare::Side& side) {
  std::vector<bool> decides(side.chosen().criteria.size());
  for (const std::uint32_t criterion : typed::criteria_of_gate(*side.program, side.chosen(), side.gate))
    decides[criterion] = true;
  return decides;
}

}  // namespace

ComparisonTally::ComparisonTally(const ComparisonContext& context, std::optional<std::uint64_t> listed)
    : sides{verdicts::Tally(context.sides.before.chosen()), verdicts::Tally(context.sides.after.chosen())},
      context_(context),
      listed_(listed),
      decides_{deciding_criteria(context.sides.before), deciding_criteria(context.sides.after)} {}

void ComparisonTally::add(const compare::ComparedSubject& subject) {
  PairOf<const SubjectResult*> results;
  for (const Which which : kBoth) {
    if (subject.outcomes.of(which) == nullptr) continue;
    results.of(which) = std::get_if<SubjectResult>(subject.outcomes.of(which));
    if (results.of(which) == nullptr) ++unreadable.of(which);
  }
  const auto verdict = [&](Which which) {
    return verdicts::verdict(results.of(which)->gates[context_.sides.of(which).gate]);
  };
  if (results.before == nullptr || results.after == nullptr) {
    // One that could not be judged on the other side is there all the same.
    if (subject.outcomes.before == nullptr && results.after != nullptr) ++added[at(verdict(Which::after))];
    if (subject.outcomes.after == nullptr && results.before != nullptr) ++gone[at(verdict(Which::before))];
    return;
  }
  ++both;
  const PairOf<Verdict> pair{verdict(Which::before), verdict(Which::after)};
  ++verdicts[at(pair.before)][at(pair.after)];
  for (const Which which : kBoth) sides.of(which).add(*subject.outcomes.of(which));
  if (pair.before != pair.after) add_changed(subject, pair);
}

void ComparisonTally::add_changed(const compare::ComparedSubject& subject, const PairOf<Verdict>& verdict) {
  ++changed;
  const bool loses = verdict.before == Verdict::pass, gains = verdict.after == Verdict::pass;
  if (loses) ++lose_pass;
  if (gains) ++gain_pass;
  const auto [place, is_new] = cause_places_.emplace(general_text(*subject.cause), causes_.size());
  if (is_new) causes_.push_back({*subject.cause, 0, 0, 0});
  CauseCount& cause = causes_[place->second];
  ++cause.subjects;
  if (loses) ++cause.lose_pass;
  if (gains) ++cause.gain_pass;

  ChangedSubject row;
  row.rank = {badness(verdict), subject.position};
  if (listed_ && (*listed_ == 0 || (worst.size() == *listed_ && worst.rbegin()->rank < row.rank))) return;
  const auto& before = std::get<SubjectResult>(*subject.outcomes.before);
  const auto& after = std::get<SubjectResult>(*subject.outcomes.after);
  row.key = after.key;
  row.label = after.label;
  row.verdict = verdict;
  row.cause = *subject.cause;
  const auto& criteria = context_.differences->criteria;
  for (std::uint32_t i = 0; i < criteria.size(); ++i) {
    const PairOf<std::uint32_t>& index = criteria[i].index;
    const bool decides = (index.before != kNone && decides_.before[index.before]) ||
                         (index.after != kNone && decides_.after[index.after]);
    if (!decides) continue;
    ChangedSubject::Criterion shown{i, {}};
    if (index.before != kNone) shown.result.before = before.criteria[index.before];
    if (index.after != kNone) shown.result.after = after.criteria[index.after];
    const auto status = [](const std::optional<verdicts::CriterionResult>& result) {
      return result ? std::optional(result->status) : std::nullopt;
    };
    if (status(shown.result.before) != status(shown.result.after)) row.criteria.push_back(std::move(shown));
  }
  worst.insert(std::move(row));
  if (listed_ && worst.size() > *listed_) worst.erase(std::prev(worst.end()));
}

std::vector<CauseCount> ComparisonTally::causes() const {
  std::vector<CauseCount> sorted = causes_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const CauseCount& a, const CauseCount& b) { return a.subjects > b.subjects; });
  return sorted;
}

std::vector<Turning> ComparisonTally::turning() const {
  std::vector<Turning> found;
  std::map<std::string, std::size_t> places;
  for (const CauseCount& cause : causes_) {
    const bool is_alone = cause.cause.differences.size() == 1;
    // Two elements of one list are one difference here.
    std::set<std::size_t> counted;
    for (const compare::Difference& difference : cause.cause.differences) {
      const auto [place, is_new] = places.emplace(general_text({{difference}, {}}), found.size());
      if (is_new) found.push_back({difference, 0, 0, 0});
      if (!counted.insert(place->second).second) continue;
      Turning& turning = found[place->second];
      turning.subjects += cause.subjects;
      turning.with_others += is_alone ? 0 : cause.subjects;
      turning.lose_pass += cause.lose_pass;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Turning& a, const Turning& b) { return a.subjects > b.subjects; });
  return found;
}

std::uint64_t ComparisonTally::count(Which which, std::uint32_t compared, Status status) const {
  const std::uint32_t index = context_.differences->criteria[compared].index.of(which);
  return index == kNone ? 0 : sides.of(which).criteria[index][static_cast<std::size_t>(status)];
}

bool ComparisonTally::applies_to_somebody(Which which, std::uint32_t compared) const {
  for (const Status status : {Status::met, Status::unmet, Status::unknown, Status::waived}) {
    if (count(which, compared, status) > 0) return true;
  }
  return false;
}

std::vector<CriterionChange> ComparisonTally::criteria_changes() const {
  std::vector<CriterionChange> changes;
  const auto& criteria = context_.differences->criteria;
  for (std::uint32_t i = 0; i < criteria.size(); ++i) {
    const compare::ComparedCriterion& compared = criteria[i];
    CriterionChange change;
    change.compared = i;
    for (const Which which : kBoth) {
      const std::uint32_t index = compared.index.of(which);
      change.matters.of(which) = index != kNone && decides_.of(which)[index] && applies_to_somebody(which, i);
    }
    if (compared.index.before == kNone) change.what.push_back("added");
    if (compared.index.after == kNone) change.what.push_back("dropped");
    if (compared.level != kNone) change.what.push_back("level");
    if (compared.conditions != kNone) change.what.push_back("conditions");
    if (change.matters.after && !change.matters.before) change.what.push_back("matters");
    if (change.matters.before && !change.matters.after) change.what.push_back("matters_no_more");
    if (!change.what.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace muster::report
