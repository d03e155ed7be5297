// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

void compares_itself(const Lints& lints) {
  values::Analysis analysis(lints.program, nullptr);
  for (typed::ExprId id = 0; id < lints.program.exprs.size(); ++id) {
    const typed::Expr& expr = lints.program.expr(id);
    using typed::Op;
    const bool compares = expr.op == Op::equal || expr.op == Op::not_equal || expr.op == Op::less ||
                          expr.op == Op::less_equal || expr.op == Op::greater || expr.op == Op::greater_equal;
    if (!compares) continue;
    const typed::ExprId a = lints.program.operand(expr, 0), b = lints.program.operand(expr, 1);
    if (lints.program.expr(a).op == Op::literal || !analysis.is_same(a, b)) continue;
    lints.found.report(base::Code::compares_itself, expr.span, lints.quoted(id) + " compares something with itself")
        .help = "it is decided as soon as anything is known: compare with what was meant";
  }
}

}  // namespace muster::lint
