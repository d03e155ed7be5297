// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string_view>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

// A pattern without signs of its own: what it asks, and of which text.
struct Plain {
  std::string_view words;
  std::string_view text;
};

std::optional<Plain> plain(std::string_view pattern) {
  const bool begins = pattern.starts_with('^');
  if (begins) pattern.remove_prefix(1);
  const bool ends = pattern.ends_with('$');
  if (ends) pattern.remove_suffix(1);
  if (pattern.empty()) return std::nullopt;
  for (const char c : pattern) {
    if (std::string_view("\\^$.|?*+()[]{}\"\n").find(c) != std::string_view::npos) return std::nullopt;
  }
  return Plain{begins && ends ? "==" : begins ? "starts with" : ends ? "ends with" : "contains", pattern};
}

}  // namespace

void plain_pattern(const Lints& lints) {
  for (typed::ExprId id = 0; id < lints.program.exprs.size(); ++id) {
    const typed::Expr& expr = lints.program.expr(id);
    if (expr.op != typed::Op::matches) continue;
    const auto found = plain(lints.program.patterns[expr.index]);
    if (!found) continue;
    const base::Span text = lints.span(lints.program.operand(expr, 0));
    const auto word = lints.sources.text({text.file, text.end, expr.span.end}).find("matches");
    if (word == std::string_view::npos) continue;
    const base::Span asked{text.file, text.end + static_cast<std::uint32_t>(word), expr.span.end};
    const std::string plainer = std::string(found->words) + " \"" + std::string(found->text) + "\"";
    auto& lint = lints.found.report(base::Code::plain_pattern, asked, "this pattern has no need to be one");
    lint.help = "write `" + plainer + "`, which reads at once";
    // Between them a comment may stand, with this word in it.
    const std::string_view between = lints.sources.text({text.file, text.end, asked.begin});
    if (between.find_first_not_of(" \t\r\n)") == std::string_view::npos)
      lint.fixes.push_back({"write `" + plainer + "`", true, {{asked, plainer}}});
  }
}

}  // namespace muster::lint
