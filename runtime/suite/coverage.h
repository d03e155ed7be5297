// SPDX-License-Identifier: Apache-2.0
// What tests reached of the policies that they are for: which statuses each criterion had, and whether each `when` and
// `require` was true, false and unknown. Lines and texts are copied, so a coverage outlives the program that it is of.
#pragma once

#include <cstdint>
#include <string>
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
  enum class Kind : std::uint8_t { when, require } kind = Kind::require;
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
  // The policies of the program's root module, and those that its tests are for; nothing is reached yet.
  void begin(const typed::Program& program, const base::SourceMap& sources);
  // One run of a test for this policy. What was inherited counts for the policy whose text it is.
  void add(const typed::Program& program, const base::SourceMap& sources, const typed::Policy& policy,
           const verdicts::SubjectResult& found, const reference::Trace& trace);
  // Of other modules' tests; a policy that stands in both is one.
  void add(const Coverage& other);

  const std::vector<ReachedPolicy>& policies() const { return policies_; }  // in the order in which they came

 private:
  ReachedPolicy* find(const std::string& path, const std::string& name);

  std::vector<ReachedPolicy> policies_;
};

Tally tally(const ReachedCriterion& criterion);
Tally tally(const ReachedPolicy& policy);
Tally tally(const Coverage& coverage);

}  // namespace muster::suite
