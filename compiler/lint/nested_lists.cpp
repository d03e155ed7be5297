// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "compiler/lint/lints.h"

namespace muster::lint {

namespace {

using typed::ExprId;
using typed::Op;

// A list of the subject or of all, by its fields alone: not one of an element's own.
bool is_of_the_whole(const typed::Program& program, ExprId list) {
  const typed::Expr& expr = program.expr(list);
  if (expr.op == Op::field || expr.op == Op::optional_field) return is_of_the_whole(program, program.operand(expr, 0));
  return expr.op == Op::subject || expr.op == Op::shared;
}

// Two lists in each other are how lists are joined; three take the product of their sizes.
constexpr std::size_t kMostOuter = 2;

void look(const Lints& lints, ExprId id, std::vector<ExprId>& outer, std::vector<bool>& seen) {
  if (id == typed::kNoExpr || (outer.empty() && seen[id])) return;
  seen[id] = true;
  const typed::Program& program = lints.program;
  const typed::Expr& expr = program.expr(id);
  const bool over_list = typed::has_variable(expr.op) && expr.count > 0;
  const bool of_the_whole = over_list && is_of_the_whole(program, program.operand(expr, 0));
  if (of_the_whole && outer.size() == kMostOuter) {
    const ExprId list = program.operand(expr, 0);
    auto& lint = lints.found.report(base::Code::nested_lists, lints.span(list),
                                    "for each pair of elements this goes over all of " + lints.quoted(list));
    for (const ExprId each : outer) lint.labels.push_back({lints.span(each), "elements of this"});
    lint.help = "where the lists are long this takes long: ask for it once in a `let`, or bind the lists as one";
    return;
  }
  for (std::size_t at = 0; at < expr.count; ++at) {
    const bool inside = of_the_whole && at > 0;
    if (inside) outer.push_back(program.operand(expr, 0));
    look(lints, program.operand(expr, at), outer, seen);
    if (inside) outer.pop_back();
  }
}

}  // namespace

// As it is written: a `let` is found once, and what defines do is looked at in them.
void nested_lists(const Lints& lints) {
  std::vector<bool> seen(lints.program.exprs.size());
  std::vector<ExprId> outer;
  for (ExprId id = static_cast<ExprId>(lints.program.exprs.size()); id-- > 0;) look(lints, id, outer, seen);
}

}  // namespace muster::lint
