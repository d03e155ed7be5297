// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

bool reads_the_day(const typed::Program& program, ExprId id) {
  if (id == typed::kNoExpr) return false;
  const typed::Expr& expr = program.expr(id);
  if (expr.op == Op::today || expr.op == Op::now) return true;
  for (const ExprId operand : program.operands_of(expr)) {
    if (reads_the_day(program, operand)) return true;
  }
  return false;
}

}  // namespace

void past_date(const Lints& lints) {
  if (!lints.today) return;
  values::Analysis any_day(lints.program, nullptr), from_now(lints.program, nullptr, lints.today);
  for (ExprId id = 0; id < lints.program.exprs.size(); ++id) {
    const Op op = lints.program.expr(id).op;
    const bool compares = typed::is_comparison(op) || op == Op::in_range;
    if (!compares || !reads_the_day(lints.program, id)) continue;
    const values::Truths before = any_day.truths_of(id), now = from_now.truths_of(id);
    if (!(before.yes() && before.no()) || now.yes() == now.no()) continue;
    lints.found
        .report(base::Code::past_date, lints.span(id),
                lints.quoted(id) + " is " + (now.yes() ? "true" : "false") + " from now on: the day has passed")
        .help =
        now.yes() ? "what it waited for is here: leave it out" : "name a day to come, or leave out what it guards";
  }
}

}  // namespace muster::lint
