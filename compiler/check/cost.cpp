// SPDX-License-Identifier: Apache-2.0
// How much work a policy may ask for, known before any evidence is read: the operations of its expressions with
// every call of a define replaced by its body, and each let once. Small texts can ask for a lot: ten defines
// that each call the one before ten times are ten thousand million operations.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/spelling.h"

namespace muster::check {

namespace {

constexpr std::uint64_t kMostOperations = 1'000'000;
// Engines follow calls and lets by recursion.
constexpr std::uint32_t kDeepest = 1'000;

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > ~std::uint64_t{0} - b ? ~std::uint64_t{0} : a + b;
}

std::vector<ExprId> roots_of(const typed::Policy& policy) {
  std::vector<ExprId> roots;
  const auto add_message = [&](const typed::Message& message) {
    for (const typed::Message::Piece& piece : message.pieces) roots.push_back(piece.expression);
  };
  for (const typed::Criterion& criterion : policy.criteria) {
    for (const auto* conditions : {&criterion.whens, &criterion.requires_}) {
      for (const typed::Condition& condition : *conditions) {
        roots.push_back(condition.condition);
        add_message(condition.message);
      }
    }
    if (criterion.why) add_message(*criterion.why);
    if (criterion.fix) add_message(*criterion.fix);
  }
  for (const typed::Gate& gate : policy.gates) {
    for (const typed::Condition& condition : gate.requires_) roots.push_back(condition.condition);
  }
  for (const typed::Score& score : policy.scores) roots.push_back(score.expression);
  for (const typed::Show& show : policy.shows) roots.push_back(show.value);
  return roots;
}

}  // namespace

bool Checker::check_cost(const typed::Policy& policy) {
  std::set<Named> reached;
  Cost all;
  const auto add = [&](const Cost& cost) {
    all.operations = saturating_add(all.operations, cost.operations);
    all.depth = std::max(all.depth, cost.depth);
  };
  for (ExprId root : roots_of(policy)) {
    find_costs_below(root, reached);
    add(own_cost(root));
  }
  std::optional<std::uint32_t> costliest;
  for (const Named& named : reached) {
    if (named.op == Op::let) {
      add(costs_[named]);
    } else if (!costliest || costs_[named].operations > costs_[{Op::call, *costliest}].operations) {
      costliest = named.index;
    }
  }
  const bool too_many = all.operations > kMostOperations;
  if (!too_many && all.depth <= kDeepest) return true;
  base::Diagnostic& problem =
      report(Code::too_costly, policy.span,
             too_many ? "`" + policy.name + "` asks for more than " + with_thousands(kMostOperations) +
                            " operations for a subject, once its defines are expanded"
                      : "`" + policy.name + "` nests " + with_thousands(all.depth) +
                            " operations in each other, once its defines and lets are followed; " +
                            with_thousands(kDeepest) + " is the most");
  if (!too_many || !costliest) return false;
  const typed::Define& define = program_.defines[*costliest];
  const std::uint64_t operations = costs_[{Op::call, *costliest}].operations;
  problem.labels.push_back({define.span, "the costliest define"});
  problem.help = "each call of `" + define.name + "` stands for " + (operations > kMostOperations ? "more than " : "") +
                 with_thousands(std::min(operations, kMostOperations)) +
                 " operations: call it once and keep the result in a `let`";
  return false;
}

// Fills costs_ for the defines and lets that this expression needs, inner ones first, and notes them. An
// explicit stack: a chain of defines may be as long as the module.
void Checker::find_costs_below(ExprId root, std::set<Named>& reached) {
  struct Step {
    Named named;
    ExprId value;
    std::vector<Named> needs;
    std::size_t next = 0;
  };
  std::vector<Step> stack;
  stack.push_back({{Op::error, 0}, root, needs_of(root)});
  while (!stack.empty()) {
    Step& step = stack.back();
    if (step.next == step.needs.size()) {
      if (step.named.op != Op::error) costs_[step.named] = own_cost(step.value);
      stack.pop_back();
      continue;
    }
    const Named need = step.needs[step.next++];
    if (!reached.insert(need).second || (need.op == Op::call && costs_.count(need) > 0)) continue;
    const ExprId value = need.op == Op::let ? program_.lets[need.index].value : program_.defines[need.index].body;
    stack.push_back({need, value, needs_of(value)});
  }
}

// The defines and lets that an expression names.
std::vector<Checker::Named> Checker::needs_of(ExprId root) const {
  std::vector<Named> needs;
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (id == kNoExpr) continue;
    const typed::Expr& expr = program_.exprs[id];
    if (expr.op == Op::let || expr.op == Op::call) needs.push_back({expr.op, expr.index});
    for (ExprId operand : program_.operands_of(expr)) open.push_back(operand);
  }
  return needs;
}

// Of one expression, once what it needs is in costs_. A let adds its depth only: it is evaluated once, whoever
// names it, and its operations are counted by themselves.
Checker::Cost Checker::own_cost(ExprId id) const {
  Cost cost;
  if (id == kNoExpr) return cost;
  const typed::Expr& expr = program_.exprs[id];
  cost.operations = 1;
  for (ExprId operand : program_.operands_of(expr)) {
    const Cost below = own_cost(operand);
    cost.operations = saturating_add(cost.operations, below.operations);
    cost.depth = std::max(cost.depth, below.depth);
  }
  if (expr.op == Op::call || expr.op == Op::let) {
    if (auto named = costs_.find({expr.op, expr.index}); named != costs_.end()) {
      if (expr.op == Op::call) cost.operations = saturating_add(cost.operations, named->second.operations);
      cost.depth = std::max(cost.depth, named->second.depth);
    }
  }
  ++cost.depth;
  return cost;
}

}  // namespace muster::check
