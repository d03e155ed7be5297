// SPDX-License-Identifier: Apache-2.0
#include "runtime/row_judge.h"

#include <utility>

#include "runtime/evidence/freshness.h"
#include "runtime/ingest/join_key.h"
#include "runtime/problem_notes.h"

namespace muster::runtime {

using evidence::Problem;

RowJudge::RowJudge(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
                   const std::vector<Problem>& of_shared, std::shared_ptr<const std::vector<evidence::Datum>> shared,
                   const waivers::Book& waivers, std::uint64_t checked_keys)
    : program_(program),
      policy_(policy),
      run_(run),
      of_shared_(of_shared),
      shared_(std::move(shared)),
      engine_(program, policy, run, waivers),
      keys_(checked_keys) {}

verdicts::Outcome RowJudge::judge(ingest::SubjectRow row) {
  evidence::apply_freshness_to_subject(program_, policy_.subject, run_, row.subject);
  auto outcome = engine_.judge({&row.subject, shared_.get()});
  if (auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) {
    unreadable->origin = row.origin;
    return outcome;
  }
  auto& result = std::get<verdicts::SubjectResult>(outcome);
  result.stood_before = stood_before(row);
  result.problems = std::move(row.problems);
  const types::Record& record = program_.types.record_at(policy_.subject);
  if (result.stood_before) insert_repeated_key(record, row.subject.items[*record.key()].origin, result.problems);
  result.problems.insert(result.problems.end(), of_shared_.begin(), of_shared_.end());
  result.key = std::move(row.key);
  result.label = std::move(row.label);
  return outcome;
}

// By value, too.
bool RowJudge::stood_before(const ingest::SubjectRow& row) {
  std::string key;
  ingest::append_key(key, row.subject.items[*program_.types.record_at(policy_.subject).key()].scalar);
  return keys_.stood_before(key);
}

std::shared_ptr<const waivers::Book> take_waivers(const typed::Program& program, std::uint32_t policy,
                                                  const evidence::Run& run, std::vector<evidence::Datum>& shared) {
  auto book = std::make_shared<waivers::Book>(program, policy, run.today);
  if (const auto rows = program.waiver_rows) book->add_rows(std::exchange(shared[*rows], {}));
  return book;
}

std::shared_ptr<const std::vector<evidence::Datum>> aged(const typed::Program& program, const evidence::Run& run,
                                                         std::vector<evidence::Datum> shared) {
  for (std::size_t i = 0; i < shared.size(); ++i)
    evidence::apply_freshness(program, program.shared[i].type, program.shared[i].fresh, run, shared[i]);
  return std::make_shared<const std::vector<evidence::Datum>>(std::move(shared));
}

bool is_of_key(const typed::Program& program, const typed::Policy& policy, const ingest::SubjectRow& row,
               const types::Scalar& key) {
  const types::FieldIndex field = *program.types.record_at(policy.subject).key();
  return types::equal(row.subject.items[field].scalar, key);
}

}  // namespace muster::runtime
