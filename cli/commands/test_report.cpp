// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/test_report.h"

#include <fmt/format.h>

#include "base/shown_line.h"
#include "base/unicode_text.h"
#include "runtime/report/json_text.h"

namespace muster::commands {

namespace {

using base::Colour;

std::string place(const compiler::Compilation& compilation, base::Span span) {
  const auto& file = compilation.sources.file(span.file);
  const auto at = file.line_column(span.begin);
  return fmt::format("{}:{}:{}", file.path(), at.line, at.column);
}

// The line of the expectation, without what it is indented by.
std::string source_line(const compiler::Compilation& compilation, base::Span span) {
  const auto& file = compilation.sources.file(span.file);
  return base::visible_text(base::trim(file.line_text(file.line_of(span.begin))));
}

// Failures alone, then the count of all.
class TextReport final : public TestReport {
 public:
  TextReport(Colour colour, std::ostream& out) : colour_(colour), out_(out) {}

  void add(const std::string&, const compiler::Compilation& compilation, const suite::RunResult& result) override {
    if (result.passed()) return;
    out_ << painted("✗ " + base::visible_text(result.name), "31") << '\n';
    for (const auto& failure : result.failures) {
      out_ << "  " << place(compilation, failure.span) << ": ";
      print_message(failure.message);
      out_ << "      " << painted(source_line(compilation, failure.span), "2") << '\n';
    }
  }

  void finish(const TestTotals& totals) override {
    std::string line = fmt::format("{} passed, {} failed", totals.passed, totals.failed);
    const std::size_t broken = totals.broken.size();
    if (broken > 0) line += fmt::format(", {} {} errors", broken, broken == 1 ? "module has" : "modules have");
    out_ << painted(line, totals.failed + broken > 0 ? "31" : totals.passed > 0 ? "32" : "2") << '\n';
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

  std::string painted(const std::string& text, std::string_view code) const {
    return colour_ == Colour::off ? text : fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  Colour colour_;
  std::ostream& out_;
};

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
            .end_object();
      }
      json_.end_array();
    }
    json_.end_object();
  }

  void finish(const TestTotals& totals) override {
    json_.end_array().key("passed").count(totals.passed).key("failed").count(totals.failed);
    json_.key("modules_with_errors").begin_array();
    for (const std::string& file : totals.broken) json_.text(file);
    json_.end_array().end_object();
    out_ << text_ << '\n';
  }

 private:
  std::ostream& out_;
  std::string text_;
  report::JsonText json_;
};

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::string valid = base::with_valid_utf8(text);
  std::string escaped;
  for (std::size_t at = 0; at < valid.size(); ++at) {
    switch (const char character = valid[at]; character) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\n': escaped += "&#10;"; break;
      case '\t': escaped += "&#9;"; break;
      default:
        if (const auto three = std::string_view(valid).substr(at, 3);
            three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
          escaped += kReplacement;
          at += 2;
        } else if (static_cast<unsigned char>(character) < 0x20) {
          escaped += kReplacement;
        } else {
          escaped += character;
        }
    }
  }
  return escaped;
}

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
    for (const auto& failure : result.failures)
      lines += fmt::format("{}: {}\n", place(compilation, failure.span), failure.message);
    cases_ += fmt::format("    <failure message=\"{}\">{}</failure>\n  </testcase>\n",
                          xml(result.failures.front().message), xml(lines));
  }

  void finish(const TestTotals& totals) override {
    out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         << fmt::format("<testsuite name=\"muster\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
                        totals.passed + totals.failed + totals.broken.size(), totals.failed, totals.broken.size());
    for (const std::string& file : totals.broken) {
      out_ << fmt::format(
          "  <testcase classname=\"{0}\" name=\"{0}\"><error message=\"the module has errors: `muster "
          "check` shows them\"/></testcase>\n",
          xml(file));
    }
    out_ << cases_ << "</testsuite>\n";
  }

 private:
  std::ostream& out_;
  std::string cases_;
};

}  // namespace

std::unique_ptr<TestReport> make_test_report(const std::string& format, Colour colour, std::ostream& out) {
  if (format == "json") return std::make_unique<JsonReport>(out);
  if (format == "junit") return std::make_unique<JunitReport>(out);
  return std::make_unique<TextReport>(colour, out);
}

}  // namespace muster::commands
