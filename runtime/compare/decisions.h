// SPDX-License-Identifier: Apache-2.0
// Gates and scores between two sides: each is that of the side its text is taken from, over the criteria that are
// there.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "runtime/compare/conditions.h"
#include "runtime/compare/differences.h"
#include "runtime/compare/mixed_evidence.h"
#include "runtime/compare/shapes.h"
#include "runtime/compare/undone.h"
#include "runtime/scores/scores.h"

namespace muster::compare {

class Decisions {
 public:
  // All of them must outlive this.
  Decisions(const Sides& sides, const Differences& differences, MixedEvidence& evidence);
  ~Decisions();

  // Another subject, whose evidence has begun.
  void begin() { conditions_.begin(); }

  // Nothing where gates or scores would name each other in a circle, or judging passes a limit.
  std::optional<verdicts::Verdict> verdict(const Undone& undone);

  // What a criterion of Differences::criteria may still be, and how it counts.
  scores::CountedCriterion criterion(std::uint32_t compared, const Undone& undone);

 private:
  class OneSide;

  Truth section_applies(std::uint32_t section, bool as_of_before, const Undone& undone);
  reference::Value deciding_gate(const Undone& undone);

  const Sides& sides_;
  const Differences& differences_;
  MixedEvidence& evidence_;
  Shapes shapes_;
  Conditions conditions_;
  PairOf<std::unique_ptr<OneSide>> one_side_;
  PairOf<std::uint32_t> deciding_gate_;             // of Differences::gates
  std::vector<scores::CountedCriterion> criteria_;  // as Differences::criteria, with what is undone now
};

}  // namespace muster::compare
