// SPDX-License-Identifier: Apache-2.0
// What a comparison comes to, for every format. Of subjects whose verdict stays it keeps counts alone, of others at
// most so many as are listed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/report/comparison.h"
#include "runtime/verdicts/tally.h"

namespace muster::report {

using VerdictCounts = std::array<std::uint64_t, 3>;  // by verdicts::Verdict

struct ChangedSubject {
  // Worst first: who loses pass, then who fails now, then who passed least before; the portfolio's order.
  std::tuple<int, std::uint64_t> rank;
  std::string key;
  std::optional<std::string> label;
  compare::PairOf<verdicts::Verdict> verdict;
  compare::ToldCause cause;
  // Of the criteria that a deciding gate counts those whose status is another; Differences::criteria.
  struct Criterion {
    std::uint32_t compared = 0;
    compare::PairOf<std::optional<verdicts::CriterionResult>> result;
  };
  std::vector<Criterion> criteria;

  bool operator<(const ChangedSubject& other) const { return rank < other.rank; }
};

struct CauseCount {
  compare::ToldCause cause;  // of the first subject
  std::uint64_t subjects = 0;
  std::uint64_t lose_pass = 0;
  std::uint64_t gain_pass = 0;
};

// One difference, and whom it turns alone or together with others.
struct Turning {
  compare::Difference difference;  // of the first subject
  std::uint64_t subjects = 0;
  std::uint64_t with_others = 0;
  std::uint64_t lose_pass = 0;
};

// A criterion that isn't what it was.
struct CriterionChange {
  std::uint32_t compared = 0;     // Differences::criteria
  compare::PairOf<bool> matters;  // a deciding gate counts it, and it applies to somebody
  std::vector<std::string> what;  // `added`, `dropped`, `level`, `conditions`, `matters`, `matters_no_more`
};

class ComparisonTally {
 public:
  // At most `listed` subjects are kept; nothing: all whose verdict changes.
  ComparisonTally(const ComparisonContext& context, std::optional<std::uint64_t> listed);

  void add(const compare::ComparedSubject& subject);

  // Judged on both sides: by the verdict before, then by that after.
  std::array<VerdictCounts, 3> verdicts{};
  std::uint64_t both = 0;
  VerdictCounts added{}, gone{};              // on one side alone
  compare::PairOf<std::uint64_t> unreadable;  // records
  std::uint64_t changed = 0, lose_pass = 0, gain_pass = 0;
  std::set<ChangedSubject> worst;
  compare::PairOf<verdicts::Tally> sides;  // of those that were judged on both

  std::vector<CauseCount> causes() const;                 // that turn most first
  std::vector<Turning> turning() const;                   // that turn most first
  std::vector<CriterionChange> criteria_changes() const;  // in the order of Differences::criteria
  std::uint64_t count(compare::Which which, std::uint32_t compared, verdicts::Status status) const;

 private:
  void add_changed(const compare::ComparedSubject& subject, const compare::PairOf<verdicts::Verdict>& verdict);
  bool applies_to_somebody(compare::Which which, std::uint32_t compared) const;

  const ComparisonContext& context_;
  std::optional<std::uint64_t> listed_;
  compare::PairOf<std::vector<bool>> decides_;  // by criterion of the side's policy: its deciding gate counts it
  std::map<std::string, std::size_t> cause_places_;
  std::vector<CauseCount> causes_;  // in the order in which they came
};

}  // namespace muster::report
