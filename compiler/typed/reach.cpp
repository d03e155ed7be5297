// SPDX-License-Identifier: Apache-2.0
#include "compiler/typed/reach.h"

#include <set>

namespace muster::typed {

namespace {

class ReadParams {
 public:
  ReadParams(const Program& program, const Policy& policy) : program_(program), read_(program.params.size()) {
    for (const ExprId id : parts_first(program, policy)) {
      const Expr& expr = program.expr(id);
      if (expr.op == Op::param) read_[expr.index] = true;
    }
    add_record(program.types.record_at(policy.subject));
    for (const Shared& shared : program.shared) {
      add(shared.fresh);
      add_type(shared.type);
    }
  }

  std::vector<std::uint32_t> list() const {
    std::vector<std::uint32_t> params;
    for (std::uint32_t i = 0; i < read_.size(); ++i) {
      if (read_[i]) params.push_back(i);
    }
    return params;
  }

 private:
  void add(const types::Freshness& fresh) {
    if (fresh.kind == types::Freshness::Kind::param) read_[fresh.param] = true;
  }
  // Records are not recursive.
  void add_record(const types::Record& record) {
    add(record.fresh);
    for (const types::Field& field : record.fields) {
      add(field.fresh);
      add_type(field.type);
    }
  }
  void add_type(TypeId type) {
    const types::Table& types = program_.types;
    type = types.innermost(type);
    if (types.is_record(type)) add_record(types.record_of(type));
  }

  const Program& program_;
  std::vector<bool> read_;
};

}  // namespace

std::vector<ExprId> roots_of(const Program& program, const Policy& policy) {
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
    for (const std::uint32_t waiver : criterion.waivers) roots.push_back(program.waivers[waiver].where);
  }
  for (const auto& gate : policy.gates) conditions(gate.requires_);
  for (const auto& score : policy.scores) roots.push_back(score.expression);
  for (const auto& show : policy.shows) roots.push_back(show.value);
  return roots;
}

std::vector<std::uint32_t> params_read(const Program& program, const Policy& policy) {
  return ReadParams(program, policy).list();
}

std::vector<std::uint32_t> criteria_of_gate(const Program& program, const Policy& policy, std::uint32_t gate) {
  std::set<std::uint32_t> criteria, gates, scores;
  std::set<ExprId> seen;
  std::vector<ExprId> open;
  const auto enter_gate = [&](std::uint32_t index) {
    if (!gates.insert(index).second) return;
    for (const Condition& condition : policy.gates[index].requires_) open.push_back(condition.condition);
  };
  std::vector<std::uint32_t> open_scores;
  const auto enter_score = [&](std::uint32_t index) {
    if (scores.insert(index).second) open_scores.push_back(index);
  };
  enter_gate(gate);
  while (!open.empty() || !open_scores.empty()) {
    if (!open_scores.empty()) {
      const Score& score = policy.scores[open_scores.back()];
      open_scores.pop_back();
      criteria.insert(score.of.criteria.begin(), score.of.criteria.end());
      for (const Score::Part& part : score.parts) enter_score(part.score);
      open.push_back(score.expression);
      continue;
    }
    const ExprId id = open.back();
    open.pop_back();
    if (id == kNoExpr || !seen.insert(id).second) continue;
    const Expr& expr = program.expr(id);
    if (expr.op == Op::passes) criteria.insert(expr.index);
    if (expr.op == Op::every || expr.op == Op::count_status) {
      const auto& selected = policy.selections[expr.index].criteria;
      criteria.insert(selected.begin(), selected.end());
    }
    if (expr.op == Op::gate) enter_gate(expr.index);
    if (expr.op == Op::score) enter_score(expr.index);
    for (std::size_t at = 0; at < part_count(expr); ++at) open.push_back(part(program, expr, at));
  }
  return {criteria.begin(), criteria.end()};
}

std::size_t part_count(const Expr& expr) { return expr.count + (expr.op == Op::let || expr.op == Op::call ? 1 : 0); }

ExprId part(const Program& program, const Expr& expr, std::size_t at) {
  if (at < expr.count) return program.operand(expr, at);
  return expr.op == Op::let ? program.lets[expr.index].value : program.defines[expr.index].body;
}

std::vector<ExprId> parts_first(const Program& program, const Policy& policy) {
  return parts_first(program, roots_of(program, policy));
}

std::vector<ExprId> parts_first(const Program& program, const std::vector<ExprId>& roots) {
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
  for (const ExprId root : roots) {
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
