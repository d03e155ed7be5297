// SPDX-License-Identifier: Apache-2.0
// How a record's fields in use are found in a source's records: by their names, or where a binding says. Made
// once for a run; tells the source which keys are wanted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "compiler/typed/usage.h"
#include "runtime/ingest/wanted_keys.h"

namespace muster::ingest {

using PlanId = std::uint32_t;
using FieldPath = std::vector<types::FieldIndex>;

struct FieldPlan {
  types::FieldIndex field = 0;
  // Rows of another source give it, or the key that its record stands under: it is not looked for.
  bool given = false;
  const typed::SourcePath* bound = nullptr;  // from the bound record; else by one of the names
  std::vector<std::string> names;            // the default: as it stands, kebab-case, camelCase
  // Left sides that reach into it (`review.alpha <- ...`): it is there as soon as one of these is.
  std::vector<const typed::SourcePath*> parts;
  std::optional<PlanId> record;  // of its type, or of its elements', where that is a record
};

struct RecordPlan {
  types::RecordId record = 0;
  std::vector<FieldPlan> fields;  // those in use, in the record's order
};

// What a binding says of the record that it binds.
struct RecordBinding {
  const std::vector<typed::BoundField>* fields = nullptr;  // nothing: all by default
  std::vector<FieldPath> joined;                           // fields that others give
};

class RecordPlans {
 public:
  // `binding` must outlive the plans.
  PlanId add(const typed::Program& program, types::RecordId record, const typed::Use& use, const RecordBinding& binding,
             WantedKeys& wanted);
  const RecordPlan& operator[](PlanId id) const { return plans_[id]; }

 private:
  class Maker;
  std::vector<RecordPlan> plans_;
};

// Of `Drill`, `Drill?`, `list of Drill`: the record, if it is one.
std::optional<types::RecordId> innermost_record(const types::Table& types, types::TypeId type);

// Adds what a path reads, and gives the node of what is found there.
WantedId want(WantedKeys& wanted, const typed::SourcePath& path);

// `keyed by f` of a path, if it has that.
const typed::Converter* key_converter(const typed::SourcePath* path);

}  // namespace muster::ingest
