// SPDX-License-Identifier: Apache-2.0
#include "tests/agreement/column_judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/column_code.h"
#include "runtime/findings/findings.h"
#include "runtime/ingest/column_writer.h"
#include "runtime/interpret/interpreter.h"

namespace muster::agreement {

using verdicts::SubjectResult;

namespace {

lower::Waivers in_force(const typed::Policy& policy, const waivers::Book& book) {
  lower::Waivers waivers;
  for (std::uint32_t criterion = 0; criterion < policy.criteria.size(); ++criterion) {
    lower::Waivers::OfCriterion of;
    of.names_subjects = book.names_subjects(criterion);
    for (const std::uint32_t each : book.with_conditions(criterion)) of.conditions.push_back(book.all()[each].where);
    waivers.criteria.push_back(std::move(of));
  }
  return waivers;
}

}  // namespace

ir::Code code_of(const typed::Program& program, const Judge& judge) {
  return *compiler::column_code(program, judge.policy(), in_force(judge.policy(), judge.waivers()));
}

ExecutorFactory interpreter(const typed::Program& program, const Judge& judge, const ir::Code& code,
                            std::shared_ptr<const groups::Compiled> compiled) {
  return [&program, &judge, &code, compiled](const columns::Batch& shared) {
    return std::make_unique<interpret::Interpreter>(code, program, judge.policy(), judge.run(), shared,
                                                    kernels::best_level(), compiled);
  };
}

ColumnJudge::ColumnJudge(const typed::Program& program, const Judge& judge, const ir::Code& code,
                         const std::vector<evidence::Datum>& shared, const ExecutorFactory& executor)
    : program_(program), judge_(judge), code_(code), shared_(code.layout) {
  ingest::ColumnWriter(program.types, code.layout).set_shared(shared, shared_);
  executor_ = executor(shared_);
}

std::vector<SubjectResult> ColumnJudge::judge(const std::vector<Evidence>& subjects, std::size_t batch_rows) {
  const ingest::ColumnWriter writer(program_.types, code_.layout);
  const findings::Findings findings(program_, judge_.policy(), code_, *executor_, judge_.waivers());
  const std::uint32_t key_field = *program_.types.record_at(judge_.policy().subject).key();
  std::vector<SubjectResult> results;
  columns::Batch batch(code_.layout);
  for (std::size_t first = 0; first < subjects.size(); first += batch_rows) {
    const auto last = static_cast<std::uint32_t>(std::min(batch_rows, subjects.size() - first));
    batch.clear();
    for (std::uint32_t row = 0; row < last; ++row) {
      const evidence::Datum& subject = subjects[first + row].subject;
      writer.add_subject(subject, batch);
      std::uint32_t named = 0;
      for (std::uint32_t criterion = 0; criterion < judge_.policy().criteria.size(); ++criterion) {
        if (!judge_.waivers().names_subjects(criterion)) continue;
        if (!judge_.waivers().naming(criterion, subject.items[key_field].scalar).empty()) batch.named(named).set(row);
        ++named;
      }
    }
    if (executor_->run(batch, {0, last}) != columns::Executor::Done::all) return {};
    for (std::uint32_t row = 0; row < last; ++row)
      results.push_back(findings.of(row, &subjects[first + row].subject.items[key_field].scalar));
  }
  return results;
}

namespace {

bool same(const verdicts::ShownValue& a, const verdicts::ShownValue& b) {
  if (a.state != b.state || a.type != b.type || a.items.size() != b.items.size()) return false;
  if (a.state == evidence::State::known && a.items.empty() && !(a.scalar == b.scalar)) return false;
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), same);
}

std::string text(const verdicts::ScoreResult& score) {
  return fmt::format("{} {} {} {} {}", score.has_value, score.may_be_none, score.low, score.high,
                     score.shown ? fmt::format("{}", *score.shown) : "-");
}

std::string scores(const std::vector<typed::Score>& declared, const std::vector<verdicts::ScoreResult>& expected,
                   const std::vector<verdicts::ScoreResult>& found) {
  if (expected.size() != found.size()) return "scores without waivers";
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (text(expected[i]) != text(found[i]))
      return fmt::format("score {}: {}, not {}", declared[i].name, text(found[i]), text(expected[i]));
  }
  return "";
}

}  // namespace

std::string difference(const typed::Policy& policy, const SubjectResult& expected, const SubjectResult& found) {
  for (std::size_t i = 0; i < policy.criteria.size(); ++i) {
    const verdicts::CriterionResult &a = expected.criteria[i], &b = found.criteria[i];
    if (!(a.possible == b.possible) || a.status != b.status)
      return fmt::format("criterion {}: {:b}, not {:b}", policy.criteria[i].name, b.possible.bits(), a.possible.bits());
    if (a.upcoming != b.upcoming || (a.upcoming && a.would_be != b.would_be))
      return policy.criteria[i].name + " upcoming";
    if (a.waiver != b.waiver || a.waived_until != b.waived_until || a.waived_because != b.waived_because)
      return policy.criteria[i].name + " waiver";
  }
  if (auto wrong = scores(policy.scores, expected.scores, found.scores); !wrong.empty()) return wrong;
  if (auto wrong = scores(policy.scores, expected.scores_without_waivers, found.scores_without_waivers); !wrong.empty())
    return "without waivers: " + wrong;
  for (std::size_t i = 0; i < policy.gates.size(); ++i) {
    if (expected.gates[i] != found.gates[i]) return "gate " + policy.gates[i].name;
  }
  for (std::size_t i = 0; i < policy.levels.size(); ++i) {
    if (expected.levels[i].sure != found.levels[i].sure || expected.levels[i].possible != found.levels[i].possible)
      return "levels " + policy.levels[i].name;
  }
  for (std::size_t i = 0; i < policy.shows.size(); ++i) {
    if (!same(expected.shows[i], found.shows[i])) return "show " + policy.shows[i].name;
  }
  return "";
}

}  // namespace muster::agreement
