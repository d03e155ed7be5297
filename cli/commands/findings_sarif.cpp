// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "cli/commands/build_info.h"
#include "cli/commands/findings.h"
#include "runtime/report/json_text.h"

namespace muster::commands {

namespace {

// A path as a relative reference: what a URI can't hold is escaped.
std::string as_uri(const std::string& path) {
  static constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos)
      uri += c;
    else
      uri = uri + '%' + kDigits[byte >> 4u] + kDigits[byte & 15u];
  }
  return uri;
}

class SarifFindings final : public Findings {
 public:
  using Findings::Findings;

  void finish(std::size_t) override {
    std::string text;
    report::JsonText json(text);
    json.begin_object().key("$schema").text("https://json.schemastore.org/sarif-2.1.0.json");
    json.key("version").text("2.1.0").key("runs").begin_array().begin_object();
    json.key("tool").begin_object().key("driver").begin_object().key("name").text("Muster");
    json.key("version").text(version()).key("rules").begin_array();
    for (const auto& [id, info] : rules_) {
      json.begin_object().key("id").text(id).key("name").text(rule_name(info->name));
      json.key("shortDescription").begin_object().key("text").text(sentence(info->title)).end_object();
      json.key("fullDescription").begin_object().key("text");
      json.text("`muster codes " + std::string(id) + "` explains it, with a bad and a good example.").end_object();
      json.key("defaultConfiguration")
          .begin_object()
          .key("level")
          .text(level(info->severity))
          .end_object()
          .end_object();
    }
    json.end_array().end_object().end_object().key("columnKind").text("unicodeCodePoints");
    json.key("results").begin_array();
    text += results_;
    // The results are written already, commas too.
    text += "]";
    if (left_out_ > 0) {
      text += ",\"properties\":{\"leftOut\":" + std::to_string(left_out_) + "}";
    }
    text += "}]}";
    io_.out << text << '\n';
  }

 private:
  void print(const base::Diagnostic& diagnostic, const base::SourceMap& sources) override {
    const base::CodeInfo& info = base::info(diagnostic.code);
    rules_.emplace(info.id, &info);
    std::string text;
    report::JsonText json(text);
    std::string message = sentence(diagnostic.message);
    if (!diagnostic.help.empty()) message += " Help: " + ended(diagnostic.help);
    json.begin_object().key("ruleId").text(info.id).key("level").text(level(info.severity));
    json.key("message").begin_object().key("text").text(message).end_object();
    json.key("locations").begin_array().begin_object();
    print_place(json, diagnostic.span, sources);
    json.end_object().end_array();
    if (!diagnostic.labels.empty()) {
      json.key("relatedLocations").begin_array();
      for (const auto& label : diagnostic.labels) {
        json.begin_object();
        print_place(json, label.span, sources);
        json.key("message").begin_object().key("text").text(sentence(label.text)).end_object().end_object();
      }
      json.end_array();
    }
    if (!diagnostic.fixes.empty()) print_fixes(json, diagnostic, sources);
    json.end_object();
    results_ += (results_.empty() ? "" : ",") + text;
  }

  void print_left_out(std::size_t count, const base::SourceFile&) override { left_out_ += count; }

  static void print_fixes(report::JsonText& json, const base::Diagnostic& diagnostic, const base::SourceMap& sources) {
    json.key("fixes").begin_array();
    for (const auto& fix : diagnostic.fixes) {
      json.begin_object().key("description").begin_object().key("text").text(sentence(fix.title)).end_object();
      // All in the file of the finding: as one change, places count as the file is before it.
      json.key("artifactChanges").begin_array().begin_object();
      print_artifact(json, diagnostic.span, sources);
      json.key("replacements").begin_array();
      for (const auto& edit : fix.edits) {
        json.begin_object().key("deletedRegion");
        print_region(json, edit.span, sources);
        json.key("insertedContent").begin_object().key("text").text(edit.replacement).end_object().end_object();
      }
      json.end_array().end_object().end_array().end_object();
    }
    json.end_array();
  }

  static void print_place(report::JsonText& json, base::Span span, const base::SourceMap& sources) {
    json.key("physicalLocation").begin_object();
    print_artifact(json, span, sources);
    json.key("region");
    print_region(json, span, sources);
    json.end_object();
  }

  static void print_artifact(report::JsonText& json, base::Span span, const base::SourceMap& sources) {
    json.key("artifactLocation").begin_object().key("uri").text(as_uri(sources.file(span.file).path())).end_object();
  }

  static void print_region(report::JsonText& json, base::Span span, const base::SourceMap& sources) {
    const auto& file = sources.file(span.file);
    const auto begin = file.line_column(span.begin), end = file.line_column(span.end);
    json.begin_object().key("startLine").count(begin.line).key("startColumn").count(begin.column);
    json.key("endLine").count(end.line).key("endColumn").count(end.column).end_object();
  }

  static std::string level(base::Severity severity) { return severity == base::Severity::error ? "error" : "warning"; }

  // Readers of SARIF expect sentences and names in this form.
  static std::string sentence(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return ended(std::move(out));
  }
  static std::string ended(std::string text) {
    if (!text.ends_with('?')) text += '.';
    return text;
  }
  static std::string rule_name(std::string_view snake_case) {
    std::string out;
    bool starts = true;
    for (const char c : snake_case) {
      if (c != '_') out += starts ? static_cast<char>(c - 'a' + 'A') : c;
      starts = c == '_';
    }
    return out;
  }

  std::map<std::string_view, const base::CodeInfo*> rules_;
  std::string results_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::unique_ptr<Findings> sarif_findings(const Io& io) { return std::make_unique<SarifFindings>(io); }

}  // namespace muster::commands
