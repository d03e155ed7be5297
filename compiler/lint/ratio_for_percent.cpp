// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "compiler/lint/lints.h"
#include "compiler/lint/own_text.h"

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

enum class Asks : bool { for_more, for_less };

Asks opposite(Asks asks) { return asks == Asks::for_more ? Asks::for_less : Asks::for_more; }

void tell(const Lints& lints, ExprId limit) {
  const auto points = points_of(lints.program, limit);
  if (!is_like_a_ratio(points)) return;
  auto& lint = lints.found.report(base::Code::ratio_for_percent, lints.span(limit),
                                  lints.quoted(limit) + " is at most one in a hundred");
  const std::string meant = types::to_text(lints.program.types, types::kPercent, types::Percent{*points * 100});
  lint.help = "a percent counts points: for this ratio write `" + meant + "`";
  if (lints.program.expr(limit).op == Op::literal)
    lint.fixes.push_back({"write `" + meant + "`", false, {{lints.span(limit), meant}}});
}

// A limit from below: at most 0.5% is a rate of errors, at least 0.5% of anything is nearly nothing.
void look(const Lints& lints, ExprId id, Asks asks) {
  const typed::Expr& expr = lints.program.expr(id);
  const auto operand = [&](std::size_t at) { return lints.program.operand(expr, at); };
  if (expr.op == Op::not_) {
    look(lints, operand(0), opposite(asks));
  } else if (expr.op == Op::implies) {
    look(lints, operand(0), opposite(asks));
    look(lints, operand(1), asks);
  } else if (expr.op == Op::and_ || expr.op == Op::or_) {
    for (const ExprId each : lints.program.operands_of(expr)) look(lints, each, asks);
  } else if (expr.op == Op::any || expr.op == Op::all || expr.op == Op::no) {
    // Behind the list and its `where`.
    look(lints, operand(2), expr.op == Op::no ? opposite(asks) : asks);
  } else if (expr.op == Op::let) {
    look(lints, lints.program.lets[expr.index].value, asks);
  } else if (expr.op == Op::greater || expr.op == Op::greater_equal) {
    tell(lints, operand(asks == Asks::for_more ? 1 : 0));
  } else if (expr.op == Op::less || expr.op == Op::less_equal) {
    tell(lints, operand(asks == Asks::for_more ? 0 : 1));
  }
}

}  // namespace

void ratio_for_percent(const Lints& lints) {
  each_own_requirement(lints.program,
                       [&](const OwnCondition& own) { look(lints, own.condition.condition, Asks::for_more); });
}

}  // namespace muster::lint
