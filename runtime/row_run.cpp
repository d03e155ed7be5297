// SPDX-License-Identifier: Apache-2.0
#include "runtime/row_run.h"

#include <utility>

#include "compiler/typed/usage.h"
#include "runtime/row_judge.h"

namespace muster::runtime {

namespace {

class RowRun {
 public:
  RowRun(const Request& request, const Listener& listener, ingest::Reader& reader)
      : request_(request),
        listener_(listener),
        policy_(request.program->policies[request.policy]),
        reader_(reader),
        waivers_(take_waivers(*request.program, request.policy, request.run, reader.shared())),
        row_judge_(*request.program, policy_, request.run, reader.shared_problems(),
                   aged(*request.program, request.run, std::move(reader.shared())), *waivers_, request.checked_keys),
        notes_(*request.program, policy_.subject),
        tally_(policy_) {
    if (request.subject) row_judge_.advise();  // who asks for one subject wants to know what to do
  }

  verdicts::Tally judge_all();

 private:
  std::optional<verdicts::Outcome> judge(ingest::Row row);
  void tell(const verdicts::Outcome& outcome);

  const Request& request_;
  const Listener& listener_;
  const typed::Policy& policy_;
  ingest::Reader& reader_;
  std::shared_ptr<const waivers::Book> waivers_;
  RowJudge row_judge_;
  ProblemNotes notes_;
  verdicts::Tally tally_;
  Reached reached_;
};

verdicts::Tally RowRun::judge_all() {
  if (listener_.begin) listener_.begin(reader_.file_names());
  if (listener_.waivers) listener_.waivers(waivers_);
  const auto is_to_stop = [this] { return request_.stop && request_.stop(reached_); };
  while (!is_to_stop()) {
    auto row = reader_.next();
    // A record that was being read when somebody said so may be half of one.
    if (!row || is_to_stop()) break;
    ++reached_.records;
    reached_.last = std::visit([](const auto& record) { return record.origin; }, *row);
    if (const auto outcome = judge(std::move(*row))) tell(*outcome);
    reached_.subjects = tally_.subjects;
  }
  tell_notes(listener_, notes_, reader_.notices(), *waivers_);
  return std::move(tally_);
}

// Nothing for what `Request::subject` leaves out: other subjects, and records that can't be told to be it.
std::optional<verdicts::Outcome> RowRun::judge(ingest::Row row) {
  if (auto* unreadable = std::get_if<ingest::UnreadableRow>(&row)) {
    if (request_.subject) return std::nullopt;
    return verdicts::UnreadableRecord{unreadable->origin, std::move(unreadable->message)};
  }
  auto& subject = std::get<ingest::SubjectRow>(row);
  if (request_.subject && !is_of_key(*request_.program, policy_, subject, *request_.subject)) return std::nullopt;
  return row_judge_.judge(std::move(subject));
}

void RowRun::tell(const verdicts::Outcome& outcome) {
  tally_.add(outcome);
  if (const auto* result = std::get_if<verdicts::SubjectResult>(&outcome)) {
    notes_.add(*result);
    if (listener_.needs && listener_.needs(*result, tally_.subjects) == verdicts::Need::nothing) return;
  }
  if (listener_.outcome) listener_.outcome(outcome);
}

}  // namespace

void tell_notes(const Listener& listener, const ProblemNotes& notes, const std::vector<ingest::Notice>& notices,
                const waivers::Book& waivers) {
  if (listener.problem) {
    for (const ProblemNote& note : notes.list()) listener.problem(note);
  }
  if (!listener.notice) return;
  for (const auto& notice : notices) listener.notice(notice);
  for (const auto& idle : waivers.idle_rows())
    listener.notice({idle.origin, idle.message, idle.count, base::Code::idle_waiver});
}

tl::expected<verdicts::Tally, ingest::FileError> judge_by_rows(Request request, const Listener& listener) {
  const typed::Program& program = *request.program;
  const typed::Policy& policy = program.policies[request.policy];
  const typed::Usage usage = typed::usage_of(program, policy);
  auto reader = ingest::Reader::open(program, policy.subject, usage, std::move(request.inputs), request.ingest_options);
  if (!reader) return tl::unexpected(reader.error());
  return RowRun(request, listener, **reader).judge_all();
}

}  // namespace muster::runtime
