// SPDX-License-Identifier: Apache-2.0
#include "runtime/column_run.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "compiler/column_code.h"
#include "compiler/typed/usage.h"
#include "runtime/chunk_judge.h"
#include "runtime/ingest/join_key.h"
#include "runtime/key_check.h"
#include "runtime/row_run.h"

namespace muster::runtime {

namespace {

using ingest::Chunk;
using ingest::ParsedBatch;

// How often somebody is asked whether to stop while nothing arrives.
constexpr std::chrono::milliseconds kBetweenQuestions{50};
// Keys, until what was fetched for one is there.
constexpr std::size_t kFetchedAhead = 32;

// What may be in force in a run: conditions stand in modules, so they are known; rows of data, once they are read, may
// name subjects for any criterion.
lower::Waivers waivers_of(const typed::Program& program, const Request& request) {
  const typed::Policy& policy = program.policies[request.policy];
  const waivers::Book declared(program, request.policy, request.run.today);
  lower::Waivers waivers;
  if (declared.all().empty() && !program.waiver_rows) return waivers;
  for (std::uint32_t criterion = 0; criterion < policy.criteria.size(); ++criterion) {
    lower::Waivers::OfCriterion of;
    of.names_subjects = program.waiver_rows.has_value() || declared.names_subjects(criterion);
    for (const std::uint32_t each : declared.with_conditions(criterion))
      of.conditions.push_back(declared.all()[each].where);
    waivers.criteria.push_back(std::move(of));
  }
  return waivers;
}

std::unordered_map<std::string, Sharing::Named> named_subjects(const lower::Waivers& waivers,
                                                               const waivers::Book& book) {
  std::unordered_map<std::string, Sharing::Named> named;
  std::uint32_t bitmap = 0;
  for (std::uint32_t criterion = 0; criterion < waivers.criteria.size(); ++criterion) {
    if (!waivers.criteria[criterion].names_subjects) continue;
    for (const auto& [key, of] : book.by_key(criterion)) {
      std::string bytes;
      ingest::append_key(bytes, key);
      named.try_emplace(std::move(bytes), Sharing::Named{key, {}}).first->second.bitmaps.push_back(bitmap);
    }
    ++bitmap;
  }
  return named;
}

// A chunk under way, with all that was made of it. Its memory is used again.
struct Slot {
  Chunk chunk;
  std::vector<std::unique_ptr<ParsedBatch>> parsed;
  std::vector<JudgedBatch> judged;
};

// What was found, told in the order of the file.
class Teller {
 public:
  Teller(const Sharing& sharing, ingest::NoticeBook notices)
      : sharing_(sharing),
        keys_(sharing.request.checked_keys),
        notes_(*sharing.request.program, sharing.policy.subject),
        notices_(std::move(notices)),
        tally_(sharing.policy) {}

  // False where the run is to end.
  bool tell(Slot& slot) {
    note_headers(slot.chunk.file + 1);
    for (JudgedBatch& batch : slot.judged) {
      if (is_to_stop()) return false;
      tell(slot.chunk, batch);
      reached_.records += batch.records;
      reached_.subjects = tally_.subjects;
      reached_.last = {slot.chunk.file, batch.parsed->records.back().line};
    }
    return true;
  }

  bool is_to_stop() const { return sharing_.request.stop && sharing_.request.stop(reached_); }

  verdicts::Tally finish() {
    note_headers(sharing_.portfolio.subject_files());
    tell_notes(sharing_.listener, notes_, notices_.list(), sharing_.waivers);
    return std::move(tally_);
  }

 private:
  void tell(const Chunk& chunk, JudgedBatch& batch) {
    for (const ingest::Notice& notice : batch.parsed->notices) notices_.add(notice);
    if (sharing_.request.subject) {
      tell_one(chunk, batch);
    } else {
      const std::vector<Repeated> repeated = repeated_keys(chunk, batch);
      batch.tally.duplicate_keys += repeated.size();
      notes_.add(*batch.parsed, batch.tally.subjects, repeated, sharing_.portfolio.shared_problems());
      tell_outcomes(batch, repeated);
    }
    tally_.add(batch.tally);
  }

  // What is wrong with a file's header is told before its first records.
  void note_headers(std::uint32_t files) {
    for (; next_file_ < files; ++next_file_)
      notices_.note_columns(sharing_.chunks.missing_columns(next_file_), next_file_);
  }

