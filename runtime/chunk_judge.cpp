// SPDX-License-Identifier: Apache-2.0
#include "runtime/chunk_judge.h"

#include <utility>

#include "runtime/ingest/join_key.h"
#include "runtime/ingest/problem_tallies.h"
#include "runtime/interpret/interpreter.h"

namespace muster::runtime {

using columns::Executor;
using columns::Window;
using ingest::Chunk;
using ingest::ParsedBatch;
using ingest::ParsedRecord;
using verdicts::Need;
using verdicts::Outcome;
using verdicts::SubjectResult;

namespace {

ingest::ParserOptions parser_options(const Sharing& sharing) {
  ingest::ParserOptions options;
  if (sharing.listener.most != Need::nothing) options.texts = ingest::ParserOptions::Texts::keys_and_labels;
  return options;
}

}  // namespace

std::unique_ptr<ingest::ChunkParser> parser_of(const Sharing& sharing, std::uint32_t file,
                                               ingest::ParserOptions options) {
  return std::make_unique<ingest::ChunkParser>(sharing.portfolio, file, sharing.chunks.header(file), sharing.writer,
                                               sharing.code.layout, options);
}

ChunkJudge::ChunkJudge(const Sharing& sharing)
    : sharing_(sharing),
      row_judge_(*sharing.request.program, sharing.policy, sharing.request.run, sharing.portfolio.shared_problems(),
                 sharing.aged, sharing.waivers, 0) {
  take_up_machine_code();
  if (!sharing.request.subject) return;
  row_judge_.advise();  // who asks for one subject wants to know what to do
  ingest::append_key(wanted_key_, *sharing.request.subject);
}

// The first executor, and another one as soon as there is machine code.
void ChunkJudge::take_up_machine_code() {
  if (has_machine_code_) return;
  auto compiled = sharing_.machine_code.compiled();
  if (executor_ && !compiled) return;
  has_machine_code_ = compiled != nullptr;
  const typed::Program& program = *sharing_.request.program;
  findings_.reset();
  executor_ =
      std::make_unique<interpret::Interpreter>(sharing_.code, program, sharing_.policy, sharing_.request.run,
                                               sharing_.shared_columns, kernels::best_level(), std::move(compiled));
  findings_.emplace(program, sharing_.policy, sharing_.code, *executor_, sharing_.waivers);
}

Executor::Done ChunkJudge::execute(const columns::Batch& batch, Window window) {
  if (!sharing_.machine_code.is_counting()) return executor_->run(batch, window);
  const auto begin = sharing_.request.clock();
  const Executor::Done done = executor_->run(batch, window);
  sharing_.machine_code.add_time(sharing_.request.clock() - begin);
  return done;
}

std::vector<JudgedBatch> ChunkJudge::judge(const Chunk& chunk, std::vector<std::unique_ptr<ParsedBatch>>& parsed) {
  if (!parser_ || parser_file_ != chunk.file) {
    parser_ = parser_of(sharing_, chunk.file, parser_options(sharing_));
    parser_file_ = chunk.file;
  }
  std::vector<JudgedBatch> all;
  // More rows than a chunk has.
  first_position_ = chunk.number << 32;
  parser_->start(chunk);
  while (true) {
    if (all.size() == parsed.size()) parsed.push_back(std::make_unique<ParsedBatch>(sharing_.code.layout));
    ParsedBatch& next = *parsed[all.size()];
    if (!parser_->next(next)) break;
    JudgedBatch& judged = all.emplace_back(sharing_.policy);
    judged.parsed = &next;
    judged.records = next.records.size();
    if (sharing_.request.subject) {
      look_for(chunk, judged);
      continue;
    }
    judged.tally.unreadable += next.unreadable.size();
    take_up_machine_code();
    name_subjects(next);
    next_record_ = 0;
    judge_window(chunk, {0, static_cast<std::uint32_t>(next.batch.subjects())}, judged);
    tell_unreadable(next.records.size(), judged);
    if (!judged.lost.empty()) leave_out_lost(chunk, judged);
    first_position_ += next.batch.subjects();
  }
  return all;
}

void ChunkJudge::judge_window(const Chunk& chunk, Window window, JudgedBatch& judged) {
  if (window.first == window.last) return;
  if (execute(judged.parsed->batch, window) == Executor::Done::all) {
    findings_->count(window, judged.tally);
    tell(chunk, window, judged);
  } else if (window.last - window.first == 1) {
    judge_alone(chunk, record_of(window.first, judged), window.first, judged);
  } else {
    const std::uint32_t middle = window.first + (window.last - window.first) / 2;
    judge_window(chunk, {window.first, middle}, judged);
    judge_window(chunk, {middle, window.last}, judged);
  }
}

// Says of each subject what somebody needs of it, and marks the waivers that are shown.
void ChunkJudge::tell(const Chunk& chunk, Window window, JudgedBatch& judged) {
  const ParsedBatch& parsed = *judged.parsed;
  const Listener& listener = sharing_.listener;
  if (findings_->has_waivers()) {
    for (std::uint32_t row = window.first; row < window.last; ++row)
      findings_->mark_waivers(row, named_key(parsed, row), judged.tally.shown_waivers);
  }
  if (listener.most == Need::nothing) return;
  asked_.clear();
  for (std::uint32_t row = window.first; row < window.last; ++row) {
    const ParsedRecord& record = record_of(row, judged);
    SubjectResult result = findings_->of(row, named_key(parsed, row));
    const Need need = need_of(result, row);
    if (need == Need::nothing) continue;
    if (need == Need::reasons) {
      asked_.push_back({judged.outcomes.size(), &record});
    } else {
      result.key = std::string(parsed.key_texts[row]);
      if (parsed.has_label[row]) result.label = std::string(parsed.labels[row]);
    }
    judged.outcomes.push_back({std::move(result), row});
  }
  give_reasons(chunk, judged);
}

// Of those that were asked for and, now that all of the window were shown, still are: who wants the worst knows only
// then which they are.
void ChunkJudge::give_reasons(const Chunk& chunk, JudgedBatch& judged) {
  if (asked_.empty()) return;
  std::size_t kept = asked_.front().outcome;
  auto asked = asked_.begin();
  for (std::size_t at = kept; at < judged.outcomes.size(); ++at) {
    Wanted& wanted = judged.outcomes[at];
    if (asked != asked_.end() && asked->outcome == at) {
      const ParsedRecord& record = *asked++->record;
      if (need_of(std::get<SubjectResult>(wanted.outcome), wanted.row) == Need::nothing) continue;
      wanted.outcome = row_judge_.judge(parser_->reread(chunk, record));
    }
    if (kept != at) judged.outcomes[kept] = std::move(wanted);
    ++kept;
  }
  judged.outcomes.erase(judged.outcomes.begin() + static_cast<std::ptrdiff_t>(kept), judged.outcomes.end());
}

Need ChunkJudge::need_of(const SubjectResult& result, std::uint32_t row) const {
  return sharing_.listener.needs ? sharing_.listener.needs(result, first_position_ + row) : Need::reasons;
}

// A subject that is too large for columns.
void ChunkJudge::judge_alone(const Chunk& chunk, const ParsedRecord& record, std::uint32_t row, JudgedBatch& judged) {
  Outcome outcome = row_judge_.judge(parser_->reread(chunk, record));
  judged.tally.add(outcome);
  const auto* result = std::get_if<SubjectResult>(&outcome);
  if (result == nullptr) {
    judged.lost.push_back(row);
  } else if (need_of(*result, row) == Need::nothing) {
    return;
  }
  judged.outcomes.push_back({std::move(outcome), row});
}

// The record of a subject, after all before it that can't be read were told of.
const ParsedRecord& ChunkJudge::record_of(std::uint32_t row, JudgedBatch& judged) {
  const auto& records = judged.parsed->records;
  std::size_t at = next_record_;
  while (!records[at].is_subject || records[at].index != row) ++at;
  tell_unreadable(at, judged);
  next_record_ = at + 1;
  return records[at];
}

void ChunkJudge::tell_unreadable(std::size_t end, JudgedBatch& judged) {
  for (; next_record_ < end; ++next_record_) {
    const ParsedRecord& record = judged.parsed->records[next_record_];
    if (record.is_subject) continue;
    const ingest::UnreadableRow& row = judged.parsed->unreadable[record.index];
    judged.outcomes.push_back({verdicts::UnreadableRecord{row.origin, row.message}, 0});
  }
}

// What is wrong with a subject that nobody judged is no problem of the run.
void ChunkJudge::leave_out_lost(const Chunk& chunk, JudgedBatch& judged) {
  ParsedBatch& parsed = *judged.parsed;
  parsed.problems.clear();
  parser_->forget_problems();
  const types::Record& declared = sharing_.portfolio.declared();
  std::size_t lost = 0;
  for (const ParsedRecord& record : parsed.records) {
    if (!record.is_subject) continue;
    if (lost < judged.lost.size() && judged.lost[lost] == record.index) {
      ++lost;
      continue;
    }
    for (const evidence::Problem& problem : parser_->reread(chunk, record).problems)
      ingest::tally_problem(declared, record.index, problem, parsed);
  }
}

// Of one subject that is asked for by its key.
void ChunkJudge::look_for(const Chunk& chunk, JudgedBatch& judged) {
  for (const ParsedRecord& record : judged.parsed->records) {
    if (!record.is_subject || judged.parsed->keys[record.index] != wanted_key_) continue;
    Outcome outcome = row_judge_.judge(parser_->reread(chunk, record));
    judged.tally.add(outcome);
    judged.outcomes.push_back({std::move(outcome), record.index});
  }
}

void ChunkJudge::name_subjects(ParsedBatch& parsed) const {
  if (sharing_.named.empty()) return;
  for (std::uint32_t row = 0; row < parsed.batch.subjects(); ++row) {
    const auto found = sharing_.named.find(std::string(parsed.keys[row]));
    if (found == sharing_.named.end()) continue;
    for (const std::uint32_t bitmap : found->second.bitmaps) parsed.batch.named(bitmap).set(row);
  }
}

const types::Scalar* ChunkJudge::named_key(const ParsedBatch& parsed, std::uint32_t row) const {
  if (sharing_.named.empty()) return nullptr;
  const auto found = sharing_.named.find(std::string(parsed.keys[row]));
  return found == sharing_.named.end() ? nullptr : &found->second.key;
}

}  // namespace muster::runtime
