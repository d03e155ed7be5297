// SPDX-License-Identifier: Apache-2.0
// Runs the tests that are written in the language.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/source_file.h"
#include "compiler/typed/program.h"
#include "runtime/suite/coverage.h"
#include "runtime/suite/led_to.h"

namespace muster::suite {

// One expectation that did not hold, or none.
struct Failure {
  base::Span span;      // of the expectation
  std::string message;  // `expected recovery_tested met, is unmet: "no drill"`
  std::vector<SeenCondition> because = {};
};

struct RunResult {
  std::uint32_t test = 0;  // Program::tests
  std::uint32_t run = 0;   // Test::runs
  std::string name;        // `test name` or `test name / case name`
  std::vector<Failure> failures;
  bool passed() const { return failures.empty(); }
};

struct Options {
  base::Instant now;                // for tests without `as of`
  std::string filter;               // only runs whose name holds it; empty: all
  std::function<bool()> stop = {};  // asked before each: true ends them as if no more followed
  // Where it is there, what each run reaches is added; it was begun with this program.
  Coverage* coverage = nullptr;
};

// In the order of the program. Only tests of the module `program.root_module`, here and below.
std::vector<RunResult> run_tests(const typed::Program& program, const Options& options);

// The names of all runs that there are, whatever a filter holds.
std::vector<std::string> names_of_runs(const typed::Program& program);

}  // namespace muster::suite
