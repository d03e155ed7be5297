// SPDX-License-Identifier: Apache-2.0
// The results of tests as JUnit's XML.
#include <fmt/format.h>

#include "cli/commands/test_report.h"
#include "cli/commands/xml_text.h"

namespace muster::commands {

namespace {

class JunitReport final : public TestReport {
 public:
  explicit JunitReport(std::ostream& out) : out_(out) {}

  void add(const std::string& file, const compiler::Compilation& compilation, const suite::RunResult& result) override {
    cases_ += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(file), xml(result.name));
    if (result.passed()) {
      cases_ += "/>\n";
      return;
    }
    cases_ += ">\n";
    // JUnit's readers know one failure for a case.
    std::string lines;
    ShownConditions shown;
    for (const auto& failure : result.failures) {
      lines += fmt::format("{}: {}\n", place(compilation, failure.span), failure.message);
      for (const std::string& line : explanation(compilation, failure, shown)) lines += "  " + line + "\n";
    }
    cases_ += fmt::format("    <failure message=\"{}\">{}</failure>\n  </testcase>\n",
                          xml(result.failures.front().message), xml(lines));
  }

  // The coverage is a case of its own, which fails where too little is reached.
  void finish(const TestTotals& totals) override {
    const std::size_t cases = totals.passed + totals.failed + totals.broken.size() + (totals.coverage ? 1 : 0);
    const std::size_t failed = totals.failed + (totals.covers_enough() ? 0 : 1);
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         << fmt::format("<testsuite name=\"muster\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n", cases, failed,
                        totals.broken.size());
    for (const std::string& file : totals.broken) {
      out_ << fmt::format(
          "  <testcase classname=\"{0}\" name=\"{0}\"><error message=\"the module has errors: `muster "
          "check` shows them\"/></testcase>\n",
          xml(file));
    }
    out_ << cases_;
    if (totals.coverage) print_coverage(totals);
    out_ << "</testsuite>\n";
  }

 private:
  void print_coverage(const TestTotals& totals) {
    const std::string line = coverage_line(totals);
    std::string unreached;
    for (const auto& policy : totals.coverage->policies()) {
      if (!totals.lists_unreached) break;
      for (const auto& criterion : policy.criteria) {
        for (const std::string& word : never(criterion))
          unreached += fmt::format("{}:{}: {} never {}\n", policy.path, criterion.line, criterion.name, word);
        for (const auto& condition : criterion.conditions) {
          for (const std::string& word : never(condition)) {
            unreached += fmt::format("{}:{}: {} {} never {}\n", policy.path, condition.line, name(condition.kind),
                                     condition.text, word);
          }
        }
      }
    }
    out_ << "  <testcase classname=\"muster\" name=\"coverage\">\n";
    if (!totals.covers_enough()) out_ << fmt::format("    <failure message=\"{}\"/>\n", xml(line));
    out_ << fmt::format("    <system-out>{}</system-out>\n  </testcase>\n", xml(line + "\n" + unreached));
  }

  std::ostream& out_;
  std::string cases_;
};

}  // namespace

std::unique_ptr<TestReport> make_test_report_in_junit(std::ostream& out) { return std::make_unique<JunitReport>(out); }

}  // namespace muster::commands
