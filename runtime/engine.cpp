// SPDX-License-Identifier: Apache-2.0
#include "runtime/engine.h"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "compiler/typed/usage.h"
#include "runtime/evidence/freshness.h"
#include "runtime/ingest/join_key.h"
#include "runtime/reference/reference.h"

namespace muster::runtime {

namespace {

using evidence::Problem;

// Judges row by row, and adds what the engine itself can't know: key, label and problems.
class Run {
 public:
  Run(const Request& request, ingest::Reader& reader)
      : request_(request),
        program_(*request.program),
        policy_(program_.policies[request.policy]),
        reader_(reader),
        shared_(std::move(reader.shared())),
        waivers_(book_of(request, shared_)),
        engine_(program_, policy_, request.run, *waivers_) {
    for (std::size_t i = 0; i < shared_.size(); ++i) {
      evidence::apply_freshness(program_, program_.shared[i].type, program_.shared[i].fresh, request.run, shared_[i]);
    }
    totals_.gates.resize(policy_.gates.size());
    if (request.subject) engine_.advise();  // who asks for one subject wants to know what to do
  }

  Totals judge_all(const Listener& listener);

 private:
  static std::shared_ptr<const waivers::Book> book_of(const Request& request, std::vector<evidence::Datum>& shared);
  std::optional<verdicts::Outcome> judge(ingest::Row row);
  verdicts::Outcome judge_subject(ingest::SubjectRow row);
  bool is_wanted(const ingest::SubjectRow& row) const;
  bool stood_before(const ingest::SubjectRow& row);
  void insert_duplicate_problem(const ingest::SubjectRow& row, std::vector<Problem>& problems) const;
  void count(const verdicts::Outcome& outcome);

  const Request& request_;
  const typed::Program& program_;
  const typed::Policy& policy_;
  ingest::Reader& reader_;
  std::vector<evidence::Datum> shared_;  // fresh or stale as of this run
  std::shared_ptr<const waivers::Book> waivers_;
  reference::Engine engine_;
  std::unordered_set<std::string> keys_;
  Totals totals_;
};

Totals Run::judge_all(const Listener& listener) {
  if (listener.begin) listener.begin(reader_.file_names());
  if (listener.waivers) listener.waivers(waivers_);
  while (!request_.stop || !request_.stop()) {
    auto row = reader_.next();
    if (!row) break;
    const auto outcome = judge(std::move(*row));
    if (!outcome) continue;
    count(*outcome);
    if (listener.outcome) listener.outcome(*outcome);
  }
  if (listener.notice) {
    for (const auto& notice : reader_.notices()) listener.notice(notice);
    for (const auto& idle : waivers_->idle_rows())
      listener.notice({idle.origin, idle.message, idle.count, base::Code::idle_waiver});
  }
  return totals_;
}

// Rows of waivers, of which there may be many, are not kept beside it.
std::shared_ptr<const waivers::Book> Run::book_of(const Request& request, std::vector<evidence::Datum>& shared) {
  auto book = std::make_shared<waivers::Book>(*request.program, request.policy, request.run.today);
  if (const auto rows = request.program->waiver_rows) book->add_rows(std::exchange(shared[*rows], {}));
  return book;
}

// Nothing for what `Request::subject` leaves out: other subjects, and records that can't be told to be it.
std::optional<verdicts::Outcome> Run::judge(ingest::Row row) {
  if (auto* unreadable = std::get_if<ingest::UnreadableRow>(&row)) {
    if (request_.subject) return std::nullopt;
    return verdicts::UnreadableRecord{unreadable->origin, std::move(unreadable->message)};
  }
  auto& subject = std::get<ingest::SubjectRow>(row);
  if (request_.subject && !is_wanted(subject)) return std::nullopt;
  return judge_subject(std::move(subject));
}

// By value: `1.4` and `1.4.0` are one version.
bool Run::is_wanted(const ingest::SubjectRow& row) const {
  const types::FieldIndex key = *program_.types.record_at(policy_.subject).key();
  return types::equal(row.subject.items[key].scalar, *request_.subject);
}

verdicts::Outcome Run::judge_subject(ingest::SubjectRow row) {
  evidence::apply_freshness_to_subject(program_, policy_.subject, request_.run, row.subject);
  auto outcome = engine_.judge({&row.subject, &shared_});
  if (auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) {
    unreadable->origin = row.origin;
    return outcome;
  }
  auto& result = std::get<verdicts::SubjectResult>(outcome);
  result.stood_before = stood_before(row);
  result.problems = std::move(row.problems);
  if (result.stood_before) insert_duplicate_problem(row, result.problems);
  const auto& of_shared = reader_.shared_problems();
  result.problems.insert(result.problems.end(), of_shared.begin(), of_shared.end());
  result.key = std::move(row.key);
  result.label = std::move(row.label);
  return outcome;
}

// By value, too.
bool Run::stood_before(const ingest::SubjectRow& row) {
  if (totals_.subjects >= request_.checked_keys) return false;
  std::string key;
  ingest::append_key(key, row.subject.items[*program_.types.record_at(policy_.subject).key()].scalar);
  return !keys_.insert(std::move(key)).second;
}

// Problems stand in the order of the subject's fields.
void Run::insert_duplicate_problem(const ingest::SubjectRow& row, std::vector<Problem>& problems) const {
  const types::Record& record = program_.types.record_at(policy_.subject);
  const types::FieldIndex key = *record.key();
  const auto field_of = [&](const Problem& problem) {
    const std::string_view path = problem.field;
    return record.find(path.substr(0, path.find_first_of(".[")));
  };
  auto place = problems.begin();
  while (place != problems.end()) {
    const auto field = field_of(*place);
    if (field && *field > key) break;
    ++place;
  }
  Problem duplicate;
  duplicate.field = record.fields[key].name;
  duplicate.reason = evidence::Reason::duplicate;
  duplicate.origin = row.subject.items[key].origin;
  problems.insert(place, std::move(duplicate));
}

void Run::count(const verdicts::Outcome& outcome) {
  const auto* result = std::get_if<verdicts::SubjectResult>(&outcome);
  if (result == nullptr) {
    ++totals_.unreadable;
    return;
  }
  ++totals_.subjects;
  if (result->stood_before) ++totals_.duplicate_keys;
  totals_.problems += result->problems.size();
  for (std::size_t i = 0; i < result->gates.size(); ++i) {
    ++totals_.gates[i][static_cast<std::size_t>(verdicts::verdict(result->gates[i]))];
  }
}

}  // namespace

tl::expected<Totals, ingest::FileError> judge(Request request, const Listener& listener) {
  const typed::Program& program = *request.program;
  const typed::Policy& policy = program.policies[request.policy];
  const typed::Usage usage = typed::usage_of(program, policy);
  auto reader = ingest::Reader::open(program, policy.subject, usage, request.run, std::move(request.inputs),
                                     request.ingest_options);
  if (!reader) return tl::unexpected(reader.error());
  return Run(request, **reader).judge_all(listener);
}

}  // namespace muster::runtime
