// SPDX-License-Identifier: Apache-2.0
// A gate that is lost by meeting one criterion more is told only where such a case was found: statuses of all criteria
// by which it passes, and one of them that turns a condition of this policy's own text false as it becomes met.
#include <algorithm>
#include <functional>

#include "compiler/lint/lints.h"
#include "compiler/lint/outcomes.h"
#include "compiler/typed/polarity.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Status;

constexpr auto kMet = static_cast<std::size_t>(Status::met), kUnmet = static_cast<std::size_t>(Status::unmet),
               kNa = static_cast<std::size_t>(Status::na), kWaived = static_cast<std::size_t>(Status::waived);

// For each way of looking.
constexpr std::size_t kMostSteps = 40'000;

class Search {
 public:
  Search(const typed::Program& program, const typed::Policy& policy, std::vector<ExprId> all, std::vector<ExprId> own)
      : outcomes_(program, policy, all), all_(std::move(all)), own_(std::move(own)) {}

  // The likeliest cases first, so that the work of large policies ends where they are found.
  bool finds_loss() {
    for (const auto way : {&Search::meet_one_by_one, &Search::meet_some, &Search::settle_all}) {
      limit_ = outcomes_.steps() + kMostSteps;
      found_ = false;
      each_choice([&] {
        state_.assign(outcomes_.groups().size(), Tally{});
        (this->*way)();
      });
      if (found_) return true;
    }
    return false;
  }

 private:
  bool is_over() const { return found_ || outcomes_.steps() > limit_; }
  std::uint32_t size_of(std::size_t group) const {
    return static_cast<std::uint32_t>(outcomes_.groups()[group].criteria.size());
  }

  // All first candidates, all last ones, then all together.
  void each_choice(const std::function<void()>& look) {
    const auto& leaves = outcomes_.leaves();
    std::vector<std::size_t> choice(leaves.size(), 0), last;
    for (const Leaf& leaf : leaves) last.push_back(leaf.candidates.empty() ? 0 : leaf.candidates.size() - 1);
    const auto with = [&](const std::vector<std::size_t>& candidates) {
      if (is_over()) return;
      outcomes_.choose(candidates);
      look();
    };
    if (!leaves.empty()) with(last);
    std::size_t tried = 0;
    constexpr std::size_t kMostChoices = 200;
    while (!is_over() && tried++ < kMostChoices) {
      with(choice);
      std::size_t at = 0;
      while (at < choice.size() && choice[at] == last[at]) choice[at++] = 0;
      if (at == choice.size()) return;
      ++choice[at];
    }
  }

  void meet_one_by_one() {
    const std::size_t count = outcomes_.groups().size();
    for (const bool backwards : {false, true}) {
      for (std::size_t group = 0; group < count; ++group) state_[group] = {0, size_of(group), 0, 0};
      for (std::size_t at = 0; at < count; ++at) {
        Tally& tally = state_[backwards ? count - 1 - at : at];
        for (; tally[kUnmet] > 0 && !is_over(); --tally[kUnmet], ++tally[kMet]) look();
      }
    }
  }

  void meet_some() { meet_some(0); }
  void meet_some(std::size_t group) {
    if (is_over()) return;
    if (group == state_.size()) return look();
    for (std::uint32_t met = 0; met <= size_of(group); ++met) {
      state_[group] = {met, size_of(group) - met, 0, 0};
      meet_some(group + 1);
    }
  }

  void settle_all() { settle_all(0); }
  void settle_all(std::size_t group) {
    if (is_over()) return;
    if (group == state_.size()) return look();
    const std::uint32_t size = size_of(group), most_na = outcomes_.groups()[group].may_be_na ? size : 0;
    for (std::uint32_t na = 0; na <= most_na; ++na) {
      for (std::uint32_t waived = 0; na + waived <= size; ++waived) {
        for (std::uint32_t met = 0; na + waived + met <= size; ++met) {
          Tally& tally = state_[group];
          tally[kMet] = met, tally[kUnmet] = size - na - waived - met, tally[kNa] = na, tally[kWaived] = waived;
          settle_all(group + 1);
        }
      }
    }
  }

  void look() {
    const auto holds = [&](ExprId condition) { return outcomes_.of(condition, state_) == true; };
    if (is_over() || !std::all_of(all_.begin(), all_.end(), holds)) return;
    const auto fails = [&](ExprId condition) { return outcomes_.of(condition, state_) == false; };
    for (Tally& tally : state_) {
      for (const std::size_t from : {kUnmet, kWaived}) {
        if (tally[from] == 0) continue;
        --tally[from], ++tally[kMet];
        found_ = found_ || (std::any_of(own_.begin(), own_.end(), fails) && outcomes_.may_be());
        ++tally[from], --tally[kMet];
      }
    }
  }

  Outcomes outcomes_;
  std::vector<ExprId> all_, own_;
  State state_;
  std::size_t limit_ = 0;
  bool found_ = false;
};

// Where the policy says something of the gate last.
base::Span own_origin(const typed::Gate& gate, std::uint32_t policy) {
  base::Span found = gate.span;
  for (const typed::Origin& origin : gate.origins) {
    if (origin.policy == policy) found = origin.span;
  }
  return found;
}

}  // namespace

void asks_for_less(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) {
    const typed::Policy& policy = lints.program.policies[index];
    for (std::uint32_t i = 0; i < policy.gates.size(); ++i) {
      const typed::Gate& gate = policy.gates[i];
      std::vector<ExprId> all, own;
      for (const typed::Condition& condition : gate.requires_) {
        all.push_back(condition.condition);
        if (condition.policy == index) own.push_back(condition.condition);
      }
      // Most gates are seen to be right by their text alone.
      if (own.empty() || typed::is_monotone(lints.program, policy, i, typed::Extent::own_text)) continue;
      if (!Search(lints.program, policy, std::move(all), std::move(own)).finds_loss()) continue;
      lints.found
          .report(base::Code::asks_for_less, own_origin(gate, index),
                  "meeting more may turn gate `" + gate.name + "` from pass to fail")
          .help =
          "ask for what shall be met: `every`, `passes`, `count(met ..)`, at most so many `count(unmet ..)`, "
          "and scores from below";
    }
  }
}

}  // namespace muster::lint
