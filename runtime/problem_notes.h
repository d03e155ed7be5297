// SPDX-License-Identifier: Apache-2.0
// What was wrong with the evidence of a run, counted: one note for each kind of mistake, with the first of it. Raw
// values of private fields never get here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/evidence/datum.h"
#include "runtime/ingest/parsed_batch.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::runtime {

struct ProblemNote {
  std::string field;  // without the indexes of elements: `drills[].date`
  evidence::Reason reason = evidence::Reason::invalid;
  bool of_key = false;      // a key that stood before
  evidence::Origin origin;  // of the first
  std::string raw;          // of the first; empty where it has none
  std::uint64_t count = 1;
};

// A subject whose key stood before, by its row in a batch.
struct Repeated {
  std::uint32_t row = 0;
  evidence::Origin origin;  // of its key
  std::string key;
};

class ProblemNotes {
 public:
  ProblemNotes(const typed::Program& program, types::RecordId subject)
      : record_(program.types.record_at(subject)), key_(record_.fields[*record_.key()]) {}

  void add(const verdicts::SubjectResult& result);
  // The subjects of a batch, of which so many were judged, those with repeated keys among them; each has the problems
  // of shared evidence.
  void add(const ingest::ParsedBatch& parsed, std::uint64_t subjects, const std::vector<Repeated>& repeated,
           const std::vector<evidence::Problem>& of_shared);

  // In the order in which they first came up.
  const std::vector<ProblemNote>& list() const { return list_; }

 private:
  void count(ProblemNote note);
  ProblemNote note_of(const evidence::Problem& problem) const;
  ProblemNote note_of(const Repeated& repeated) const;

  const types::Record& record_;
  const types::Field& key_;
  std::vector<ProblemNote> list_;
};

// Puts in its place among the problems of a subject, which stand in the order of its fields, that its key stood
// before.
void insert_repeated_key(const types::Record& subject, evidence::Origin origin,
                         std::vector<evidence::Problem>& problems);

}  // namespace muster::runtime
