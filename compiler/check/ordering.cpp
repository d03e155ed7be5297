// SPDX-License-Identifier: Apache-2.0
// In which order declarations are typed that may name each other in any order: subjects, defines, lets, scores, gates.
// Each is typed when something first names it, which is recursion; typed in this order, it never goes deep.
#include <algorithm>

#include "compiler/check/checker.h"

namespace muster::check {

// Each after those that it needs. What is in a cycle, or needs what is, stands last and as declared: typing it
// finds the declaration that closes the cycle.
std::vector<std::uint32_t> Checker::in_order(const std::vector<std::vector<std::uint32_t>>& needs) {
  enum class State : std::uint8_t { fresh, open, done };
  std::vector<State> states(needs.size(), State::fresh);
  std::vector<bool> circular(needs.size());
  std::vector<std::uint32_t> order;
  struct Step {
    std::uint32_t declaration;
    std::size_t next = 0;
  };
  std::vector<Step> stack;
  for (std::uint32_t root = 0; root < needs.size(); ++root) {
    if (states[root] != State::fresh) continue;
    states[root] = State::open;
    stack.push_back({root});
    while (!stack.empty()) {
      const std::uint32_t at = stack.back().declaration;
      if (stack.back().next == needs[at].size()) {
        for (std::uint32_t need : needs[at])
          circular[at] = circular[at] || circular[need] || states[need] == State::open;
        states[at] = State::done;
        if (!circular[at]) order.push_back(at);
        stack.pop_back();
        continue;
      }
      const std::uint32_t need = needs[at][stack.back().next++];
      if (states[need] != State::fresh) continue;
      states[need] = State::open;
      stack.push_back({need});
    }
  }
  for (std::uint32_t at = 0; at < needs.size(); ++at) {
    if (circular[at]) order.push_back(at);
  }
  return order;
}

// Which of these an expression may mean by the names in it: a variable of that name counts too.
void Checker::note_mentions(ast::ExprId root, const Names<std::uint32_t>& names,
                            std::vector<std::uint32_t>& into) const {
  std::vector<ast::ExprId> open{root};
  const auto push = [&open](ast::ExprId id) {
    if (id != ast::kNoExpr) open.push_back(id);
  };
  while (!open.empty()) {
    const ast::ExprId id = open.back();
    open.pop_back();
    if (id == ast::kNoExpr) continue;
    const ast::Expr& expr = expr_at(id);
    if (expr.kind == ast::Expr::Kind::name) {
      if (auto found = names.find(expr.name.text); found != names.end()) into.push_back(found->second);
    }
    for (ast::ExprId operand : expr.operands) push(operand);
    for (const ast::Branch& branch : expr.branches) {
      push(branch.condition);
      push(branch.value);
    }
  }
}

void Checker::note_mentions(const std::vector<ast::Clause>& clauses, const Names<std::uint32_t>& names,
                            std::vector<std::uint32_t>& into) const {
  for (const ast::Clause& clause : clauses) {
    note_mentions(clause.let.value, names, into);
    note_mentions(clause.requirement.condition, names, into);
    if (!clause.requirement.message) continue;
    for (const ast::Message::Piece& piece : clause.requirement.message->pieces)
      note_mentions(piece.expression, names, into);
  }
}

std::vector<std::uint32_t> Checker::order_records(const std::vector<ast::RecordDecl>& records) {
  Names<std::uint32_t> names;
  for (std::uint32_t i = 0; i < records.size(); ++i) names.emplace(records[i].name.text, i);
  std::vector<std::vector<std::uint32_t>> needs(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].extends.parts.size() != 1) continue;
    if (auto found = names.find(records[i].extends.parts[0].text); found != names.end())
      needs[i].push_back(found->second);
  }
  return in_order(needs);
}

std::vector<std::uint32_t> Checker::order_defines(std::uint32_t module) {
  Names<std::uint32_t> names;
  std::vector<std::uint32_t> own;
  for (std::uint32_t index = 0; index < defines_.size(); ++index) {
    if (defines_[index].module != module) continue;
    names.emplace(defines_[index].declared->name.text, static_cast<std::uint32_t>(own.size()));
    own.push_back(index);
  }
  std::vector<std::vector<std::uint32_t>> needs(own.size());
  for (std::size_t i = 0; i < own.size(); ++i) note_mentions(defines_[own[i]].declared->body, names, needs[i]);
  std::vector<std::uint32_t> order = in_order(needs);
  for (std::uint32_t& at : order) at = own[at];
  return order;
}

std::vector<std::uint32_t> Checker::order_lets(const std::vector<ast::Let>& lets) {
  Names<std::uint32_t> names;
  for (std::uint32_t i = 0; i < lets.size(); ++i) names.emplace(lets[i].name.text, i);
  std::vector<std::vector<std::uint32_t>> needs(lets.size());
  for (std::size_t i = 0; i < lets.size(); ++i) note_mentions(lets[i].value, names, needs[i]);
  return in_order(needs);
}

std::vector<std::uint32_t> Checker::order_scores(const PolicyState& policy) {
  const auto& scores = policy.score_texts;
  Names<std::uint32_t> names;
  for (std::uint32_t i = 0; i < scores.size(); ++i) names.emplace(policy.policy.scores[i].name, i);
  std::vector<std::vector<std::uint32_t>> needs(scores.size());
  const std::uint32_t here = module_;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    module_ = scores[i].text->module;
    note_mentions(scores[i].declared->expression, names, needs[i]);
    for (const ast::ScoreDecl::Part& part : scores[i].declared->parts) {
      if (auto found = names.find(part.score.text); found != names.end()) needs[i].push_back(found->second);
    }
  }
  module_ = here;
  return in_order(needs);
}

std::vector<std::uint32_t> Checker::order_gates(const PolicyState& policy) {
  const auto& gates = policy.gate_texts;
  Names<std::uint32_t> names;
  for (std::uint32_t i = 0; i < gates.size(); ++i) names.emplace(policy.policy.gates[i].name, i);
  std::vector<std::vector<std::uint32_t>> needs(gates.size());
  const std::uint32_t here = module_;
  for (std::size_t i = 0; i < gates.size(); ++i) {
    for (const PolicyState::GatePart& part : gates[i].parts) {
      module_ = part.text->module;
      note_mentions(*part.clauses, names, needs[i]);
    }
  }
  module_ = here;
  return in_order(needs);
}

// Only a long cycle gets here; the rest of it is typed later.
bool Checker::is_too_deep(Span declaration) {
  constexpr std::uint32_t kMostOpen = 256;
  if (open_declarations_ < kMostOpen) return false;
  if (!depth_reported_)
    report(Code::too_costly, declaration,
           "more than " + std::to_string(kMostOpen) + " declarations need each other in a chain that ends here");
  depth_reported_ = true;
  return true;
}

}  // namespace muster::check
