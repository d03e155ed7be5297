// SPDX-License-Identifier: Apache-2.0
#include "compiler/lint/lints.h"
#include "compiler/lint/own_text.h"
#include "compiler/typed/reach.h"
#include "compiler/values/analysis.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

bool is_evidence(const Lints& lints, ExprId list) {
  const Op op = lints.program.expr(list).op;
  return op == Op::field || op == Op::optional_field || op == Op::shared;
}

// Whether the conditions ask anywhere that the list holds something: by its size, by an element that must be there,
// or by an aggregate of it.
bool asks_for_elements(const Lints& lints, values::Analysis& analysis, const std::vector<ExprId>& roots, ExprId all) {
  const ExprId list = lints.program.operand(lints.program.expr(all), 0);
  for (const ExprId id : typed::parts_first(lints.program, roots)) {
    const typed::Expr& expr = lints.program.expr(id);
    const bool counts = expr.op == Op::size || expr.op == Op::any || expr.op == Op::at_least ||
                        expr.op == Op::exactly || expr.op == Op::count || expr.op == Op::min || expr.op == Op::max ||
                        expr.op == Op::avg || expr.op == Op::first || expr.op == Op::latest ||
                        expr.op == Op::contains || expr.op == Op::contains_all || expr.op == Op::contains_any;
    if (id != all && counts && analysis.is_same(lints.program.operand(expr, 0), list)) return true;
  }
  return false;
}

}  // namespace

// An `all` that is a whole requirement: where it is only a part, an empty list is often meant to pass.
void empty_list_passes(const Lints& lints) {
  values::Analysis analysis(lints.program, nullptr);
  each_own_requirement(lints.program, [&](const OwnCondition& own) {
    const ExprId all = own.condition.condition;
    const typed::Expr& expr = lints.program.expr(all);
    if (expr.op != Op::all) return;
    const ExprId list = lints.program.operand(expr, 0);
    if (!is_evidence(lints, list)) return;
    std::vector<ExprId> roots;
    for (const typed::Condition* each : own.sequence.conditions) roots.push_back(each->condition);
    if (asks_for_elements(lints, analysis, roots, all)) return;
    const std::string written(lints.sources.text(lints.span(list)));
    if (const ExprId where = lints.program.operand(expr, 1); where != typed::kNoExpr) {
      const std::string variable = lints.program.variables[expr.index].name;
      auto& lint = lints.found.report(base::Code::empty_list_passes, lints.span(list),
                                      "where " + lints.quoted(list) + " has no such element, this holds");
      lint.labels.push_back({lints.span(where), "none is asked for"});
      lint.help = "if there must be one, require `any " + variable + " in " + written + ": ...` before it";
      return;
    }
    lints.found
        .report(base::Code::empty_list_passes, lints.span(list),
                "where " + lints.quoted(list) + " is empty, this holds")
        .help = "if there must be some, require `size(" + written + ") > 0` before it";
  });
}

}  // namespace muster::lint
