// SPDX-License-Identifier: Apache-2.0
// One record after the other to its outcome: freshness, the engine, and what the engine itself can't know: key,
// label and problems.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/ingest/ingest.h"
#include "runtime/key_check.h"
#include "runtime/reference/reference.h"
#include "runtime/verdicts/verdicts.h"
#include "runtime/waivers/book.h"

namespace muster::runtime {

class RowJudge {
 public:
  // All of them must outlive this; `shared` is aged, `of_shared` is what was wrong with it. Of the first `checked_keys`
  // subjects it is known which keys stood before.
  RowJudge(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
           const std::vector<evidence::Problem>& of_shared, std::shared_ptr<const std::vector<evidence::Datum>> shared,
           const waivers::Book& waivers, std::uint64_t checked_keys);

  // From now on results say what to do about what is not met.
  void advise() { engine_.advise(); }

  verdicts::Outcome judge(ingest::SubjectRow row);

 private:
  bool stood_before(const ingest::SubjectRow& row);

  const typed::Program& program_;
  const typed::Policy& policy_;
  const evidence::Run& run_;
  const std::vector<evidence::Problem>& of_shared_;
  std::shared_ptr<const std::vector<evidence::Datum>> shared_;
  reference::Engine engine_;
  KeyCheck keys_;
};

// The waivers of a run. Takes their rows, of which there may be many, out of the shared evidence.
std::shared_ptr<const waivers::Book> take_waivers(const typed::Program& program, std::uint32_t policy,
                                                  const evidence::Run& run, std::vector<evidence::Datum>& shared);

// Shared evidence as it was read, fresh or stale as of this run.
std::shared_ptr<const std::vector<evidence::Datum>> aged(const typed::Program& program, const evidence::Run& run,
                                                         std::vector<evidence::Datum> shared);

// Whether it is the subject of this key, by value: `1.4` and `1.4.0` are one version.
bool is_of_key(const typed::Program& program, const typed::Policy& policy, const ingest::SubjectRow& row,
               const types::Scalar& key);

}  // namespace muster::runtime
