// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

// The `assume`s and `is known`s that a condition is written with.
void gather(const typed::Program& program, ExprId id, std::vector<ExprId>& found) {
  if (id == typed::kNoExpr) return;
  const typed::Expr& expr = program.expr(id);
  if (expr.op == Op::assume || expr.op == Op::is_known) found.push_back(id);
  for (const ExprId operand : program.operands_of(expr)) gather(program, operand, found);
}

// Whether the condition can only be true, with this unknown, because of what is said of the unknown.
bool hides(values::Analysis& analysis, const typed::Program& program, ExprId condition, ExprId exception) {
  const ExprId asked = program.operand(program.expr(exception), 0);
  analysis.take_for_unknown(asked);
  const bool passes = analysis.truths_of(condition).yes();
  analysis.take_for_unknown(exception);
  const bool would_pass = analysis.truths_of(condition).yes();
  analysis.forget();
  return passes && !would_pass;
}

}  // namespace

void hides_missing(const Lints& lints) {
  for (std::uint32_t index = 0; index < lints.program.policies.size(); ++index) {
    const typed::Policy& policy = lints.program.policies[index];
    values::Analysis analysis(lints.program, &policy);
    for (const typed::Criterion& criterion : policy.criteria) {
      for (const typed::Condition& required : criterion.requires_) {
        if (required.policy != index) continue;
        std::vector<ExprId> exceptions;
        gather(lints.program, required.condition, exceptions);
        for (const ExprId exception : exceptions) {
          if (!hides(analysis, lints.program, required.condition, exception)) continue;
          const ExprId asked = lints.program.operand(lints.program.expr(exception), 0);
          lints.found
              .report(base::Code::hides_missing, lints.span(exception),
                      "this holds because " + lints.quoted(asked) + " is unknown, and may not once it is known")
              .help = "without it the criterion is `unknown` until somebody has the answer, and says what is missing";
        }
      }
    }
  }
}

}  // namespace muster::lint
