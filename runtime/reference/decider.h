// SPDX-License-Identifier: Apache-2.0
// From what each criterion may still be to the policy's gates, scores and levels. Each is found when it is first
// asked for and kept until `begin`. Where criteria come from is the deriving class's matter: the engine judges
// them, a comparison mixes those of two policies.
#pragma once

#include <optional>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/reference/evaluator.h"
#include "runtime/scores/scores.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::reference {

class Decider : public PolicyValues {
 public:
  // Must outlive this.
  explicit Decider(Evaluator& evaluator) : evaluator_(evaluator) {}

  const typed::Selection& selection(std::uint32_t selection) const override { return policy_->selections[selection]; }
  Value gate(std::uint32_t gate) override;
  verdicts::ScoreResult score(std::uint32_t score) override;

  verdicts::LevelResult level(const typed::Levels& levels);

 protected:
  // Forgets what was found. The policy must live until the next `begin`; its selections and scores say which of
  // its criteria they are of.
  void begin(const typed::Policy& policy);
  virtual scores::CountedCriterion counted(std::uint32_t criterion) const = 0;

 private:
  verdicts::ScoreResult found_score(const typed::Score& score);
  verdicts::ScoreResult expression_score(typed::ExprId expression);

  Evaluator& evaluator_;
  const typed::Policy* policy_ = nullptr;
  std::vector<std::optional<Value>> gates_;
  std::vector<std::optional<verdicts::ScoreResult>> scores_;
};

}  // namespace muster::reference
