// SPDX-License-Identifier: Apache-2.0
// A subject judged twice, and whether what is said of the difference is true: that a cause undoes it, that nothing of
// it can be left out, that a mixture of both sides is judged as what somebody makes by hand.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "compiler/compile.h"
#include "runtime/compare/cause.h"
#include "runtime/compare/mixture.h"
#include "runtime/reference/reference.h"
#include "tests/agreement/evidence.h"

namespace muster::agreement {

using compare::PairOf;
using compare::Which;
using verdicts::Verdict;

// A policy of a program, run on one day.
class Judged {
 public:
  Judged(std::shared_ptr<const compiler::Compilation> compilation, std::uint32_t policy, base::Date day);
  // The first policy of a module. Nothing for a text that doesn't compile, as one may that was put together from two.
  static std::unique_ptr<Judged> of(const std::string& text, base::Date day);

  const typed::Program& program() const { return compilation_->program; }
  const typed::Policy& policy() const { return program().policies[policy_]; }
  compare::Side side(std::uint32_t gate) const { return {&program(), policy_, gate, &run_, waivers_.get()}; }

  Evidence aged(Evidence evidence) const;
  // Of each gate, by its name.
  std::map<std::string, Verdict> verdicts(const Evidence& evidence) const;

 private:
  std::shared_ptr<const compiler::Compilation> compilation_;
  std::uint32_t policy_;
  evidence::Run run_;
  std::unique_ptr<waivers::Book> waivers_;
  std::unique_ptr<reference::Engine> engine_;
};

// What a test of causes has seen.
struct Seen {
  int changes = 0, alone = 0, together = 0, not_by_hand = 0;
  std::map<std::string, int> kinds;

  void expect(int least_alone, int least_together, const std::vector<std::string>& least_kinds) const;
};

using Chosen = std::vector<std::size_t>;  // differences

struct TwoSides {
  PairOf<std::unique_ptr<Judged>> judged;
  PairOf<Evidence> evidence;                        // as it was read
  PairOf<std::map<std::string, Verdict>> verdicts;  // by gate
  PairOf<std::string> gate;                         // that decides
  compare::Sides sides;
  std::unique_ptr<compare::Mixture> mixture;

  // The evidence is there.
  void judge();
  void decide_by(const PairOf<std::uint32_t>& gates);

  Verdict verdict(Which which) const { return verdicts.of(which).at(gate.of(which)); }
  bool changes() const { return verdict(Which::before) != verdict(Which::after); }
  compare::Difference difference(std::size_t index) const { return mixture->difference(index); }
  std::string names(const Chosen& chosen) const;

  // `by_hand` undoes some differences without anything of what is tested; nothing where that can't be done.
  using ByHand = std::function<std::optional<Verdict>(const Chosen&)>;
  void check_cause(const ByHand& by_hand, Seen& seen) const;
  void check_mixture(const ByHand& by_hand, std::mt19937& random) const;

 private:
  std::optional<Verdict> mixed(const Chosen& chosen) const;
  Chosen all() const;
};

extern const base::Date kDay;

}  // namespace muster::agreement
