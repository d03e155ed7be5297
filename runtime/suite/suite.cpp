// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/suite.h"

#include <utility>

#include "runtime/evidence/freshness.h"
#include "runtime/evidence/run.h"
#include "runtime/reference/reference.h"
#include "runtime/suite/expectations.h"
#include "runtime/suite/made_up.h"

namespace muster::suite {

namespace {

evidence::Run run_of(const typed::Program& program, const typed::Test& test, const typed::TestRun& written,
                     base::Instant now) {
  evidence::Run run;
  run.now = test.as_of.value_or(now);
  run.today = base::date_of(run.now);
  run.params = evidence::params_of(program, program.policies[test.policy]);
  for (const typed::ParamSetting& setting : written.params) run.params[setting.param] = setting.value;
  return run;
}

std::vector<evidence::Datum> shared_of(const typed::Program& program, const typed::TestRun& written,
                                       const evidence::Run& run) {
  std::vector<evidence::Datum> shared(program.shared.size());
  for (const typed::SharedGiven& given : written.shared) shared[given.shared] = datum_of(given.value);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    evidence::apply_freshness(program, program.shared[i].type, program.shared[i].fresh, run, shared[i]);
  }
  return shared;
}

std::vector<Failure> failures_of(const typed::Program& program, const typed::Test& test, const typed::TestRun& written,
                                 const Options& options) {
  const typed::Policy& policy = program.policies[test.policy];
  const evidence::Run run = run_of(program, test, written, options.now);
  evidence::Datum record = datum_of(written.subject);
  evidence::apply_freshness_to_subject(program, policy.subject, run, record);
  const std::vector<evidence::Datum> shared = shared_of(program, written, run);

  const waivers::Book waivers(program, test.policy, run.today);
  reference::Engine engine(program, policy, run, waivers);
  engine.waive(written.waived);
  const reference::Subject subject{&record, &shared};
  reference::Trace trace;
  const verdicts::Outcome outcome = engine.judge(subject, options.coverage != nullptr ? &trace : nullptr);
  if (const auto* unreadable = std::get_if<verdicts::UnreadableRecord>(&outcome))
    return {{written.span, unreadable->message}};

  const auto& found = std::get<verdicts::SubjectResult>(outcome);
  if (options.coverage != nullptr) options.coverage->add(program, test.policy, found, trace);

  std::vector<Failure> failures;
  for (const typed::Expectation& expected : written.expectations) {
    auto text = difference(program, policy, expected, found);
    if (!text) continue;
    if (trace.entries.empty()) engine.judge(subject, &trace);
    failures.push_back({expected.span, std::move(*text), led_to(program, policy, written, expected, found, trace)});
  }
  return failures;
}

std::string name_of(const typed::Test& test, const typed::TestRun& run) {
  return run.name.empty() ? test.name : test.name + " / " + run.name;
}

}  // namespace

std::vector<RunResult> run_tests(const typed::Program& program, const Options& options) {
  std::vector<RunResult> results;
  for (std::uint32_t t = 0; t < program.tests.size(); ++t) {
    const typed::Test& test = program.tests[t];
    if (test.module != program.root_module) continue;
    for (std::uint32_t r = 0; r < test.runs.size(); ++r) {
      const typed::TestRun& run = test.runs[r];
      RunResult result;
      result.test = t;
      result.run = r;
      result.name = name_of(test, run);
      if (result.name.find(options.filter) == std::string::npos) continue;
      if (options.stop && options.stop()) return results;
      result.failures = failures_of(program, test, run, options);
      results.push_back(std::move(result));
    }
  }
  return results;
}

std::vector<std::string> names_of_runs(const typed::Program& program) {
  std::vector<std::string> names;
  for (const typed::Test& test : program.tests) {
    if (test.module != program.root_module) continue;
    for (const typed::TestRun& run : test.runs) names.push_back(name_of(test, run));
  }
  return names;
}

}  // namespace muster::suite
