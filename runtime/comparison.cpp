// SPDX-License-Identifier: Apache-2.0
#include "runtime/comparison.h"

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <utility>

#include "compiler/typed/usage.h"
#include "runtime/compare/cause.h"
#include "runtime/compare/mixture.h"
#include "runtime/compare/turn.h"
#include "runtime/evidence/packed.h"
#include "runtime/row_judge.h"

namespace muster::runtime {

using compare::kBoth;
using compare::other;
using compare::PairOf;
using compare::Which;
using verdicts::Outcome;
using verdicts::SubjectResult;

namespace {

struct Standing {
  std::uint64_t position = 0;
  ingest::SubjectRow row;
};

// Until it comes in the other file, too.
struct Waiting {
  std::uint64_t position = 0;
  std::string subject;  // packed
  std::optional<std::string> label;
  std::vector<evidence::Problem> problems;
  evidence::Origin origin;
};

Waiting waiting(Standing standing) {
  return {standing.position, evidence::pack(standing.row.subject), std::move(standing.row.label),
          std::move(standing.row.problems), standing.row.origin};
}

Standing standing(const std::string& key, Waiting waiting) {
  return {
      waiting.position,
      {evidence::unpack(waiting.subject), key, std::move(waiting.label), std::move(waiting.problems), waiting.origin}};
}

class Comparison {
 public:
  Comparison(const ComparisonRequest& request, const ComparisonListener& listener,
             PairOf<std::unique_ptr<ingest::Reader>> readers)
      : request_(request), listener_(listener), sides_(request.sides), readers_(std::move(readers)) {
    for (const Which which : kBoth) {
      compare::Side& side = sides_.of(which);
      std::vector<evidence::Datum>& shared = shared_.of(which);
      shared = std::move(readers_.of(which)->shared());
      waivers_.of(which) = take_waivers(*side.program, side.policy, *side.run, shared);
      side.waivers = waivers_.of(which).get();
      judges_.of(which) =
          std::make_unique<RowJudge>(*side.program, side.chosen(), *side.run, readers_.of(which)->shared_problems(),
                                     aged(*side.program, *side.run, shared), *side.waivers, request.checked_keys);
    }
    mixture_ = std::make_unique<compare::Mixture>(sides_, compare::SharedEvidence{&shared_.before, &shared_.after});
    needs_ = std::make_unique<compare::Needs>(sides_, mixture_->differences());
  }

  void run();

 private:
  bool take_next(Which which);
  void match(Which which, Standing subject);
  void compare_pair(const PairOf<Standing>& pair);
  std::optional<compare::ToldCause> cause_of(const PairOf<Standing>& pair, const PairOf<const SubjectResult*>& results);
  void tell_those_left();

  Outcome judge(Which which, const Standing& subject) { return judges_.of(which)->judge(subject.row); }
  std::optional<verdicts::Verdict> verdict(Which which, const Outcome& outcome) const;

