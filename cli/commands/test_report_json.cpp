// SPDX-License-Identifier: Apache-2.0
// The results of tests as JSON.
#include "cli/commands/test_report.h"
#include "compiler/typed/one_line.h"
#include "runtime/report/json_text.h"

namespace muster::commands {

namespace {

class JsonReport final : public TestReport {
 public:
  explicit JsonReport(std::ostream& out) : out_(out), json_(text_) {
    json_.begin_object().key("muster").count(1).key("tests").begin_array();
  }

  void add(const std::string& file, const compiler::Compilation& compilation, const suite::RunResult& result) override {
    json_.begin_object().key("file").text(file).key("name").text(result.name).key("passed").truth(result.passed());
    if (!result.passed()) {
      json_.key("failures").begin_array();
      for (const auto& failure : result.failures) {
        const auto at = compilation.sources.file(failure.span.file).line_column(failure.span.begin);
        json_.begin_object()
            .key("line")
            .count(at.line)
            .key("column")
            .count(at.column)
            .key("message")
            .text(failure.message)
            .key("because")
            .begin_array();
        for (const auto& condition : failure.because) add(compilation, condition);
        json_.end_array().end_object();
      }
      json_.end_array();
    }
    json_.end_object();
  }

  void finish(const TestTotals& totals) override {
    json_.end_array().key("passed").count(totals.passed).key("failed").count(totals.failed);
    json_.key("modules_with_errors").begin_array();
    for (const std::string& file : totals.broken) json_.text(file);
    json_.end_array();
    if (totals.coverage) add_coverage(totals);
    json_.end_object();
    out_ << text_ << '\n';
  }

 private:
  void add_place(const compiler::Compilation& compilation, base::Span span) {
    const auto& file = compilation.sources.file(span.file);
    json_.key("file").text(file.path()).key("line").count(file.line_of(span.begin));
  }

  void add(const compiler::Compilation& compilation, const suite::SeenCondition& condition) {
    json_.begin_object().key("in").text(condition.name).key("clause").text(name(condition.kind));
    json_.key("is").text(name(condition.truth)).key("condition");
    json_.text(typed::on_one_line(compilation.sources.text(condition.condition)));
    add_place(compilation, condition.condition);
    json_.key("values").begin_array();
    for (const auto& value : condition.values) add(compilation, value);
    json_.end_array();
    if (condition.left_out > 0) json_.key("values_left_out").count(condition.left_out);
    json_.end_object();
  }

  void add(const compiler::Compilation& compilation, const suite::SeenValue& value) {
    json_.begin_object().key("expression").text(expression_text(compilation, value));
    if (!value.elements.empty()) {
      json_.key("elements").begin_array();
      for (const std::uint32_t element : value.elements) json_.count(element);
      json_.end_array();
    }
    json_.key("value").text(value.value);
    if (!value.causes.empty()) {
      json_.key("missing").begin_array();
      for (const auto& cause : value.causes) {
        json_.begin_object().key("field").text(cause.field);
        json_.key("reason").text(evidence::name(cause.reason)).end_object();
      }
      json_.end_array();
    }
    if (value.origin) add_place(compilation, *value.origin);
    json_.end_object();
  }

  void add_tally(const suite::Tally& tally) {
    json_.key("reached").count(tally.reached).key("of").count(tally.of).key("percent").number(percent(tally));
  }

  void add_never(const std::vector<std::string>& words) {
    json_.key("never").begin_array();
    for (const std::string& word : words) json_.text(word);
    json_.end_array();
  }

  void add_coverage(const TestTotals& totals) {
    json_.key("coverage").begin_object();
    add_tally(tally(*totals.coverage));
    if (totals.least) json_.key("min").number(*totals.least).key("enough").truth(totals.covers_enough());
    if (totals.lists_unreached) {
      json_.key("policies").begin_array();
      for (const auto& policy : totals.coverage->policies()) add(policy);
      json_.end_array();
    }
    json_.end_object();
  }

  // Every criterion and condition, also those of which nothing is left.
  void add(const suite::ReachedPolicy& policy) {
    json_.begin_object().key("policy").text(policy.name).key("file").text(policy.path);
    add_tally(tally(policy));
    json_.key("criteria").begin_array();
    for (const auto& criterion : policy.criteria) {
      json_.begin_object().key("criterion").text(criterion.name).key("line").count(criterion.line);
      add_never(never(criterion));
      json_.key("conditions").begin_array();
      for (const auto& condition : criterion.conditions) {
        json_.begin_object().key("clause").text(name(condition.kind)).key("line").count(condition.line);
        json_.key("condition").text(condition.text);
        add_never(never(condition));
        json_.end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array().end_object();
  }

  std::ostream& out_;
  std::string text_;
  report::JsonText json_;
};

}  // namespace

std::unique_ptr<TestReport> make_test_report_in_json(std::ostream& out) { return std::make_unique<JsonReport>(out); }

}  // namespace muster::commands
