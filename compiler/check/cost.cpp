// SPDX-License-Identifier: Apache-2.0
#include "compiler/check/cost.h"

#include <algorithm>

#include "compiler/check/spelling.h"
#include "compiler/typed/reach.h"

namespace muster::check {

using typed::kNoExpr;
using typed::Op;

namespace {

constexpr std::uint64_t kMostOperations = 1'000'000;
// Engines follow calls and lets by recursion.
constexpr std::uint32_t kDeepest = 1'000;

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > ~std::uint64_t{0} - b ? ~std::uint64_t{0} : a + b;
}

}  // namespace

std::optional<Costs::TooMuch> Costs::of(const typed::Policy& policy) {
  std::set<Named> reached;
  Cost all;
  const auto add = [&](const Cost& cost) {
    all.operations = saturating_add(all.operations, cost.operations);
    all.depth = std::max(all.depth, cost.depth);
  };
  for (ExprId root : typed::roots_of(program_, policy)) {
    find_below(root, reached);
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
  if (!too_many && all.depth <= kDeepest) return std::nullopt;
  TooMuch found;
  found.message = too_many ? "`" + policy.name + "` asks for more than " + with_thousands(kMostOperations) +
                                 " operations for a subject, once its defines are expanded"
                           : "`" + policy.name + "` nests " + with_thousands(all.depth) +
                                 " operations in each other, once its defines and lets are followed; " +
                                 with_thousands(kDeepest) + " is the most";
  if (!too_many || !costliest) return found;
  const typed::Define& define = program_.defines[*costliest];
  const std::uint64_t operations = costs_[{Op::call, *costliest}].operations;
  found.labels.push_back({define.span, "the costliest define"});
  found.help = "each call of `" + define.name + "` stands for " + (operations > kMostOperations ? "more than " : "") +
               with_thousands(std::min(operations, kMostOperations)) +
               " operations: call it once and keep the result in a `let`";
  return found;
}

// Fills costs_ for the defines and lets that this expression needs, inner ones first, and notes them. An
// explicit stack: a chain of defines may be as long as the module.
void Costs::find_below(ExprId root, std::set<Named>& reached) {
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
std::vector<Costs::Named> Costs::needs_of(ExprId root) const {
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
Costs::Cost Costs::own_cost(ExprId id) const {
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
