// SPDX-License-Identifier: Apache-2.0
// What one worker of a run over columns does with a chunk: parses it into batches, runs the policy's code over them,
// and says what was found: counts of all, and outcomes where somebody wants them. Reasons are asked of the reference
// engine, and so are subjects that are too large for columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/ir/code.h"
#include "runtime/columns/executor.h"
#include "runtime/engine.h"
#include "runtime/findings/findings.h"
#include "runtime/ingest/chunk_parser.h"
#include "runtime/ingest/portfolio_chunks.h"
#include "runtime/machine_code.h"
#include "runtime/row_judge.h"

namespace muster::runtime {

// What the workers of a run share; nothing in it changes.
struct Sharing {
  const Request& request;
  const Listener& listener;
  const typed::Policy& policy;
  const ingest::Portfolio& portfolio;
  const ingest::PortfolioChunks& chunks;  // for headers alone
  const ir::Code& code;
  const ingest::ColumnWriter& writer;
  const columns::Batch& shared_columns;
  std::shared_ptr<const std::vector<evidence::Datum>> aged;  // shared evidence
  MachineCode& machine_code;                                 // the one thing that changes; any thread may use it
  const waivers::Book& waivers;
  // Subjects that waivers name, by the bytes of their keys: the key, and which bitmaps of `named` it is set in.
  struct Named {
    types::Scalar key;
    std::vector<std::uint32_t> bitmaps;
  };
  std::unordered_map<std::string, Named> named;
};

std::unique_ptr<ingest::ChunkParser> parser_of(const Sharing& sharing, std::uint32_t file,
                                               ingest::ParserOptions options);

// What somebody wants of a subject, in its place.
struct Wanted {
  verdicts::Outcome outcome;
  std::uint32_t row = 0;  // of the batch, if it is a subject's
};

struct JudgedBatch {
  explicit JudgedBatch(const typed::Policy& policy) : tally(policy) {}

  std::uint64_t records = 0;
  verdicts::Tally tally;  // but for repeated keys
  std::vector<Wanted> outcomes;
  ingest::ParsedBatch* parsed = nullptr;  // its keys, problems and notices
  std::vector<std::uint32_t> lost;        // rows of subjects that take more steps than they may
};

class ChunkJudge {
 public:
  // The sharing must outlive this.
  explicit ChunkJudge(const Sharing& sharing);

  // Judges the chunk batch by batch; `parsed` is memory for as many as it takes, and the result points there.
  std::vector<JudgedBatch> judge(const ingest::Chunk& chunk, std::vector<std::unique_ptr<ingest::ParsedBatch>>& parsed);

 private:
  void take_up_machine_code();
  columns::Executor::Done execute(const columns::Batch& batch, columns::Window window);
  void judge_window(const ingest::Chunk& chunk, columns::Window window, JudgedBatch& judged);
  void tell(const ingest::Chunk& chunk, columns::Window window, JudgedBatch& judged);
  void give_reasons(const ingest::Chunk& chunk, JudgedBatch& judged);
  verdicts::Need need_of(const verdicts::SubjectResult& result, std::uint32_t row) const;
  void judge_alone(const ingest::Chunk& chunk, const ingest::ParsedRecord& record, std::uint32_t row,
                   JudgedBatch& judged);
  const ingest::ParsedRecord& record_of(std::uint32_t row, JudgedBatch& judged);
  void tell_unreadable(std::size_t end, JudgedBatch& judged);
  void leave_out_lost(const ingest::Chunk& chunk, JudgedBatch& judged);
  void look_for(const ingest::Chunk& chunk, JudgedBatch& judged);
  void name_subjects(ingest::ParsedBatch& parsed) const;
  const types::Scalar* named_key(const ingest::ParsedBatch& parsed, std::uint32_t row) const;

  const Sharing& sharing_;
  std::unique_ptr<ingest::ChunkParser> parser_;  // of the file that the chunk is of
  std::uint32_t parser_file_ = 0;
  bool has_machine_code_ = false;
  std::unique_ptr<columns::Executor> executor_;
  std::optional<findings::Findings> findings_;  // of the executor
  RowJudge row_judge_;
  std::string wanted_key_;  // of Request::subject
  std::size_t next_record_ = 0;
  std::uint64_t first_position_ = 0;  // in the portfolio, of the batch's first row
  // Whose reasons somebody wants.
  struct Asked {
    std::size_t outcome;  // index into JudgedBatch::outcomes
    const ingest::ParsedRecord* record;
  };
  std::vector<Asked> asked_;  // of a window
};

}  // namespace muster::runtime
