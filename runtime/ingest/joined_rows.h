// SPDX-License-Identifier: Apache-2.0
// The rows of a joined source, read once and kept by their key, and the data that they give a subject.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/typed/program.h"
#include "runtime/ingest/datum_reader.h"
#include "runtime/ingest/source.h"

namespace muster::ingest {

// What a subject gets: a datum and what was found wrong in it, from its own place on.
struct JoinedDatum {
  evidence::Datum datum;
  std::vector<FoundProblem> problems;
  bool several_rows = false;  // where one was expected
};

// Rows that can be joined to no subject: the key can't be read, or a limit is passed.
struct LostRows {
  std::uint64_t count = 0;
  std::uint32_t first_line = 0;
  std::string message;  // of the first
};

class JoinedRows {
 public:
  // `use` is what is used of the joined field. Program, plans and binding must outlive this.
  JoinedRows(const typed::Program& program, const typed::Binding& binding, const typed::Use& use,
             const RecordBinding& record, std::uint32_t file, const Limits& limits, RecordPlans& plans,
             WantedKeys& wanted);

  void add(const Spellings& row);
  // The row on this line could not be read: it may have been anybody's, so that the source is complete no more.
  void lose_row(std::uint32_t line);

  JoinedDatum of(const evidence::Datum& subject) const;
  const typed::Binding& binding() const { return binding_; }
  const LostRows& lost() const { return lost_; }

 private:
  struct Row {
    std::vector<evidence::Datum> data;  // one, unless a path of a scalar gives a list
    std::vector<FoundProblem> problems;
    std::uint32_t line = 0;
  };
  enum class KeyState : std::uint8_t { known, null, unreadable };

  void lose(const Spellings& row, std::string message);
  std::string key_names() const;
  KeyState key_of(const Spellings& row, std::string& key);
  bool may_be_absent(const typed::JoinPair& pair) const;
  KeyState read_part(const Spellings& row, const typed::JoinPair& pair, std::string& key);
  bool closed() const { return complete_ && !first_lost_; }
  JoinedDatum without_rows() const;
  JoinedDatum one(const std::vector<std::uint32_t>& rows) const;
  JoinedDatum all(const std::vector<std::uint32_t>& rows) const;

  const typed::Program& program_;
  const typed::Binding& binding_;
  types::TypeId element_ = types::kError;
  std::uint32_t file_;
  std::uint64_t list_elements_;
  bool is_list_ = false;
  bool complete_ = false;                       // as declared
  std::optional<evidence::Origin> first_lost_;  // of the rows that could be joined to no subject
  std::optional<PlanId> plan_;
  DatumReader reader_;
  MadeTexts texts_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_key_;
  LostRows lost_;
};

}  // namespace muster::ingest
