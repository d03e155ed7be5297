// SPDX-License-Identifier: Apache-2.0
// What tests reached of the policies that they are for: which statuses each criterion had, and whether each `when` and
// `require` was true, false and unknown. What can't be is not asked for: compiler/values says so, as it does to lints.
// Lines and texts are copied, so a coverage outlives the program that it is of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"
#include "runtime/reference/reference.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::suite {

// Bits of `can` and `seen`: of a condition by Truth, of a criterion by Status.
using Outcomes = std::uint8_t;
inline Outcomes outcome(verdicts::Truth truth) { return static_cast<Outcomes>(1u << static_cast<unsigned>(truth)); }
inline Outcomes outcome(typed::Status status) { return static_cast<Outcomes>(1u << static_cast<unsigned>(status)); }

struct ReachedCondition {
  typed::ConditionKind kind = typed::ConditionKind::require;
  std::uint32_t line = 0;
  std::uint32_t begin = 0;  // its first byte in the file
  std::string text;         // on one line
  Outcomes can = 0, seen = 0;
};

struct ReachedCriterion {
  std::string name;
  std::uint32_t line = 0;
  Outcomes can = 0, seen = 0;  // nothing can be of a criterion that the policy only tightens
  std::vector<ReachedCondition> conditions;
};

// What the policy itself says: criteria that it declares or replaces, and conditions of its own text.
struct ReachedPolicy {
  std::string name;  // `module.name`
  std::string path;
  std::vector<ReachedCriterion> criteria;
};

struct Tally {
  std::size_t reached = 0, of = 0;
  Tally& operator+=(const Tally& more) {
    reached += more.reached;
    of += more.of;
    return *this;
  }
};

class Coverage {
 public:
  // The policies of the program's root module, and those that its tests are for; nothing is reached yet. Once.
  void begin(const typed::Program& program, const base::SourceMap& sources);
  // One run of one of its tests for this policy. What was inherited counts for the policy whose text it is.
  void add(const typed::Program& program, std::uint32_t policy, const verdicts::SubjectResult& found,
           const reference::Trace& trace);
  // Of other modules' tests; a policy that stands in both is one.
  void add(const Coverage& other);

  const std::vector<ReachedPolicy>& policies() const { return policies_; }  // in the order in which they came

 private:
  // Where something of a policy is counted: indexes from `policies_` inwards.
  struct Place {
    std::size_t policy = 0, criterion = 0, condition = 0;
  };
  struct PlacedCriterion {
    std::optional<Place> status;
    std::vector<std::optional<Place>> whens, requires_;
  };
  std::size_t find(const std::string& path, const std::string& name) const;  // the number of policies: it is new
  void place_criteria(const typed::Program& program, const base::SourceMap& sources,
                      const std::set<std::uint32_t>& tested);
  // Gives whether one of them is false.
  bool see(const std::vector<typed::Condition>& conditions, const std::vector<std::optional<Place>>& places,
           const std::unordered_map<typed::ExprId, const reference::TraceEntry*>& entries);

  std::vector<ReachedPolicy> policies_;
  // Of the policies that the program's tests are for, one for each of their criteria.
  std::map<std::uint32_t, std::vector<PlacedCriterion>> placed_;
};

Tally tally(const ReachedCriterion& criterion);
Tally tally(const ReachedPolicy& policy);
Tally tally(const Coverage& coverage);

}  // namespace muster::suite
