// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/findings.h"
#include "runtime/report/json_text.h"

namespace muster::commands {

namespace {

class JsonFindings final : public Findings {
 public:
  explicit JsonFindings(const Io& io) : Findings(io), json_(text_) {
    json_.begin_object().key("muster").count(1).key("findings").begin_array();
  }

  void finish(std::size_t files) override {
    json_.end_array().key("errors").count(errors()).key("warnings").count(warnings()).key("files").count(files);
    if (left_out_ > 0) json_.key("left_out").count(left_out_);
    json_.end_object();
    io_.out << text_ << '\n';
  }

 private:
  void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) override {
    json_.begin_object();
    json_.key("code").text(base::info(diagnostic.code).id);
    json_.key("severity").text(diagnostic.severity() == base::Severity::error ? "error" : "warning");
    json_.key("message").text(diagnostic.message);
    print_place(diagnostic.span, sources);
    if (!diagnostic.labels.empty()) {
      json_.key("labels").begin_array();
      for (const auto& label : diagnostic.labels) {
        json_.begin_object().key("message").text(label.text);
        print_place(label.span, sources);
        json_.end_object();
      }
      json_.end_array();
    }
    if (!diagnostic.help.empty()) json_.key("help").text(diagnostic.help);
    if (!diagnostic.fixes.empty()) print_fixes(diagnostic, sources);
    json_.end_object();
  }

  void print_left_out(std::size_t count, const base::SourceFile&) override { left_out_ += count; }

  void print_fixes(const base::Diagnostic& diagnostic, const base::SourceMap& sources) {
    json_.key("fixes").begin_array();
    for (const auto& fix : diagnostic.fixes) {
      json_.begin_object().key("title").text(fix.title).key("safe").truth(fix.is_safe).key("edits").begin_array();
      for (const auto& edit : fix.edits) {
        json_.begin_object();
        print_place(edit.span, sources);
        json_.key("text").text(edit.replacement).end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  // Lines and columns from 1, columns in characters; the end is the place behind the last character.
  void print_place(base::Span span, const base::SourceMap& sources) {
    const auto& file = sources.file(span.file);
    const auto begin = file.line_column(span.begin), end = file.line_column(span.end);
    json_.key("file").text(file.path()).key("line").count(begin.line).key("column").count(begin.column);
    json_.key("end_line").count(end.line).key("end_column").count(end.column);
  }

  std::string text_;
  std::size_t left_out_ = 0;
  report::JsonText json_;
};

}  // namespace

std::unique_ptr<Findings> json_findings(const Io& io) { return std::make_unique<JsonFindings>(io); }

}  // namespace muster::commands
