// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/lint/own_text.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

// A limit that somebody else may want to set otherwise: an amount, but none and one, which are hardly a matter of
// taste.
bool is_amount(const typed::Program& program, ExprId id) {
  const typed::Expr& expr = program.expr(id);
  if (expr.op != Op::literal) return false;
  const types::Scalar& value = program.constants[expr.index];
  if (const auto* i = std::get_if<std::int64_t>(&value)) return *i != 0 && *i != 1;
  if (const auto* p = std::get_if<types::Percent>(&value)) return p->points != 0 && p->points != 100;
  return std::holds_alternative<double>(value) || std::holds_alternative<base::Duration>(value) ||
         std::holds_alternative<base::Period>(value);
}

void look(const Lints& lints, ExprId id) {
  if (id == typed::kNoExpr) return;
  const typed::Expr& expr = lints.program.expr(id);
  const bool orders = typed::is_order(expr.op) || expr.op == Op::in_range;
  for (const ExprId operand : lints.program.operands_of(expr)) {
    if (!orders || !is_amount(lints.program, operand)) {
      look(lints, operand);
      continue;
    }
    lints.found
        .report(base::Code::literal_threshold, lints.span(operand),
                lints.quoted(operand) + " stands here alone: a policy that derives can't set it")
        .help = "declare `param NAME: TYPE = " + std::string(lints.sources.text(lints.span(operand))) +
                " in LOWEST..HIGHEST`, and compare with it";
  }
}

}  // namespace

void literal_threshold(const Lints& lints) {
  each_own_requirement(lints.program, [&](const OwnCondition& own) { look(lints, own.condition.condition); });
}

}  // namespace muster::lint
