// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "compiler/lint/lints.h"

namespace muster::lint {

void double_negation(const Lints& lints) {
  for (const typed::Expr& expr : lints.program.exprs) {
    if (expr.op != typed::Op::not_) continue;
    const typed::ExprId inner_id = lints.program.operand(expr, 0);
    const typed::Expr& inner = lints.program.expr(inner_id);
    // `x is not known` is a `not` of its own, which reads well behind one.
    const auto is_written = [&](base::Span span) {
      const std::string_view text = lints.sources.text(span);
      return text.starts_with("not ") || text.starts_with("not(");
    };
    if (inner.op != typed::Op::not_ || !is_written(expr.span) || !is_written(inner.span)) continue;
    const typed::ExprId kept = lints.program.operand(inner, 0);
    auto& lint = lints.found.report(base::Code::double_negation, expr.span, "two `not` that undo each other");
    lint.help = "write " + lints.quoted(kept);
    // Only the two words go, so that brackets stay where they are needed.
    const auto without_word = [&](base::Span negation) {
      const std::string_view text = lints.sources.text(negation);
      const auto rest = std::min(text.find_first_not_of(" \t", std::string_view("not").size()), text.size());
      return base::TextEdit{{negation.file, negation.begin, negation.begin + static_cast<std::uint32_t>(rest)}, ""};
    };
    lint.fixes.push_back({"leave out both `not`", true, {without_word(expr.span), without_word(inner.span)}});
  }
}

}  // namespace muster::lint
