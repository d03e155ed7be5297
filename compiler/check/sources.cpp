// SPDX-License-Identifier: Apache-2.0
// Sources: what kinds there are, and where their files lie.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

namespace {

struct SourceWord {
  const char* word;
  std::optional<typed::SourceKind> kind;  // nothing: of the language, but not of this version
};

constexpr SourceWord kSourceWords[] = {
    {"ndjson", typed::SourceKind::ndjson},
    {"json", typed::SourceKind::json},
    {"csv", typed::SourceKind::csv},
    {"yaml", std::nullopt},
    {"parquet", std::nullopt},
    {"sqlite", std::nullopt},
    {"postgres", std::nullopt},
};

// `path` from `folder`, both relative to the root and parted by slashes, without `.` and `..`. Nothing if it
// leaves the root. Lexical: nothing is looked up.
std::optional<std::string> beneath_root(const std::string& folder, const std::string& path) {
  if (!path.empty() && path[0] == '/') return std::nullopt;
  std::vector<std::string_view> parts;
  auto walk = [&](std::string_view text) {
    while (!text.empty()) {
      const std::size_t slash = std::min(text.find('/'), text.size());
      const std::string_view part = text.substr(0, slash);
      text.remove_prefix(std::min(slash + 1, text.size()));
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return false;
      } else {
        parts.pop_back();
      }
    }
    return true;
  };
  if (!walk(folder) || !walk(path)) return std::nullopt;
  std::string joined;
  for (std::string_view part : parts) joined.append(joined.empty() ? "" : "/").append(part);
  return joined;
}

}  // namespace

void Checker::check_sources(std::uint32_t module) {
  const auto& sources = ast_of(module).sources;
  for (std::size_t i = 0; i < sources.size(); ++i) check_source(sources[i], program_.sources[source_ids_[module][i]]);
}

void Checker::check_source(const ast::SourceDecl& declared, typed::Source& source) {
  source.completeness = declared.complete        ? typed::Completeness::rows_and_keys
                        : declared.complete_rows ? typed::Completeness::rows
                                                 : typed::Completeness::open;
  const SourceWord* known = nullptr;
  std::vector<std::string> candidates;
  for (const SourceWord& each : kSourceWords) {
    if (declared.kind.text == each.word) known = &each;
    if (each.kind) candidates.emplace_back(each.word);
  }
  if (declared.kind.empty()) return;
  if (known == nullptr) {
    base::Diagnostic& problem = unknown(Code::bad_source, declared.kind,
                                        "no kind of source is called `" + declared.kind.text + "`", candidates);
    if (problem.help.empty()) problem.help = "write `ndjson`, `json` or `csv`";
    if (declared.kind.text == "jsonl" || declared.kind.text == "jsonlines") problem.help = "it is called `ndjson` here";
    if (declared.kind.text == "tsv") problem.help = "write `csv` with `delimiter \"\\t\"`";
    return;
  }
  if (!known->kind) {
    report(Code::not_supported, declared.kind.span,
           "this version does not read `" + declared.kind.text + "` sources yet")
        .help = "export the rows and read them as `ndjson`, `json` or `csv`";
    return;
  }
  source.kind = *known->kind;
  check_source_options(declared, source);
  if (!declared.path) {
    if (!declared.environment && !declared.query) {
      report(Code::bad_source, declared.name.span, "source `" + declared.name.text + "` names no file").help =
          "write its path: `source " + declared.name.text + " = " + declared.kind.text + " \"" + declared.name.text +
          "." + declared.kind.text + "\"`";
    }
    return;
  }
  source.path = declared.path->value;
  if (source.path.empty()) {
    report(Code::bad_source, declared.path->span, "the path of source `" + declared.name.text + "` is empty");
    return;
  }
  auto resolved = beneath_root(modules_[module_].folder, source.path);
  if (!resolved) {
    base::Diagnostic& problem =
        report(Code::path_outside_root, declared.path->span, "`" + source.path + "` lies outside the project's root");
    problem.help = "write a path below the root; there may be a link, or nothing where `--source " +
                   declared.name.text + "=FILE` on the command line gives another file";
    return;
  }
  source.resolved_path = *resolved;
}

// Words that belong to other kinds of sources are errors: silently ignored, they would promise something.
void Checker::check_source_options(const ast::SourceDecl& declared, typed::Source& source) {
  const std::string kind = "`" + declared.kind.text + "`";
  if (declared.delimiter) {
    const std::string& delimiter = declared.delimiter->value;
    if (source.kind != typed::SourceKind::csv) {
      report(Code::bad_source, declared.delimiter->span, "only a `csv` source has a delimiter, and this is " + kind)
          .help = "leave the delimiter out";
    } else if (delimiter.size() != 1 || static_cast<unsigned char>(delimiter[0]) >= 0x80 || delimiter == "\"" ||
               delimiter == "\n" || delimiter == "\r") {
      report(Code::bad_source, declared.delimiter->span, "a delimiter is one ASCII character, no quote and no line end")
          .help = "write `delimiter \";\"` or `delimiter \"\\t\"`";
    } else {
      source.delimiter = delimiter[0];
    }
  }
  if (declared.at) {
    if (source.kind != typed::SourceKind::json) {
      report(Code::bad_source, declared.at->span, "only a `json` source has `at`, and this is " + kind).help =
          source.kind == typed::SourceKind::ndjson ? "each line is a record of its own" : "";
    }
    for (const ast::Text& part : declared.at_path) source.at.push_back(part.value);
  }
  for (const auto& [text, word] : {std::pair{&declared.environment, "env"}, std::pair{&declared.query, "query"}}) {
    if (*text)
      report(Code::bad_source, (*text)->span, std::string("only a database has `") + word + "`, and this is " + kind);
  }
}

}  // namespace muster::check
