// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/reach.h"

namespace muster::typed {

namespace {

std::vector<ExprId> roots_of(const Policy& policy) {
  std::vector<ExprId> roots;
  const auto message = [&](const Message& text) {
    for (const auto& piece : text.pieces) roots.push_back(piece.expression);
  };
  const auto conditions = [&](const std::vector<Condition>& all) {
    for (const auto& condition : all) {
      roots.push_back(condition.condition);
      message(condition.message);
      roots.insert(roots.end(), condition.guarded.begin(), condition.guarded.end());
    }
  };
  for (const auto& criterion : policy.criteria) {
    conditions(criterion.whens);
    conditions(criterion.requires_);
    if (criterion.why) message(*criterion.why);
    if (criterion.fix) message(*criterion.fix);
  }
  for (const auto& gate : policy.gates) roots.insert(roots.end(), gate.requires_.begin(), gate.requires_.end());
  for (const auto& score : policy.scores) roots.push_back(score.expression);
  for (const auto& show : policy.shows) roots.push_back(show.value);
  return roots;
}

}  // namespace

std::size_t part_count(const Expr& expr) { return expr.count + (expr.op == Op::let || expr.op == Op::call ? 1 : 0); }

ExprId part(const Program& program, const Expr& expr, std::size_t at) {
  if (at < expr.count) return program.operand(expr, at);
  return expr.op == Op::let ? program.lets[expr.index].value : program.defines[expr.index].body;
}

std::vector<ExprId> parts_first(const Program& program, const Policy& policy) {
  struct Step {
    ExprId id;
    std::size_t next_part;
  };
  std::vector<ExprId> order;
  std::vector<bool> seen(program.exprs.size());
  std::vector<Step> open;
  const auto enter = [&](ExprId id) {
    if (id == kNoExpr || seen[id]) return;
    seen[id] = true;
    open.push_back({id, 0});
  };
  for (const ExprId root : roots_of(policy)) {
    enter(root);
    while (!open.empty()) {
      const ExprId id = open.back().id;
      const Expr& expr = program.expr(id);
      if (open.back().next_part < part_count(expr)) {
        enter(part(program, expr, open.back().next_part++));
      } else {
        order.push_back(id);
        open.pop_back();
      }
    }
  }
  return order;
}

}  // namespace muster::typed
