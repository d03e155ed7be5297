// SPDX-License-Identifier: Apache-2.0
#include "compiler/silence.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/similar_name.h"

namespace muster::compiler {

namespace {

using base::Code;

constexpr std::string_view kBlanks = " \t";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string lower(std::string_view text) {
  std::string made(text);
  for (char& c : made) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return made;
}

// The line's comment: `//` in a text opens none. In a raw text a backslash is only that.
std::string_view comment_of(std::string_view line) {
  char closing = 0;
  bool is_raw = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (closing != 0) {
      if (c == '\\' && closing == '"' && !is_raw)
        ++i;
      else if (c == closing)
        closing = 0;
    } else if (c == '"' || c == '`') {
      closing = c;
      is_raw = i > 0 && line[i - 1] == 'r' && (i == 1 || !is_of_word(line[i - 2]));
    } else if (line.substr(i).starts_with("//")) {
      return line.substr(i);
    }
  }
  return {};
}

const base::CodeInfo* lint_of(std::string_view id) {
  for (const base::CodeInfo& each : base::all_codes()) {
    if (each.id == id && each.severity == base::Severity::warning) return &each;
  }
  return nullptr;
}

// The codes of lints that stand in a comment, in any case.
std::string lints_in(std::string_view comment) {
  constexpr std::size_t kLength = 6;
  std::string found;
  for (std::size_t at = 0; at + kLength <= comment.size(); ++at) {
    std::string id(comment.substr(at, kLength));
    std::transform(id.begin(), id.end(), id.begin(),
                   [](char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); });
    const bool is_whole = (at == 0 || !is_of_word(comment[at - 1])) &&
                          (at + kLength == comment.size() || !is_of_word(comment[at + kLength]));
    if (is_whole && lint_of(id) != nullptr) found += (found.empty() ? "" : ", ") + id;
  }
  return found;
}

struct Allowed {
  Code code;
  base::Span span;  // of its id
  bool is_used = false;
};

struct Allow {
  base::Span span;            // of the comment
  bool stands_alone = false;  // nothing but it is on its line
  std::vector<Allowed> lints;
};

using Line = std::pair<base::FileId, std::uint32_t>;

class Silence {
 public:
  Silence(const base::SourceMap& sources, const Sought& sought) : sources_(sources), sought_(sought) {
    for (base::FileId file = 0; file < sources.size(); ++file) {
      if (sources.has(file)) read_file(file);
    }
  }

  bool silences(const base::Diagnostic& diagnostic) {
    if (diagnostic.severity() != base::Severity::warning) return false;
    const auto found = allows_.find(line_of(diagnostic.span));
    bool silenced = false;
    if (found == allows_.end()) return false;
    for (Allowed& each : found->second.lints) {
      if (each.code != diagnostic.code) continue;
      each.is_used = silenced = true;
    }
    return silenced;
  }

  // Once all are seen; `kept` are those that are not silenced.
  base::Diagnostics problems(const base::Diagnostics& kept) {
    for (const auto& [line, allow] : allows_) report_idle(line, allow, kept);
    return std::move(problems_);
  }

 private:
  Line line_of(base::Span span) const { return {span.file, sources_.file(span.file).line_of(span.begin)}; }

  void read_file(base::FileId file) {
    const base::SourceFile& source = sources_.file(file);
    std::size_t line_end = 0;
    for (std::size_t at = source.text().find("//"); at != std::string_view::npos;
         at = source.text().find("//", line_end)) {
      const std::uint32_t line = source.line_of(static_cast<std::uint32_t>(at));
      const std::string_view whole = source.line_text(line);
      line_end = source.line_begin(line) + whole.size();
      const std::string_view comment = comment_of(whole);
      if (comment.empty()) continue;
      const base::Span span{file, static_cast<std::uint32_t>(line_end - comment.size()),
                            static_cast<std::uint32_t>(line_end)};
      read_comment(comment, span, trimmed(whole).size() == trimmed(comment).size());
    }
  }

  // `// muster: allow(`, with as many blanks as one likes. What only looks like it is misspelt where it names a lint.
  void read_comment(std::string_view comment, base::Span span, bool stands_alone) {
    constexpr std::string_view kName = "muster", kWord = "allow";
    const std::size_t slashes = std::min(comment.find_first_not_of('/'), comment.size());
    std::string_view rest = trimmed(comment.substr(slashes));
    if (lower(rest.substr(0, kName.size())) != kName) return;
    const std::string_view name = rest.substr(0, kName.size());
    rest = trimmed(rest.substr(kName.size()));
    const bool has_colon = rest.starts_with(':');
    if (has_colon) rest = trimmed(rest.substr(1));
    const auto word_end = std::find_if_not(rest.begin(), rest.end(), is_of_word);
    const std::string_view word = rest.substr(0, static_cast<std::size_t>(word_end - rest.begin()));
    const std::string_view behind = trimmed(rest.substr(word.size()));
    if (slashes == 2 && name == kName && has_colon && word == kWord && behind.starts_with('('))
      return read_allow(comment, behind.substr(1), span, stands_alone);
    const std::string ids = lints_in(behind);
    const bool is_near = word == kWord || base::similar_name(word, {std::string(kWord)}).has_value();
    if (ids.empty() && !(has_colon && is_near && behind.starts_with('('))) return;
    auto& problem =
        problems_.report(Code::bad_allow, span, "this silences nothing, because it is not written as an `allow` is");
    problem.help = "write `// muster: allow(" + (ids.empty() ? "MU1002" : ids) + ") reason` at the end of the line";
  }

