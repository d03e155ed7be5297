// SPDX-License-Identifier: Apache-2.0
// The evidence of a subject, and the params, between two sides: with some differences undone, as each side lays
// them out. Fresh or stale as of the side's own date.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/compare/differences.h"
#include "runtime/compare/evidence_match.h"
#include "runtime/compare/reads.h"
#include "runtime/compare/undone.h"
#include "runtime/reference/reference.h"

namespace muster::compare {

class MixedEvidence {
 public:
  // All of them must outlive this.
  MixedEvidence(const Sides& sides, const Correspondence& correspondence, const Differences& differences,
                const EvidenceMatch& match, const SharedEvidence& shared,
                const std::vector<DatumDifference>& of_shared);

  // A subject, which must live as long as it is asked for, and what differs in its evidence.
  void begin(const Subjects& subjects, const std::vector<DatumDifference>& differences);

  // The differences that change evidence or params and that matter to whoever reads this: two of the same say the
  // same, for one subject.
  std::vector<bool> bearing(Which which, const Reads& reads, const Undone& undone) const;

  // Makes `subject` and `run` of that side what they are with these undone. Another generation is other evidence.
  void load(Which which, const Undone& undone);
  std::uint64_t generation(Which which) const { return loaded_.of(which).generation; }
  reference::Subject subject(Which which) const { return {&loaded_.of(which).subject, &loaded_.of(which).shared}; }
  const evidence::Run& run(Which which) const { return loaded_.of(which).run; }

 private:
  struct Loaded {
    std::uint64_t generation = 0;
    std::optional<std::vector<bool>> key, shared_key;
    evidence::Datum subject;
    std::vector<evidence::Datum> shared;
    evidence::Run run;
    typed::Program aging;  // types and shared evidence alone: how long they stay fresh
  };

  std::size_t first_datum() const { return differences_.all.size(); }
  std::vector<bool> key_of(const Undone& undone) const;
  std::vector<bool> shared_key_of(const Undone& undone) const;
  void load_settings(Which which, const Undone& undone);
  types::Freshness translated(const types::Freshness& fresh, Which from) const;
  // `datum` is the root of the side's own, to which the other side's pieces are brought.
  void mix(Which which, const Undone& undone, std::size_t index, const DatumDifference& difference,
           const evidence::Datum& others_root, evidence::Datum& root) const;

  const Sides& sides_;
  const Correspondence& correspondence_;
  const Differences& differences_;
  const EvidenceMatch& match_;
  SharedEvidence shared_;
  const std::vector<DatumDifference>& of_shared_;
  Subjects subjects_;
  const std::vector<DatumDifference>* of_subject_ = nullptr;
  PairOf<Loaded> loaded_;
};

}  // namespace muster::compare
