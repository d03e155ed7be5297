// SPDX-License-Identifier: Apache-2.0
#include "compiler/silence.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace muster::compiler {

namespace {

constexpr std::string_view kOpening = "// muster: allow(";

using Line = std::pair<base::FileId, std::uint32_t>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// The line's comment: `//` in a text opens none.
std::string_view comment_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && quoted)
      ++i;
    else if (line[i] == '"')
      quoted = !quoted;
    else if (!quoted && line.substr(i).starts_with("//"))
      return line.substr(i);
  }
  return {};
}

const base::CodeInfo* lint_of(std::string_view id) {
  for (const base::CodeInfo& each : base::all_codes()) {
    if (each.id == id && each.severity == base::Severity::warning) return &each;
  }
  return nullptr;
}

// The lints that one comment silences; what is wrong with it is reported.
void read_allow(std::string_view comment, base::Span span, std::set<base::Code>& allowed, base::Diagnostics& problems) {
  comment.remove_prefix(kOpening.size());
  const std::size_t close = comment.find(')');
  if (close == std::string_view::npos || trimmed(comment.substr(close + 1)).empty()) {
    problems.report(base::Code::bad_allow, span, "this silences nothing, because it does not say why").help =
        "write the reason behind it: `// muster: allow(MU1002) the outer one is never needed here`";
    return;
  }
  std::string_view ids = comment.substr(0, close);
  while (!ids.empty()) {
    const std::size_t comma = std::min(ids.find(','), ids.size());
    const std::string_view id = trimmed(ids.substr(0, comma));
    ids.remove_prefix(std::min(comma + 1, ids.size()));
    if (const base::CodeInfo* lint = lint_of(id)) {
      allowed.insert(lint->code);
    } else {
      problems.report(base::Code::bad_allow, span, "`" + std::string(id) + "` is no lint, so it can't be silenced")
          .help = "errors must be mended; `muster codes` lists the lints, MU1001 and up";
    }
  }
}

}  // namespace

base::Diagnostics without_silenced(const base::Diagnostics& diagnostics, const base::SourceMap& sources) {
  base::Diagnostics problems;
  std::map<Line, std::set<base::Code>> allowed;
  for (base::FileId file = 0; file < sources.size(); ++file) {
    if (!sources.has(file)) continue;
    const std::string_view text = sources.file(file).text();
    std::size_t line_end = 0;
    for (std::size_t at = text.find(kOpening); at != std::string_view::npos; at = text.find(kOpening, line_end)) {
      const std::uint32_t line = sources.file(file).line_of(static_cast<std::uint32_t>(at));
      const std::string_view whole = sources.file(file).line_text(line);
      line_end = sources.file(file).line_begin(line) + whole.size();
      const std::string_view comment = comment_of(whole);
      if (!comment.starts_with(kOpening)) continue;
      const base::Span span{file, static_cast<std::uint32_t>(line_end - comment.size()),
                            static_cast<std::uint32_t>(line_end)};
      read_allow(comment, span, allowed[{file, line}], problems);
    }
  }
  base::Diagnostics kept;
  kept.append_if(diagnostics, [&](const base::Diagnostic& each) {
    const Line line{each.span.file, sources.file(each.span.file).line_of(each.span.begin)};
    auto found = allowed.find(line);
    return each.severity() != base::Severity::warning || found == allowed.end() || found->second.count(each.code) == 0;
  });
  kept.append(problems);
  return kept;
}

}  // namespace muster::compiler
