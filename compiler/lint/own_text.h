// SPDX-License-Identifier: Apache-2.0
// The conditions that a policy's own text says, for lints: what it inherits is told where that is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/typed/program.h"

namespace muster::lint {

// What stands in one criterion or gate, in the order in which it is read; with what is inherited.
struct Sequence {
  const typed::Criterion* criterion = nullptr;  // one of the two
  const typed::Gate* gate = nullptr;
  std::vector<const typed::Condition*> conditions;
  std::size_t whens = 0;  // so many of them are `when`s, which stand first
};

// Those of criteria, then those of gates that are written.
std::vector<Sequence> sequences_of(const typed::Policy& policy);

struct OwnCondition {
  typed::ConditionKind kind;
  std::uint32_t policy;  // Program::policies
  const Sequence& sequence;
  const typed::Condition& condition;
};

// Calls `look` for each condition of each policy's own text. The `when` of a section comes with each criterion of it.
template <typename Look>
void each_own_condition(const typed::Program& program, const Look& look) {
  for (std::uint32_t index = 0; index < program.policies.size(); ++index) {
    for (const Sequence& sequence : sequences_of(program.policies[index])) {
      for (std::size_t at = 0; at < sequence.conditions.size(); ++at) {
        const auto kind = at < sequence.whens ? typed::ConditionKind::when : typed::ConditionKind::require;
        const typed::Condition& condition = *sequence.conditions[at];
        if (condition.policy == index) look(OwnCondition{kind, index, sequence, condition});
      }
    }
  }
}

// The `require`s of criteria alone.
template <typename Look>
void each_own_requirement(const typed::Program& program, const Look& look) {
  each_own_condition(program, [&](const OwnCondition& own) {
    if (own.kind == typed::ConditionKind::require && own.sequence.criterion != nullptr) look(own);
  });
}

}  // namespace muster::lint