  std::vector<Repeated> repeated_keys(const Chunk& chunk, const JudgedBatch& batch) {
    const ParsedBatch& parsed = *batch.parsed;
    std::vector<Repeated> repeated;
    std::size_t lost = 0;
    const std::size_t rows = parsed.batch.subjects();
    const std::size_t hashed = keys_.has_table() ? rows : 0;
    hashes_.resize(hashed);
    for (std::size_t row = 0; row < hashed; ++row) hashes_[row] = KeyCheck::hash_of(parsed.keys[row]);
    for (std::uint32_t row = 0; row < rows; ++row) {
      if (row + kFetchedAhead < hashed) keys_.fetch(hashes_[row + kFetchedAhead]);
      if (lost < batch.lost.size() && batch.lost[lost] == row) {
        ++lost;
      } else if (row < hashed ? keys_.stood_before(parsed.keys[row], hashes_[row])
                              : keys_.stood_before(parsed.keys[row])) {
        repeated.push_back({row, {}, {}});
      }
    }
    std::size_t at = 0;
    for (const ingest::ParsedRecord& record : parsed.records) {
      if (at == repeated.size()) break;
      if (!record.is_subject || record.index != repeated[at].row) continue;
      repeated[at].origin = {chunk.file, record.line};
      if (at == 0) repeated[at].key = parser_of(sharing_, chunk.file, {})->reread(chunk, record).key;
      ++at;
    }
    return repeated;
  }

  void tell_outcomes(JudgedBatch& batch, const std::vector<Repeated>& repeated) {
    if (!sharing_.listener.outcome) return;
    auto next = repeated.begin();
    for (Wanted& each : batch.outcomes) {
      if (auto* result = std::get_if<verdicts::SubjectResult>(&each.outcome)) {
        while (next != repeated.end() && next->row < each.row) ++next;
        if (next != repeated.end() && next->row == each.row) mark_repeated(*result, next->origin);
      }
      sharing_.listener.outcome(each.outcome);
    }
  }

  // Of the one subject that is asked for.
  void tell_one(const Chunk& chunk, JudgedBatch& batch) {
    for (Wanted& each : batch.outcomes) {
      if (auto* result = std::get_if<verdicts::SubjectResult>(&each.outcome)) {
        if (keys_.stood_before(batch.parsed->keys[each.row])) {
          mark_repeated(*result, origin_of(chunk, batch, each.row));
          ++batch.tally.duplicate_keys;
        }
        notes_.add(*result);
      }
      if (sharing_.listener.outcome) sharing_.listener.outcome(each.outcome);
    }
  }

  static evidence::Origin origin_of(const Chunk& chunk, const JudgedBatch& batch, std::uint32_t row) {
    for (const ingest::ParsedRecord& record : batch.parsed->records) {
      if (record.is_subject && record.index == row) return {chunk.file, record.line};
    }
    return {};
  }

  void mark_repeated(verdicts::SubjectResult& result, evidence::Origin origin) const {
    result.stood_before = true;
    insert_repeated_key(sharing_.portfolio.declared(), origin, result.problems);
  }

  const Sharing& sharing_;
  KeyCheck keys_;
  std::vector<std::uint32_t> hashes_;  // of a batch's keys
  ProblemNotes notes_;
  ingest::NoticeBook notices_;
  verdicts::Tally tally_;
  Reached reached_;
  std::uint32_t next_file_ = 0;
};

using MakeJudge = std::function<std::unique_ptr<ChunkJudge>()>;

void judge_here(ingest::PortfolioChunks& reader, const MakeJudge& make_judge, Teller& teller) {
  const std::unique_ptr<ChunkJudge> judge = make_judge();
  Slot slot;
  while (reader.next(slot.chunk)) {
    slot.judged = judge->judge(slot.chunk, slot.parsed);
    if (!teller.tell(slot)) return;
  }
}

// Workers take turns at the file; the one who called tells what they found.
class Crew {
 public:
  Crew(ingest::PortfolioChunks& reader, const MakeJudge& make_judge, unsigned workers)
      : reader_(reader), free_(2 * workers + 2) {
    for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this, make_judge] { work(make_judge); });
  }

