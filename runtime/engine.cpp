// SPDX-License-Identifier: Apache-2.0
#include "runtime/engine.h"

#include <utility>

#include "compiler/typed/usage.h"
#include "runtime/row_judge.h"

namespace muster::runtime {

namespace {

class Run {
 public:
  Run(const Request& request, ingest::Reader& reader)
      : request_(request),
        policy_(request.program->policies[request.policy]),
        reader_(reader),
        waivers_(take_waivers(*request.program, request.policy, request.run, reader.shared())),
        row_judge_(*request.program, policy_, request.run, reader, std::move(reader.shared()), *waivers_,
                   request.checked_keys) {
    totals_.gates.resize(policy_.gates.size());
    if (request.subject) row_judge_.advise();  // who asks for one subject wants to know what to do
  }

  Totals judge_all(const Listener& listener);

 private:
  std::optional<verdicts::Outcome> judge(ingest::Row row);
  void count(const verdicts::Outcome& outcome);

  const Request& request_;
  const typed::Policy& policy_;
  ingest::Reader& reader_;
  std::shared_ptr<const waivers::Book> waivers_;
  RowJudge row_judge_;
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

// Nothing for what `Request::subject` leaves out: other subjects, and records that can't be told to be it.
std::optional<verdicts::Outcome> Run::judge(ingest::Row row) {
  if (auto* unreadable = std::get_if<ingest::UnreadableRow>(&row)) {
    if (request_.subject) return std::nullopt;
    return verdicts::UnreadableRecord{unreadable->origin, std::move(unreadable->message)};
  }
  auto& subject = std::get<ingest::SubjectRow>(row);
  if (request_.subject && !is_of_key(*request_.program, policy_, subject, *request_.subject)) return std::nullopt;
  return row_judge_.judge(std::move(subject));
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
  auto reader = ingest::Reader::open(program, policy.subject, usage, std::move(request.inputs), request.ingest_options);
  if (!reader) return tl::unexpected(reader.error());
  return Run(request, **reader).judge_all(listener);
}

}  // namespace muster::runtime
