// SPDX-License-Identifier: Apache-2.0
// The results of tests for people.
#include "cli/commands/test_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/shown_line.h"
#include "base/unicode_text.h"
#include "compiler/typed/one_line.h"

namespace muster::commands {

namespace {

using base::Colour;

// The line of the expectation, without what it is indented by.
std::string source_line(const compiler::Compilation& compilation, base::Span span) {
  const auto& file = compilation.sources.file(span.file);
  return base::visible_text(base::trim(file.line_text(file.line_of(span.begin))));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string padded(const std::string& text, std::size_t width) {
  const auto length = static_cast<std::size_t>(base::count_code_points(text));
  return text + std::string(width > length ? width - length : 0, ' ');
}

// What was never reached: `where  what  never ...`.
struct Unreached {
  std::string where, what, never;
};

std::vector<Unreached> unreached(const suite::ReachedPolicy& policy) {
  std::vector<Unreached> rows;
  for (const auto& criterion : policy.criteria) {
    const auto place_of = [&](std::uint32_t line) { return fmt::format("{}:{}", policy.path, line); };
    if (const auto words = never(criterion); !words.empty())
      rows.push_back({place_of(criterion.line), criterion.name, "never " + joined(words)});
    for (const auto& condition : criterion.conditions) {
      const auto words = never(condition);
      if (words.empty()) continue;
      const std::string text = base::short_visible_text(condition.text);
      rows.push_back(
          {place_of(condition.line), fmt::format("  {} {}", name(condition.kind), text), "never " + joined(words)});
    }
  }
  return rows;
}

// Failures alone, then the count of all, then what was not reached.
class TextReport final : public TestReport {
 public:
  TextReport(Colour colour, std::ostream& out) : colour_(colour), out_(out) {}

  void add(const std::string&, const compiler::Compilation& compilation, const suite::RunResult& result) override {
    if (result.passed()) return;
    out_ << painted("✗ " + base::visible_text(result.name), "31") << '\n';
    ShownConditions shown;
    for (const auto& failure : result.failures) {
      out_ << "  " << place(compilation, failure.span) << ": ";
      print_message(failure.message);
      out_ << "      " << painted(source_line(compilation, failure.span), "2") << '\n';
      for (const std::string& line : explanation(compilation, failure, shown)) out_ << "    " << line << '\n';
    }
  }

  void finish(const TestTotals& totals) override {
    std::string line = fmt::format("{} passed, {} failed", totals.passed, totals.failed);
    const std::size_t broken = totals.broken.size();
    if (broken > 0) line += fmt::format(", {} {} errors", broken, broken == 1 ? "module has" : "modules have");
    out_ << painted(line, totals.failed + broken > 0 ? "31" : totals.passed > 0 ? "32" : "2") << '\n';
    if (!totals.coverage) return;
    if (totals.lists_unreached) {
      for (const auto& policy : totals.coverage->policies()) print_unreached(policy);
    }
    out_ << painted("coverage " + coverage_line(totals), totals.covers_enough() ? "2" : "31") << '\n';
  }

 private:
  // What explains a failure stands in lines of its own.
  void print_message(std::string_view message) {
    while (true) {
      const auto end = message.find('\n');
      out_ << base::visible_text(message.substr(0, end)) << '\n';
      if (end == std::string_view::npos) return;
      message.remove_prefix(end + 1);
      out_ << "    ";
    }
  }

  void print_unreached(const suite::ReachedPolicy& policy) {
    const suite::Tally reached = tally(policy);
    out_ << fmt::format("\n{}  {}% ({} of {})\n", policy.name, percent(reached), reached.reached, reached.of);
    const auto rows = unreached(policy);
    std::size_t where = 0, what = 0;
    constexpr std::size_t kWidest = 80;
    for (const auto& row : rows) {
      where = std::max(where, static_cast<std::size_t>(base::count_code_points(row.where)));
      what = std::max(what, std::min(kWidest, static_cast<std::size_t>(base::count_code_points(row.what))));
    }
    for (const auto& row : rows)
      out_ << "  " << padded(row.where, where) << "  " << padded(row.what, what) << "  " << row.never << '\n';
  }

  std::string painted(const std::string& text, std::string_view code) const {
    return colour_ == Colour::off ? text : fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  Colour colour_;
  std::ostream& out_;
};

// `drills[2]`: which elements stands behind the expression.
std::string indexes(const std::vector<std::uint32_t>& elements) {
  std::string text;
  for (const std::uint32_t element : elements) text += fmt::format("[{}]", element);
  return text.empty() ? text : " " + text;
}

// `? (plan is stale)`; an empty text or list would not be seen.
std::string value_text(const suite::SeenValue& value) {
  if (value.causes.empty()) return value.value.empty() ? "(empty)" : base::short_visible_text(value.value);
  std::string reasons;
  for (const auto& cause : value.causes)
    reasons += fmt::format("{}{} is {}", reasons.empty() ? "" : ", ", cause.field, evidence::name(cause.reason));
  return value.value + " (" + base::short_visible_text(reasons) + ")";
}

std::string line_of(const compiler::Compilation& compilation, base::Span span) {
  const auto& file = compilation.sources.file(span.file);
  return fmt::format("{}:{}", file.path(), file.line_of(span.begin));
}

std::string status_name(typed::Status status) { return verdicts::name(status); }

}  // namespace

std::string place(const compiler::Compilation& compilation, base::Span span) {
  const auto& file = compilation.sources.file(span.file);
  const auto at = file.line_column(span.begin);
  return fmt::format("{}:{}:{}", file.path(), at.line, at.column);
}

std::string expression_text(const compiler::Compilation& compilation, const suite::SeenValue& value) {
  return typed::on_one_line(compilation.sources.text(value.expression));
}

std::vector<std::string> explanation(const compiler::Compilation& compilation, const suite::Failure& failure,
                                     ShownConditions& shown) {
  std::vector<std::string> lines;
  for (const auto& condition : failure.because) {
    if (!shown.emplace(condition.name, condition.condition.begin).second) continue;
    lines.push_back(
        fmt::format("{}: {} of {} is {}: {}", place(compilation, condition.condition), name(condition.kind),
                    condition.name, name(condition.truth),
                    base::short_visible_text(typed::on_one_line(compilation.sources.text(condition.condition)))));
    std::vector<Unreached> rows;
    for (const auto& value : condition.values) {
      Unreached row{base::short_visible_text(expression_text(compilation, value)) + indexes(value.elements),
                    value_text(value), value.origin ? line_of(compilation, *value.origin) : ""};
      const bool stands = std::any_of(rows.begin(), rows.end(), [&](const Unreached& each) {
        return each.where == row.where && each.what == row.what && each.never == row.never;
      });
      if (!stands) rows.push_back(std::move(row));
    }
    std::size_t expressions = 0, values = 0;
    for (const auto& row : rows) {
      expressions = std::max(expressions, static_cast<std::size_t>(base::count_code_points(row.where)));
      values = std::max(values, static_cast<std::size_t>(base::count_code_points(row.what)));
    }
    for (const auto& row : rows) {
      const std::string line = "  " + padded(row.where, expressions) + "  ";
      lines.push_back(row.never.empty() ? line + row.what : line + padded(row.what, values) + "  " + row.never);
    }
    if (condition.left_out > 0) lines.push_back(fmt::format("  … and {} values more", condition.left_out));
  }
  return lines;
}

std::vector<std::string> never(const suite::ReachedCriterion& criterion) {
  using typed::Status;
  std::vector<std::string> words;
  for (const Status status : {Status::met, Status::unmet, Status::unknown, Status::na, Status::waived}) {
    if ((criterion.can & ~criterion.seen & suite::outcome(status)) != 0) words.push_back(status_name(status));
  }
  return words;
}

std::vector<std::string> never(const suite::ReachedCondition& condition) {
  using verdicts::Truth;
  std::vector<std::string> words;
  for (const Truth truth : {Truth::yes, Truth::no, Truth::unknown}) {
    if ((condition.can & ~condition.seen & suite::outcome(truth)) != 0) words.emplace_back(name(truth));
  }
  return words;
}

const char* name(verdicts::Truth truth) {
  switch (truth) {
    case verdicts::Truth::no: return "false";
    case verdicts::Truth::yes: return "true";
    case verdicts::Truth::unknown: return "unknown";
  }
  return "";
}

double percent(const suite::Tally& tally) {
  return tally.of == 0 ? 100 : static_cast<double>(tally.reached * 1000 / tally.of) / 10;
}

bool TestTotals::covers_enough() const {
  if (!coverage || !least) return true;
  const suite::Tally all = tally(*coverage);
  return static_cast<double>(all.reached) * 100 >= *least * static_cast<double>(all.of);
}

std::string coverage_line(const TestTotals& totals) {
  const suite::Tally all = tally(*totals.coverage);
  std::string line = fmt::format("{}% ({} of {})", percent(all), all.reached, all.of);
  if (!totals.covers_enough()) line += fmt::format(", less than the {}% asked for", *totals.least);
  return line;
}

std::unique_ptr<TestReport> make_test_report(const std::string& format, Colour colour, std::ostream& out) {
  if (format == "json") return make_test_report_in_json(out);
  if (format == "junit") return make_test_report_in_junit(out);
  return std::make_unique<TextReport>(colour, out);
}

}  // namespace muster::commands