  // `inside` begins behind the bracket.
  void read_allow(std::string_view comment, std::string_view inside, base::Span span, bool stands_alone) {
    const std::size_t close = inside.find(')');
    const std::string_view listed = inside.substr(0, close);
    if (close == std::string_view::npos || trimmed(inside.substr(close + 1)).empty()) {
      const std::string ids(close == std::string_view::npos ? std::string_view(lints_in(listed)) : trimmed(listed));
      problems_
          .report(Code::bad_allow, span,
                  close == std::string_view::npos ? "this silences nothing, because its bracket is not closed"
                                                  : "this silences nothing, because it does not say why")
          .help =
          "write the reason behind it: `// muster: allow(" + (ids.empty() ? "MU1002" : ids) + ") why it is meant so`";
      return;
    }
    Allow allow{span, stands_alone, {}};
    bool names_one = false;
    for (std::size_t at = 0; at <= listed.size();) {
      const std::size_t comma = std::min(listed.find(',', at), listed.size());
      const std::string_view id = trimmed(listed.substr(at, comma - at));
      at = comma + 1;
      if (id.empty()) continue;
      names_one = true;
      const auto begin = static_cast<std::uint32_t>(span.begin + (id.data() - comment.data()));
      const base::Span place{span.file, begin, static_cast<std::uint32_t>(begin + id.size())};
      if (const base::CodeInfo* lint = lint_of(id)) {
        allow.lints.push_back({lint->code, place, false});
      } else {
        report_no_lint(id, place, span);
      }
    }
    if (!names_one) {
      problems_.report(Code::bad_allow, span, "this silences nothing, because it names no lint").help =
          "write the code of the lint in the brackets: `// muster: allow(MU1002) reason`";
    }
    allows_.insert_or_assign(line_of(span), std::move(allow));
  }

  void report_no_lint(std::string_view id, base::Span place, base::Span comment) {
    const std::string meant = lints_in(id);
    auto& problem =
        problems_.report(Code::bad_allow, comment, "`" + std::string(id) + "` is no lint, so it can't be silenced");
    problem.help = "errors must be mended; `muster codes` lists the lints, MU1001 and up";
    if (meant.size() != id.size()) return;
    problem.help = "write `" + meant + "`";
    problem.fixes.push_back({"write `" + meant + "`", false, {{place, meant}}});
  }

  // That which nothing needs, in the file that was looked through for it.
  void report_idle(Line line, const Allow& allow, const base::Diagnostics& kept) {
    if (sought_.file != line.first || !sought_.is_sought) return;
    std::vector<const Allowed*> idle;
    for (const Allowed& each : allow.lints) {
      // Who names this lint wants the comment kept, whatever it does.
      if (each.code == Code::bad_allow) return;
      if (!each.is_used && sought_.is_sought(each.code)) idle.push_back(&each);
    }
    if (idle.empty()) return;
    std::string ids;
    for (const Allowed* each : idle) ids += (ids.empty() ? "`" : ", `") + std::string(base::info(each->code).id) + "`";
    auto& problem = problems_.report(Code::bad_allow, allow.span, "nothing on this line needs its " + ids);
    const auto& list = kept.list();
    const bool is_of_next_line =
        allow.stands_alone && std::any_of(list.begin(), list.end(), [&](const auto& each) {
          return each.code == idle.front()->code && line_of(each.span) == Line{line.first, line.second + 1};
        });
    if (is_of_next_line) {
      problem.help = "write it at the end of the line below, whose lint it names";
      return;
    }
    problem.help = "leave it out";
    problem.fixes.push_back({"leave it out", true, {without(line, allow, idle)}});
  }

  base::TextEdit without(Line line, const Allow& allow, const std::vector<const Allowed*>& idle) const {
    const base::SourceFile& source = sources_.file(line.first);
    const std::string_view text = source.text();
    if (idle.size() < allow.lints.size()) {
      std::string ids;
      for (const Allowed& each : allow.lints) {
        const bool is_idle =
            std::any_of(idle.begin(), idle.end(), [&](const Allowed* other) { return other == &each; });
        if (!is_idle) ids += (ids.empty() ? "" : ", ") + std::string(base::info(each.code).id);
      }
      return {{line.first, allow.lints.front().span.begin, allow.lints.back().span.end}, ids};
    }
    std::uint32_t begin = allow.span.begin, end = allow.span.end;
    while (begin > 0 && kBlanks.find(text[begin - 1]) != std::string_view::npos) --begin;
    if (allow.stands_alone && line.second < source.line_count()) end = source.line_begin(line.second + 1);
    return {{line.first, begin, end}, ""};
  }

  const base::SourceMap& sources_;
  const Sought& sought_;
  base::Diagnostics problems_;
  std::map<Line, Allow> allows_;
};

}  // namespace

base::Diagnostics without_silenced(const base::Diagnostics& diagnostics, const base::SourceMap& sources,
                                   const Sought& sought) {
  Silence silence(sources, sought);
  base::Diagnostics kept;
  kept.append_if(diagnostics, [&](const base::Diagnostic& each) { return !silence.silences(each); });
  kept.append(silence.problems(kept));
  return kept;
}

}  // namespace muster::compiler
