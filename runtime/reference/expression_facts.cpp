// SPDX-License-Identifier: Apache-2.0
#include "runtime/reference/expression_facts.h"

#include "compiler/typed/reach.h"

namespace muster::reference {

namespace {

using typed::Expr;
using typed::ExprId;
using typed::kNoExpr;
using typed::Op;
using typed::part;
using typed::part_count;
using typed::Program;

bool reads_policy(Op op) {
  return op == Op::every || op == Op::passes || op == Op::count_status || op == Op::gate || op == Op::score;
}

// Whether the value of a part is in the value of the whole. What is only judged (compared, counted, tested for
// being there) is not.
bool hands_on(const Expr& expr, std::size_t at) {
  switch (expr.op) {
    case Op::list_literal:
    case Op::let:
    case Op::optional_field:
    case Op::field:
    case Op::coalesce:
    case Op::assume:
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::widen:
    case Op::distinct:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::abs:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::min_of:
    case Op::max_of:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_text:
    case Op::to_number:
    case Op::to_percent: return true;
    case Op::if_: return at > 0;
    case Op::choose: return at % 2 == 1 || at + 1 == expr.count;
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::avg: return at == 2;
    case Op::first:
    case Op::latest: return at == 0;
    case Op::call: return at == expr.count;
    case Op::error:
    case Op::literal:
    case Op::subject:
    case Op::shared:
    case Op::param:
    case Op::variable:
    case Op::today:
    case Op::now:
    case Op::not_:
    case Op::and_:
    case Op::or_:
    case Op::implies:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in_range:
    case Op::in_list:
    case Op::contains:
    case Op::contains_any:
    case Op::contains_all:
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::is_known:
    case Op::is_present:
    case Op::size:
    case Op::any:
    case Op::all:
    case Op::no:
    case Op::at_least:
    case Op::at_most:
    case Op::exactly:
    case Op::count:
    case Op::every:
    case Op::passes:
    case Op::count_status:
    case Op::gate:
    case Op::score: return false;
  }
  return false;
}

bool is_quantifier(Op op) { return op >= Op::any && op <= Op::latest; }

bool reads_private_field(const Program& program, const Expr& expr) {
  if (expr.op != Op::field && expr.op != Op::optional_field) return false;
  const types::TypeId type = program.types.without_optional(program.expr(program.operand(expr, 0)).type);
  return program.types.record_of(type).fields[expr.index].is_private;
}

// A list's elements are as private as the list, a define's parameters as what they are given. Goes round until
// nothing changes, because a define may be read before one of its calls.
std::vector<bool> private_values(const Program& program, const std::vector<ExprId>& order) {
  std::vector<bool> found(program.exprs.size());
  std::vector<bool> variables(program.variables.size());
  for (bool changed = true; changed;) {
    changed = false;
    const auto mark = [&changed](std::vector<bool>::reference place) {
      changed = changed || !place;
      place = true;
    };
    for (const ExprId id : order) {
      const Expr& expr = program.expr(id);
      if (reads_private_field(program, expr)) mark(found[id]);
      if (expr.op == Op::variable && variables[expr.index]) mark(found[id]);
      for (std::size_t at = 0; at < part_count(expr); ++at) {
        const ExprId of = part(program, expr, at);
        if (of == kNoExpr || !found[of]) continue;
        if (hands_on(expr, at)) mark(found[id]);
        if (is_quantifier(expr.op) && at == 0) mark(variables[expr.index]);
        if (expr.op == Op::call && at < expr.count) mark(variables[program.defines[expr.index].parameters[at]]);
      }
    }
  }
  return found;
}

}  // namespace

ExpressionFacts facts_of(const Program& program, const typed::Policy& policy) {
  const std::vector<ExprId> order = typed::parts_first(program, policy);
  ExpressionFacts facts;
  facts.assumes.resize(program.exprs.size());
  std::vector<bool> of_policy(program.exprs.size());
  std::vector<bool> listed(program.lets.size());
  for (const ExprId id : order) {
    const Expr& expr = program.expr(id);
    facts.assumes[id] = expr.op == Op::assume;
    of_policy[id] = reads_policy(expr.op);
    for (std::size_t at = 0; at < part_count(expr); ++at) {
      const ExprId of = part(program, expr, at);
      if (of == kNoExpr) continue;
      if (facts.assumes[of]) facts.assumes[id] = true;
      if (of_policy[of]) of_policy[id] = true;
    }
    if (expr.op == Op::let && !of_policy[id] && !listed[expr.index]) {
      listed[expr.index] = true;
      facts.lets.push_back(expr.index);
    }
  }
  facts.is_private = private_values(program, order);
  return facts;
}

}  // namespace muster::reference
