// SPDX-License-Identifier: Apache-2.0
// A policy and results made by hand, for the tests of reports.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "runtime/report/report.h"

namespace muster::report {

using verdicts::Status;
using verdicts::Truth;

struct Portfolio {
  typed::Program program;
  evidence::Run run;
  std::vector<std::string> file_names{"partners.ndjson"};
  Context context;
  Selection selection;

  Portfolio() {
    typed::Policy policy;
    policy.module = "contoso";
    policy.name = "go_live";
    policy.title = "Are they ready to go live?";
    program.policies.push_back(policy);
    run.as_of = "2026-11-23";
    context.program = &program;
    context.policy = &program.policies.front();
    context.run = &run;
    context.file_names = &file_names;
  }
  Portfolio(const Portfolio&) = delete;

  typed::Policy& policy() { return program.policies.front(); }

  void add_criterion(const std::string& name, const std::string& title, typed::Level level = typed::Level::must) {
    typed::Criterion criterion;
    criterion.name = name;
    criterion.title = title;
    criterion.level = level;
    policy().criteria.push_back(criterion);
  }
  void add_gate(const std::string& name) {
    typed::Gate gate;
    gate.name = name;
    policy().gates.push_back(gate);
  }
  void add_score(const std::string& name) {
    typed::Score score;
    score.name = name;
    policy().scores.push_back(score);
  }

  std::string write(const std::string& format, const std::vector<verdicts::Outcome>& outcomes) const {
    std::ostringstream out;
    const auto writer = make_writer(format, context, selection, out);
    verdicts::Tally tally(*context.policy);
    for (const auto& outcome : outcomes) {
      tally.add(outcome);
      writer->add(outcome);
    }
    writer->finish(tally);
    return out.str();
  }
};

inline verdicts::CriterionResult met() {
  verdicts::CriterionResult result;
  result.status = Status::met;
  return result;
}

inline verdicts::CriterionResult unmet(std::vector<std::string> because) {
  verdicts::CriterionResult result;
  result.status = Status::unmet;
  result.because = std::move(because);
  return result;
}

inline verdicts::CriterionResult unknown(std::vector<verdicts::Cause> missing) {
  verdicts::CriterionResult result;
  result.status = Status::unknown;
  result.missing = std::move(missing);
  return result;
}

inline verdicts::SubjectResult subject(const std::string& key, Truth gate,
                                       std::vector<verdicts::CriterionResult> criteria) {
  verdicts::SubjectResult result;
  result.key = key;
  result.gates = {gate};
  result.criteria = std::move(criteria);
  return result;
}

inline verdicts::ScoreResult score(double low, double high) {
  verdicts::ScoreResult result;
  result.has_value = true;
  result.low = low;
  result.high = high;
  return result;
}

inline verdicts::Outcome unreadable(std::uint32_t line, const std::string& message) {
  return verdicts::UnreadableRecord{{0, line}, message};
}

}  // namespace muster::report
