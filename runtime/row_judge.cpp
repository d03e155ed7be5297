// SPDX-License-Identifier: Apache-2.0
#include "runtime/row_judge.h"

#include <string_view>
#include <utility>

#include "runtime/evidence/freshness.h"
#include "runtime/ingest/join_key.h"

namespace muster::runtime {

using evidence::Problem;

RowJudge::RowJudge(const typed::Program& program, const typed::Policy& policy, const evidence::Run& run,
                   const ingest::Reader& reader, std::vector<evidence::Datum> shared, const waivers::Book& waivers,
                   std::uint64_t checked_keys)
    : program_(program),
      policy_(policy),
      run_(run),
      reader_(reader),
      shared_(std::move(shared)),
      engine_(program, policy, run, waivers),
      unchecked_keys_(checked_keys) {
  for (std::size_t i = 0; i < shared_.size(); ++i) {
    evidence::apply_freshness(program, program.shared[i].type, program.shared[i].fresh, run, shared_[i]);
  }
}

verdicts::Outcome RowJudge::judge(ingest::SubjectRow row) {
  evidence::apply_freshness_to_subject(program_, policy_.subject, run_, row.subject);
  auto outcome = engine_.judge({&row.subject, &shared_});
  if (auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome)) {
    unreadable->origin = row.origin;
    return outcome;
  }
  auto& result = std::get<verdicts::SubjectResult>(outcome);
  result.origin = row.origin;
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
bool RowJudge::stood_before(const ingest::SubjectRow& row) {
  if (unchecked_keys_ == 0) return false;
  --unchecked_keys_;
  std::string key;
  ingest::append_key(key, row.subject.items[*program_.types.record_at(policy_.subject).key()].scalar);
  return !keys_.insert(std::move(key)).second;
}

// Problems stand in the order of the subject's fields.
void RowJudge::insert_duplicate_problem(const ingest::SubjectRow& row, std::vector<Problem>& problems) const {
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

std::shared_ptr<const waivers::Book> take_waivers(const typed::Program& program, std::uint32_t policy,
                                                  const evidence::Run& run, std::vector<evidence::Datum>& shared) {
  auto book = std::make_shared<waivers::Book>(program, policy, run.today);
  if (const auto rows = program.waiver_rows) book->add_rows(std::exchange(shared[*rows], {}));
  return book;
}

bool is_of_key(const typed::Program& program, const typed::Policy& policy, const ingest::SubjectRow& row,
               const types::Scalar& key) {
  const types::FieldIndex field = *program.types.record_at(policy.subject).key();
  return types::equal(row.subject.items[field].scalar, key);
}

}  // namespace muster::runtime
