// SPDX-License-Identifier: Apache-2.0
// What was wrong with the evidence, for people: one line for each kind of mistake with its count and the place
// of the first, however many records have it. Raw values of private fields never get here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/ingest/ingest.h"
#include "runtime/problem_notes.h"
#include "runtime/verdicts/verdicts.h"

namespace muster::commands {

class DataNotes {
 public:
  DataNotes(const typed::Program& program, types::RecordId subject)
      : program_(program), subject_(subject), counted_(program, subject) {}

  // `file_names` are those that origins index.
  void begin(const std::vector<std::string>& file_names) { file_names_ = file_names; }
  void add(const verdicts::Outcome& outcome);
  void add(const verdicts::UnreadableRecord& record);
  void add(const runtime::ProblemNote& note);
  void add(const ingest::Notice& notice);

  // Lines with their ends, in the order in which the mistakes first came up; unreadable records first.
  std::string text() const;

 private:
  std::string line(const runtime::ProblemNote& note) const;
  std::string place(evidence::Origin origin) const;
  struct FieldType {
    std::string text;   // as an author writes it; empty where the path is of no field
    std::string takes;  // what data may say, for the end of a message
  };
  FieldType type_of(const std::string& field) const;
  bool is_converted(std::string field) const;

  const typed::Program& program_;
  types::RecordId subject_;
  std::vector<std::string> file_names_;
  std::vector<std::string> unreadable_;  // lines of the first few
  std::uint64_t unreadable_count_ = 0;
  std::vector<runtime::ProblemNote> told_;  // of a run
  runtime::ProblemNotes counted_;           // of outcomes
  std::vector<std::string> notices_;        // lines
};

// A file that can't be read as what it is, in the form of the other lines.
std::string file_error_line(const ingest::FileError& error);

}  // namespace muster::commands
