// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/own_text.h"

#include <utility>

namespace muster::lint {

std::vector<Sequence> sequences_of(const typed::Policy& policy) {
  std::vector<Sequence> all;
  for (const typed::Criterion& criterion : policy.criteria) {
    Sequence sequence{&criterion, nullptr, {}, criterion.whens.size()};
    for (const auto& when : criterion.whens) sequence.conditions.push_back(&when);
    for (const auto& required : criterion.requires_) sequence.conditions.push_back(&required);
    all.push_back(std::move(sequence));
  }
  for (const typed::Gate& gate : policy.gates) {
    if (gate.implied) continue;
    Sequence sequence{nullptr, &gate, {}, 0};
    for (const auto& required : gate.requires_) sequence.conditions.push_back(&required);
    all.push_back(std::move(sequence));
  }
  return all;
}

}  // namespace muster::lint
