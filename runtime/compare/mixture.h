// SPDX-License-Identifier: Apache-2.0
// The verdict about a subject between two sides: all is as it is after, but what is undone, which is as it was
// before. With everything undone that is the verdict before, with nothing undone the verdict after.
//
// A criterion that is not there is as one that is na: no gate fails by it, no selection has it.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/compare/decisions.h"
#include "runtime/compare/difference.h"
#include "runtime/compare/differences.h"
#include "runtime/compare/evidence_match.h"
#include "runtime/compare/mixed_evidence.h"
#include "runtime/compare/undone.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::compare {

class Mixture {
 public:
  // All of them must outlive this. Shared evidence is as it was read.
  Mixture(const Sides& sides, const SharedEvidence& shared);
  Mixture(const Mixture&) = delete;

  // What is the same for every subject: the first of the differences.
  const Differences& differences() const { return differences_; }

  // A subject as it was read on both sides, which must live until the next one.
  void begin(const Subjects& subjects);

  // How many differences there are for this subject, and what each is.
  std::size_t size() const { return differences_.all.size() + of_shared_.size() + of_subject_.size(); }
  Difference difference(std::size_t index) const;

  // Those that may be a cause, in their order: not what surely has no effect on this subject's verdict, whatever else
  // is undone.
  std::vector<std::size_t> candidates();

  // By the gate that decides. Nothing where no policy comes of it, as gates would name each other in a circle, or
  // where judging passes a limit.
  std::optional<verdicts::Verdict> verdict(const Undone& undone) { return decisions_.verdict(undone); }

 private:
  bool is_inert(std::size_t index);
  Difference told(const DatumDifference& difference) const;

  const Sides& sides_;
  SharedEvidence shared_;
  Subjects subjects_;
  Correspondence correspondence_;
  EvidenceMatch match_;
  Differences differences_;
  std::vector<DatumDifference> of_shared_, of_subject_;
  MixedEvidence evidence_;
  Decisions decisions_;
};

}  // namespace muster::compare