  ~Crew() {
    {
      const std::lock_guard hold(lock_);
      ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  // The next chunk's findings, in the order of the file; nothing at the end, or where the run is to stop.
  std::unique_ptr<Slot> next(const Teller& teller) {
    std::unique_lock hold(lock_);
    while (true) {
      if (failure_) std::rethrow_exception(failure_);
      if (const auto found = done_.find(next_told_); found != done_.end()) {
        auto slot = std::move(found->second);
        done_.erase(found);
        ++next_told_;
        return slot;
      }
      if (at_end_ && next_told_ == chunks_read_) return nullptr;
      if (changed_.wait_for(hold, kBetweenQuestions) == std::cv_status::timeout) {
        hold.unlock();
        if (teller.is_to_stop()) return nullptr;
        hold.lock();
      }
    }
  }

  void give_back(std::unique_ptr<Slot> slot) {
    {
      const std::lock_guard hold(lock_);
      idle_.push_back(std::move(slot));
      ++free_;
    }
    changed_.notify_all();
  }

 private:
  void work(const MakeJudge& make_judge) {
    try {
      const std::unique_ptr<ChunkJudge> judge = make_judge();
      while (std::unique_ptr<Slot> slot = take()) {
        slot->judged = judge->judge(slot->chunk, slot->parsed);
        const std::lock_guard hold(lock_);
        const std::uint64_t number = slot->chunk.number;
        done_.emplace(number, std::move(slot));
        changed_.notify_all();
      }
    } catch (...) {
      const std::lock_guard hold(lock_);
      failure_ = std::current_exception();
      ending_ = true;
      changed_.notify_all();
    }
  }

  // The next chunk of the file; nothing at its end.
  std::unique_ptr<Slot> take() {
    std::unique_ptr<Slot> slot;
    {
      std::unique_lock hold(lock_);
      changed_.wait(hold, [this] { return ending_ || at_end_ || free_ > 0; });
      if (ending_ || at_end_) return nullptr;
      --free_;
      if (idle_.empty()) {
        slot = std::make_unique<Slot>();
      } else {
        slot = std::move(idle_.back());
        idle_.pop_back();
      }
    }
    const std::lock_guard read_alone(reading_);
    bool is_over = false;
    {
      const std::lock_guard hold(lock_);
      is_over = at_end_ || ending_;
    }
    if (!is_over && reader_.next(slot->chunk)) {
      const std::lock_guard hold(lock_);
      ++chunks_read_;
      return slot;
    }
    const std::lock_guard hold(lock_);
    at_end_ = true;
    changed_.notify_all();
    return nullptr;
  }

  ingest::PortfolioChunks& reader_;
  std::mutex reading_;
  std::mutex lock_;  // of all below
  std::condition_variable changed_;
  std::size_t free_;  // chunks that may still be under way
  std::vector<std::unique_ptr<Slot>> idle_;
  std::map<std::uint64_t, std::unique_ptr<Slot>> done_;  // by number
  std::uint64_t next_told_ = 0, chunks_read_ = 0;
  bool at_end_ = false, ending_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> workers_;
};

void judge_by_crew(ingest::PortfolioChunks& reader, const MakeJudge& make_judge, unsigned workers, Teller& teller) {
  Crew crew(reader, make_judge, workers);
  while (std::unique_ptr<Slot> slot = crew.next(teller)) {
    if (!teller.tell(*slot)) return;
    crew.give_back(std::move(slot));
  }
}

}  // namespace

std::optional<tl::expected<verdicts::Tally, ingest::FileError>> judge_by_columns(Request& request,
                                                                                 const Listener& listener) {
  using Result = tl::expected<verdicts::Tally, ingest::FileError>;
  const typed::Program& program = *request.program;
  const typed::Policy& policy = program.policies[request.policy];
  const typed::Usage usage = typed::usage_of(program, policy);
  const lower::Waivers may_waive = waivers_of(program, request);
  const auto code = compiler::column_code(program, policy, may_waive);
  if (!code) return std::nullopt;
  auto portfolio =
      ingest::Portfolio::open(program, policy.subject, usage, std::move(request.inputs), request.ingest_options);
  if (!portfolio) return Result(tl::unexpected(portfolio.error()));
  auto chunks = ingest::PortfolioChunks::open(**portfolio);
  if (!chunks) return Result(tl::unexpected(chunks.error()));
  const auto waivers = take_waivers(program, request.policy, request.run, (*portfolio)->shared());

  const ingest::ColumnWriter writer(program.types, code->layout);
  columns::Batch shared_columns(code->layout);
  writer.set_shared((*portfolio)->shared(), shared_columns);
  MachineCode machine_code(request, *code);
  if (!machine_code.trouble().empty() && listener.another_engine)
    listener.another_engine("the JIT can't be used, the interpreter goes on: " + machine_code.trouble());
  const Sharing sharing{request,      listener,       policy,
                        **portfolio,  *chunks,        *code,
                        writer,       shared_columns, aged(program, request.run, std::move((*portfolio)->shared())),
                        machine_code, *waivers,       named_subjects(may_waive, *waivers)};
  if (listener.begin) listener.begin((*portfolio)->file_names());
  if (listener.waivers) listener.waivers(waivers);

  ingest::NoticeBook notices = (*portfolio)->notices();
  Teller teller(sharing, std::move(notices));
  const MakeJudge make_judge = [&] { return std::make_unique<ChunkJudge>(sharing); };
  if (request.jobs <= 1) {
    judge_here(*chunks, make_judge, teller);
  } else {
    judge_by_crew(*chunks, make_judge, request.jobs, teller);
  }
  return Result(teller.finish());
}

}  // namespace muster::runtime
