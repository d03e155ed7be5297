// SPDX-License-Identifier: Apache-2.0
// Results of tests as documents: for people, as JSON, as JUnit's XML for build servers.
#pragma once

#include <cstddef>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "base/diagnostic_printer.h"
#include "compiler/compile.h"
#include "runtime/suite/suite.h"

namespace muster::commands {

struct TestTotals {
  std::size_t passed = 0, failed = 0;
  std::vector<std::string> broken;  // modules with errors, whose tests could not be run
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

}  // namespace muster::commands
