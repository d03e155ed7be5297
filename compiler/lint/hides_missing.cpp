// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "compiler/lint/lints.h"
#include "compiler/lint/own_text.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

// The `assume`s and `is known`s that a condition is written with, here or in lets of the same text.
void gather(const typed::Program& program, std::uint32_t policy, ExprId id, std::vector<ExprId>& found) {
  if (id == typed::kNoExpr) return;
  const typed::Expr& expr = program.expr(id);
  if (expr.op == Op::assume || expr.op == Op::is_known) found.push_back(id);
  for (const ExprId operand : program.operands_of(expr)) gather(program, policy, operand, found);
  if (expr.op == Op::let && program.lets[expr.index].policy == policy)
    gather(program, policy, program.lets[expr.index].value, found);
}

// Whether the condition can only be as is wished, with this unknown, because of what is said of the unknown.
bool hides(values::Analysis& analysis, const typed::Program& program, ExprId condition, ExprId exception,
           values::Truths wished) {
  const ExprId asked = program.operand(program.expr(exception), 0);
  analysis.take_for_unknown(asked);
  const bool is = !(analysis.truths_of(condition) & wished).none();
  analysis.take_for_unknown(exception);
  const bool would_be = !(analysis.truths_of(condition) & wished).none();
  analysis.forget();
  return is && !would_be;
}

void tell(const Lints& lints, const OwnCondition& own, ExprId exception) {
  const std::string asked = lints.quoted(lints.program.operand(lints.program.expr(exception), 0));
  const bool keeps_away = own.kind == typed::ConditionKind::when;
  auto& lint = lints.found.report(
      base::Code::hides_missing, lints.span(exception),
      keeps_away ? "the criterion does not apply because " + asked + " is unknown, and may once it is known"
                 : "this holds because " + asked + " is unknown, and may not once it is known");
  lint.help = own.sequence.gate != nullptr
                  ? "without it the gate is undecided until that is known; with it, more evidence may close the gate"
                  : "without it the criterion is `unknown` until somebody has the answer, and says what is missing";
}

}  // namespace

// What is met, what does not apply and what passes, as long as nobody knows better: by these alone can a gate turn
// from pass to fail as evidence comes. All else of the language only narrows what is possible.
void hides_missing(const Lints& lints) {
  std::set<ExprId> told;
  std::optional<values::Analysis> analysis;
  std::uint32_t policy = 0;
  each_own_condition(lints.program, [&](const OwnCondition& own) {
    std::vector<ExprId> exceptions;
    gather(lints.program, own.policy, own.condition.condition, exceptions);
    if (exceptions.empty()) return;
    if (!analysis || policy != own.policy) analysis.emplace(lints.program, &lints.program.policies[own.policy]);
    policy = own.policy;
    for (const ExprId exception : exceptions) {
      const values::Truths wished = own.kind == typed::ConditionKind::when ? values::kNo : values::kYes;
      if (told.count(exception) > 0 || !hides(*analysis, lints.program, own.condition.condition, exception, wished))
        continue;
      told.insert(exception);
      tell(lints, own, exception);
    }
  });
}

}  // namespace muster::lint
