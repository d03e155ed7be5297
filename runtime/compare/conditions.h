// SPDX-License-Identifier: Apache-2.0
// What the conditions of criteria and sections come to, on either side, with some differences of the evidence and
// of params undone. Each is evaluated once for a subject and what bears on it.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/compare/mixed_evidence.h"
#include "runtime/reference/evaluator.h"

namespace muster::compare {

using verdicts::Truth;

struct Asked {
  Truth applies = Truth::yes;  // the `and` of the whens
  Truth holds = Truth::yes;    // of the requires
};

class Conditions {
 public:
  // Both must outlive this.
  Conditions(const Sides& sides, MixedEvidence& evidence);

  // Forgets the subject before. The evidence has begun.
  void begin();

  // A criterion of that side without the whens of its section; a section's whens.
  Asked criterion(Which which, std::uint32_t index, const Undone& undone);
  Asked section(Which which, std::uint32_t index, const Undone& undone);
  // Whether a waiver is in force for a criterion of that side.
  Truth waived(Which which, std::uint32_t index, const Undone& undone);

 private:
  // What was found for this subject, by what bears on it.
  template <class Found>
  struct Known {
    Reads reads;
    std::vector<std::pair<std::vector<bool>, Found>> found;
  };
  struct Group : Known<Asked> {
    std::vector<typed::ExprId> whens, requires_;
  };
  struct OneSide;

  template <class Found, class Find>
  Found find(Which which, Known<Found>& known, const Undone& undone, Find find);
  Asked asked(Which which, Group& group, const Undone& undone);

  MixedEvidence& evidence_;
  PairOf<std::shared_ptr<OneSide>> sides_;
};

Truth both(Truth a, Truth b);  // Kleene's `and`

}  // namespace muster::compare
