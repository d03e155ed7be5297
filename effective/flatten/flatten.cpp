// SPDX-License-Identifier: Apache-2.0
#include "effective/flatten/flatten.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/diagnostic_printer.h"
#include "compiler/compile.h"
#include "effective/flatten/module_writer.h"
#include "grammar/format/format.h"
#include "grammar/parse/parse.h"

namespace muster::flatten {

namespace {

constexpr const char* kPath = "flat.muster";
constexpr const char* kSilenced = " as in the policy that this was made from";

struct Written {
  std::string text;
  compiler::Compilation compilation;
};

using Result = tl::expected<Written, std::string>;

// Laid out and compiled.
Result finished(const std::string& raw, const std::string& module) {
  const parse::Result parsed = parse::parse_module(raw, 0);
  auto text = format::format(parsed.tree);
  if (!text) {
    std::string problem = "what was written can't be read again";
    if (const auto& found = parsed.diagnostics.list(); !found.empty()) problem += ": " + found.front().message;
    return tl::unexpected(std::move(problem));
  }
  compiler::Loader loader;
  loader.read = [&](const std::string& path) { return path == kPath ? text : std::nullopt; };
  Written written{*text, compiler::compile({kPath, "", module, compiler::Lints::run}, loader)};
  for (const auto& diagnostic : written.compilation.diagnostics.list()) {
    if (diagnostic.severity() != base::Severity::error) continue;
    return tl::unexpected("what was written has an error: " +
                          base::print_diagnostic(diagnostic, written.compilation.sources, base::Colour::off));
  }
  if (written.compilation.program.policies.size() != 1) return tl::unexpected(std::string("a policy was lost"));
  return written;
}

// Pairs of the conditions of both, those of sections with each of their criteria.
template <class Visit>
bool each_pair(const typed::Policy& one, const typed::Policy& other, const Visit& visit) {
  const auto pair = [&](const std::vector<typed::Condition>& left, const std::vector<typed::Condition>& right) {
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) visit(left[i], right[i]);
    return true;
  };
  if (one.criteria.size() != other.criteria.size() || one.gates.size() != other.gates.size()) return false;
  for (std::size_t i = 0; i < one.criteria.size(); ++i) {
    if (!pair(one.criteria[i].whens, other.criteria[i].whens) ||
        !pair(one.criteria[i].requires_, other.criteria[i].requires_))
      return false;
  }
  for (std::size_t i = 0; i < one.gates.size(); ++i) {
    if (!pair(one.gates[i].requires_, other.gates[i].requires_)) return false;
  }
  return true;
}

// Behind each line of which there is something to say, where no comment stands already.
std::string with_lints_silenced(const Written& written) {
  const base::SourceFile& file = written.compilation.sources.file(written.compilation.root_file);
  std::map<std::uint32_t, std::set<std::string_view>> lints;
  for (const auto& diagnostic : written.compilation.diagnostics.list())
    lints[file.line_of(diagnostic.span.begin)].insert(base::info(diagnostic.code).id);
  std::string text;
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    text += file.line_text(line);
    const auto found = lints.find(line);
    if (found != lints.end() && file.line_text(line).find("//") == std::string_view::npos) {
      std::string ids;
      for (const std::string_view id : found->second) ids += (ids.empty() ? "" : ", ") + std::string(id);
      text += "  // muster: allow(" + ids + ")" + kSilenced;
    }
    text += '\n';
  }
  return text;
}

}  // namespace

tl::expected<std::string, std::string> flatten(const typed::Program& program, std::uint32_t index,
                                               const typed::Policy& policy, const base::SourceMap& sources) {
  // A condition without a message shows itself, so one that reads otherwise than it did, because of a name or of
  // where lines break, is given what it said as its message. That may break other lines, so it goes round.
  Explained explained;
  while (true) {
    const std::string raw = "// `" + policy.full_name() + "` in one module, as it is after deriving.\n" +
                            ModuleWriter(program, index, policy, sources, explained).write();
    Result written = finished(raw, program.root_module);
    if (!written) return tl::unexpected(written.error());
    const std::size_t before = explained.size();
    const auto explain = [&](const typed::Condition& was, const typed::Condition& is) {
      if (was.has_message || is.has_message || was.message.pieces.front().text == is.message.pieces.front().text)
        return;
      explained.emplace(was.span.file, was.span.begin);
    };
    if (!each_pair(policy, written->compilation.program.policies.front(), explain))
      return tl::unexpected(std::string("a condition was lost"));
    if (explained.size() > before) continue;
    if (written->compilation.diagnostics.list().empty()) return std::move(written->text);
    Result silenced = finished(with_lints_silenced(*written), program.root_module);
    return silenced ? std::move(silenced->text) : std::move(written->text);
  }
}

}  // namespace muster::flatten
