// SPDX-License-Identifier: Apache-2.0
// One record's spellings to a subject with what is joined to it, or to an unreadable row: the whole of what a record
// means. Each thread that reads subjects has one, for each of their files.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/ingest/datum_reader.h"
#include "runtime/ingest/portfolio.h"

namespace muster::ingest {

class SubjectReader {
 public:
  // The portfolio must outlive the reader.
  SubjectReader(const Portfolio& portfolio, std::uint32_t file);

  Row read(const Spellings& record);

  // What the reading of subjects found wrong with joined sources, so far.
  const NoticeBook& notices() const { return notices_; }
  NoticeBook& notices() { return notices_; }

 private:
  std::optional<std::string> join(evidence::Datum& subject, std::vector<FoundProblem>& problems);
  std::optional<std::string> text_of(const evidence::Datum& subject, types::FieldIndex field) const;
  std::string key_trouble(const evidence::Datum& key) const;
  const types::Record& declared() const { return portfolio_.declared(); }

  const Portfolio& portfolio_;
  const typed::Program& program_;
  std::uint32_t file_;
  DatumReader reader_;
  NoticeBook notices_;
};

}  // namespace muster::ingest
