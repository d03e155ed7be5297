// SPDX-License-Identifier: Apache-2.0
// Which datum of one side's evidence is which of the other's. Two programs may lay out the same evidence in
// different ways: fields correspond by their names, where both policies use them and values mean the same. A datum
// that corresponds to none stays with its own side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/typed/usage.h"
#include "runtime/compare/correspondence.h"
#include "runtime/compare/sides.h"
#include "runtime/evidence/datum.h"

namespace muster::compare {

// Evidence as it was read; nothing is stale yet.
using Subjects = PairOf<const evidence::Datum*>;
using SharedEvidence = PairOf<const std::vector<evidence::Datum>*>;  // one for each of Program::shared

// A datum that is not the same on both sides.
struct DatumDifference {
  std::optional<std::uint32_t> shared;        // EvidenceMatch::shared(); nothing: of the subject
  PairOf<std::vector<std::uint32_t>> places;  // Datum::items, from the root inwards
  std::uint32_t node = 0;                     // EvidenceMatch
  std::string path;                           // `drills[2].passed`
  bool is_private = false;
};

// Where it is said how long evidence stays fresh: at a field, at a type of evidence, or at shared evidence.
struct FreshPlace {
  PairOf<types::RecordId> record;
  std::optional<PairOf<types::FieldIndex>> field;  // nothing: of the type
  std::optional<PairOf<std::uint32_t>> shared;     // then record means nothing
  std::string name;
};

class EvidenceMatch {
 public:
  struct Field {
    std::string name;
    PairOf<types::FieldIndex> index;
    std::uint32_t node = 0;
    bool is_private = false;
  };
  // Of what is there; absent and unknown are the same everywhere.
  struct Node {
    enum class Kind : std::uint8_t { scalar, list, record } kind = Kind::scalar;
    PairOf<types::TypeId> type;  // without `?`; of the subject itself none
    std::uint32_t element = 0;   // list
    std::vector<Field> fields;   // record
  };
  struct Shared {
    PairOf<std::uint32_t> index;
    std::string name;
    std::uint32_t node = 0;
  };

  EvidenceMatch(const Sides& sides, const Correspondence& correspondence);

  const Node& node(std::uint32_t index) const { return nodes_[index]; }
  std::uint32_t subject() const { return subject_; }
  const std::vector<Shared>& shared() const { return shared_; }
  const std::vector<FreshPlace>& fresh_places() const { return fresh_places_; }

  // In the order of the side that is after.
  std::vector<DatumDifference> differences(const Subjects& subjects) const;
  std::vector<DatumDifference> differences(const SharedEvidence& shared) const;

  // `from`, a datum of one side, as the other side lays it out.
  evidence::Datum translated(std::uint32_t node, const evidence::Datum& from, Which to) const;

 private:
  std::optional<std::uint32_t> match(PairOf<types::TypeId> type, PairOf<const typed::Use*> use);
  std::uint32_t match_records(PairOf<types::RecordId> record, PairOf<const typed::Use*> use);
  void add_fresh_place(FreshPlace place);
  const types::Table& table(Which which) const { return sides_.of(which).program->types; }

  struct Found;  // one walk over two data
  void compare(std::uint32_t node, const evidence::Datum& before, const evidence::Datum& after, Found& found) const;
  void compare_lists(const Node& of, const evidence::Datum& before, const evidence::Datum& after, std::uint32_t node,
                     Found& found) const;

  const Sides& sides_;
  bool one_program_ = false;
  std::vector<Node> nodes_;
  std::uint32_t subject_ = 0;
  std::vector<Shared> shared_;
  std::vector<FreshPlace> fresh_places_;
};

}  // namespace muster::compare
