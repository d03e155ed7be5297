// SPDX-License-Identifier: Apache-2.0
// From a record's spellings to data: finds each field in use, converts and reads it, and decides what is known,
// absent and unknown. What joins give is left out here.
#pragma once

#include <optional>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "runtime/ingest/converters.h"
#include "runtime/ingest/found_problem.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/record_plan.h"
#include "runtime/ingest/spelling.h"

namespace muster::ingest {

// Whether what stands there may be shown: of a `private` field it may not.
enum class Privacy : std::uint8_t { shown, hidden };

class DatumReader {
 public:
  // Program and plans must outlive the reader. `file` is the source's, for origins.
  DatumReader(const typed::Program& program, const RecordPlans& plans, typed::Completeness completeness,
              std::uint32_t file, Privacy privacy, const Limits& limits);

  // The whole record as one of this plan.
  evidence::Datum record(const Spellings& record, PlanId plan, std::vector<FoundProblem>& problems);
  // A scalar of this type at a path of the record, or several where it gives a list. Problems are of its elements.
  std::vector<evidence::Datum> scalars(const Spellings& record, const typed::SourcePath& path, types::TypeId type,
                                       std::vector<FoundProblem>& problems);

  // What was read last passed a limit: the record counts as unreadable, and this says why.
  const std::optional<std::string>& passed_limit() const { return passed_limit_; }

  // What a field of this type is where nothing is there: absent, empty or unknown, as far as the source is complete.
  evidence::Datum missing(types::TypeId type, evidence::Origin origin) const;

 private:
  class Reading;

  void begin();

  const typed::Program& program_;
  const RecordPlans& plans_;
  typed::Completeness completeness_;
  std::uint32_t file_;
  Privacy privacy_;
  Limits limits_;
  std::optional<std::string> passed_limit_;
  MadeTexts texts_;
};

}  // namespace muster::ingest
