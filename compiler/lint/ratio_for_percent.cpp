// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

std::optional<double> points_of(const typed::Program& program, ExprId id) {
  const typed::Expr& expr = program.expr(id);
  const types::Scalar* value = expr.op == Op::literal ? &program.constants[expr.index]
                               : expr.op == Op::param ? &program.params[expr.index].value
                                                      : nullptr;
  const auto* percent = value == nullptr ? nullptr : std::get_if<types::Percent>(value);
  return percent == nullptr ? std::nullopt : std::optional(percent->points);
}

bool is_like_a_ratio(std::optional<double> points) { return points && *points > 0 && *points <= 1; }

}  // namespace

// A limit from below: at most 0.5% is a rate of errors, at least 0.5% of anything is nearly nothing.
void ratio_for_percent(const Lints& lints) {
  for (const typed::Expr& expr : lints.program.exprs) {
    const bool at_least = expr.op == Op::greater || expr.op == Op::greater_equal;
    const bool at_most = expr.op == Op::less || expr.op == Op::less_equal;
    if (!at_least && !at_most) continue;
    const ExprId limit = lints.program.operand(expr, at_least ? 1 : 0);
    const auto points = points_of(lints.program, limit);
    if (!is_like_a_ratio(points)) continue;
    auto& lint = lints.found.report(base::Code::ratio_for_percent, lints.span(limit),
                                    lints.quoted(limit) + " asks for at most a hundredth");
    const std::string meant = types::to_text(lints.program.types, types::kPercent, types::Percent{*points * 100});
    lint.help = "a percent counts points: for this ratio write `" + meant + "`";
    if (lints.program.expr(limit).op == Op::literal)
      lint.fixes.push_back({"write `" + meant + "`", false, {{lints.span(limit), meant}}});
  }
}

}  // namespace muster::lint
