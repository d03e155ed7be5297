// SPDX-License-Identifier: Apache-2.0
// Results of tests as documents: for people, as JSON, as JUnit's XML for build servers. No document holds a time, so
// that the same tests give the same bytes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic_printer.h"
#include "compiler/compile.h"
#include "runtime/suite/suite.h"

namespace muster::commands {

struct TestTotals {
  std::size_t passed = 0, failed = 0;
  std::vector<std::string> broken;          // modules with errors, whose tests could not be run
  std::optional<suite::Coverage> coverage;  // if somebody asked for it
  bool lists_unreached = false;             // what was never reached is listed, too
  std::optional<double> least;              // percent of what can be reached

  bool covers_enough() const;
};

class TestReport {
 public:
  virtual ~TestReport() = default;
  virtual void add(const std::string& file, const compiler::Compilation& compilation,
                   const suite::RunResult& result) = 0;
  virtual void finish(const TestTotals& totals) = 0;
};

// `format` is text, json or junit.
std::unique_ptr<TestReport> make_test_report(const std::string& format, base::Colour colour, std::ostream& out);
std::unique_ptr<TestReport> make_test_report_in_json(std::ostream& out);
std::unique_ptr<TestReport> make_test_report_in_junit(std::ostream& out);

// What all of them say.
std::string place(const compiler::Compilation& compilation, base::Span span);  // `path:line:column`
// Why an expectation failed: a line for each condition that decided, `path:line:column: require of covered is false:
// coverage >= least`, and below it one for each value that it read. What was `shown` of the same run is left out.
using ShownConditions = std::set<std::pair<std::string, std::uint32_t>>;
std::vector<std::string> explanation(const compiler::Compilation& compilation, const suite::Failure& failure,
                                     ShownConditions& shown);
std::string expression_text(const compiler::Compilation& compilation, const suite::SeenValue& value);
// What a criterion or condition can be and never was, in words.
std::vector<std::string> never(const suite::ReachedCriterion& criterion);
std::vector<std::string> never(const suite::ReachedCondition& condition);
const char* name(verdicts::Truth truth);
double percent(const suite::Tally& tally);  // rounded down to a tenth
// `81.2% (39 of 48)`, and where it is less than was asked for, that.
std::string coverage_line(const TestTotals& totals);

}  // namespace muster::commands