  const ComparisonRequest& request_;
  const ComparisonListener& listener_;
  compare::Sides sides_;
  PairOf<std::unique_ptr<ingest::Reader>> readers_;
  PairOf<std::vector<evidence::Datum>> shared_;  // as it was read
  PairOf<std::shared_ptr<const waivers::Book>> waivers_;
  std::unique_ptr<compare::Mixture> mixture_;
  std::unique_ptr<compare::Needs> needs_;
  PairOf<std::unique_ptr<RowJudge>> judges_;
  PairOf<std::uint64_t> records_;
  PairOf<std::unordered_map<std::string, std::vector<Waiting>>> waiting_;  // by key, those of one in their order
};

void Comparison::run() {
  if (listener_.begin) {
    listener_.begin({&readers_.before->file_names(), &readers_.after->file_names()}, mixture_->differences());
  }
  PairOf<bool> goes_on{true, true};
  while (goes_on.before || goes_on.after) {
    if (request_.stop && request_.stop()) return;
    for (const Which which : kBoth) goes_on.of(which) = goes_on.of(which) && take_next(which);
  }
  tell_those_left();
  for (const Which which : kBoth) {
    if (!listener_.notice) continue;
    for (const ingest::Notice& notice : readers_.of(which)->notices()) listener_.notice(which, notice);
    for (const auto& idle : waivers_.of(which)->idle_rows())
      listener_.notice(which, {idle.origin, idle.message, idle.count, base::Code::idle_waiver});
  }
  if (listener_.end) listener_.end(needs_->list());
}

bool Comparison::take_next(Which which) {
  auto row = readers_.of(which)->next();
  if (!row) return false;
  const std::uint64_t position = records_.of(which)++;
  if (auto* unreadable = std::get_if<ingest::UnreadableRow>(&*row)) {
    // It can't be told whether it is the one that is asked for.
    if (!request_.subject && listener_.unreadable)
      listener_.unreadable(which, {unreadable->origin, std::move(unreadable->message)});
    return true;
  }
  auto& subject = std::get<ingest::SubjectRow>(*row);
  const compare::Side& side = sides_.of(which);
  if (request_.subject && !is_of_key(*side.program, side.chosen(), subject, request_.subject->of(which))) return true;
  match(which, {position, std::move(subject)});
  return true;
}

void Comparison::match(Which which, Standing subject) {
  const std::string key = subject.row.key;
  auto& others = waiting_.of(other(which));
  const auto found = others.find(key);
  if (found == others.end()) {
    waiting_.of(which)[key].push_back(waiting(std::move(subject)));
    return;
  }
  PairOf<Standing> pair;
  pair.of(other(which)) = standing(key, std::move(found->second.front()));
  pair.of(which) = std::move(subject);
  found->second.erase(found->second.begin());
  if (found->second.empty()) others.erase(found);
  compare_pair(pair);
}

std::optional<verdicts::Verdict> Comparison::verdict(Which which, const Outcome& outcome) const {
  const auto* result = std::get_if<SubjectResult>(&outcome);
  if (result == nullptr) return std::nullopt;
  return verdicts::verdict(result->gates[sides_.of(which).gate]);
}

void Comparison::compare_pair(const PairOf<Standing>& pair) {
  const PairOf<Outcome> outcomes{judge(Which::before, pair.before), judge(Which::after, pair.after)};
  if (const auto* result = std::get_if<SubjectResult>(&outcomes.after))
    needs_->add(pair.after.row.subject, shared_.after, *result);
  const auto before = verdict(Which::before, outcomes.before);
  const auto after = verdict(Which::after, outcomes.after);
  std::optional<compare::ToldCause> cause;
  if (before && after && before != after) {
    cause = cause_of(pair, {&std::get<SubjectResult>(outcomes.before), &std::get<SubjectResult>(outcomes.after)});
  }
  if (!listener_.subject) return;
  listener_.subject({pair.after.position, {&outcomes.before, &outcomes.after}, cause ? &*cause : nullptr});
}

std::optional<compare::ToldCause> Comparison::cause_of(const PairOf<Standing>& pair,
                                                       const PairOf<const SubjectResult*>& results) {
  const auto before = verdicts::verdict(results.before->gates[sides_.before.gate]);
  mixture_->begin({&pair.before.row.subject, &pair.after.row.subject});
  compare::Undone undone(mixture_->size());
  const compare::Cause cause = compare::find_cause(mixture_->candidates(), [&](const std::vector<std::size_t>& chosen) {
    undone.assign(undone.size(), false);
    for (const std::size_t each : chosen) undone[each] = true;
    return mixture_->verdict(undone) == before;
  });
  const auto told = [&](const std::vector<std::size_t>& indexes) {
    std::vector<compare::Difference> differences;
    for (const std::size_t index : indexes) {
      compare::Difference difference = mixture_->difference(index);
      if (difference.what == compare::What::as_of && difference.of == compare::Of::criterion) {
        const auto& criteria = mixture_->differences().criteria;
        const auto found =
            std::find_if(criteria.begin(), criteria.end(), [&](const auto& each) { return each.as_of == index; });
        compare::tell_turn(results.before->criteria[found->index.before], results.after->criteria[found->index.after],
                           difference);
      }
      differences.push_back(std::move(difference));
    }
    return differences;
  };
  return compare::ToldCause{told(cause.differences), told(cause.others)};
}

// Those of one file alone, in its order: first those that are gone.
void Comparison::tell_those_left() {
  for (const Which which : kBoth) {
    std::vector<std::pair<const std::string*, Waiting*>> left;
    for (auto& [key, rows] : waiting_.of(which)) {
      for (Waiting& each : rows) left.emplace_back(&key, &each);
    }
    std::sort(left.begin(), left.end(),
              [](const auto& a, const auto& b) { return a.second->position < b.second->position; });
    for (const auto& [key, each] : left) {
      const Standing subject = standing(*key, std::move(*each));
      const Outcome outcome = judge(which, subject);
      const auto* result = std::get_if<SubjectResult>(&outcome);
      if (which == Which::after && result != nullptr) needs_->add(subject.row.subject, shared_.after, *result);
      if (!listener_.subject) continue;
      compare::ComparedSubject told;
      told.position = subject.position;
      told.outcomes.of(which) = &outcome;
      listener_.subject(told);
    }
  }
}

}  // namespace

tl::expected<void, ingest::FileError> compare_portfolios(ComparisonRequest request,
                                                         const ComparisonListener& listener) {
  PairOf<std::unique_ptr<ingest::Reader>> readers;
  for (const Which which : kBoth) {
    const compare::Side& side = request.sides.of(which);
    const typed::Usage usage = typed::usage_of(*side.program, side.chosen());
    auto reader = ingest::Reader::open(*side.program, side.chosen().subject, usage, std::move(request.inputs.of(which)),
                                       request.ingest_options);
    if (!reader) return tl::unexpected(reader.error());
    readers.of(which) = std::move(*reader);
  }
  Comparison(request, listener, std::move(readers)).run();
  return {};
}

}  // namespace muster::runtime
