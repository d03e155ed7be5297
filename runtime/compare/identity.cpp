// SPDX-License-Identifier: Apache-2.0
#include "runtime/compare/identity.h"

#include <algorithm>
#include <utility>

#include "compiler/typed/reach.h"
#include "effective/source/policy_text.h"

namespace muster::compare {

using typed::Expr;
using typed::ExprId;
using typed::Op;

namespace {

std::string selection_text(const typed::Selection& selection) {
  return std::to_string(static_cast<int>(selection.status)) + " " + source::selection_text(selection);
}

}  // namespace

// Parts first: what a let or define names is known before it.
Identities::Identities(const Sides& sides, const Correspondence& correspondence)
    : sides_(sides), correspondence_(correspondence) {
  for (const Which which : kBoth) {
    auto& lets = lets_.of(which);
    auto& defines = defines_.of(which);
    lets.resize(program(which).lets.size());
    defines.resize(program(which).defines.size());
    for (const ExprId id : typed::parts_first(program(which), sides.of(which).chosen())) {
      const Expr& expr = program(which).expr(id);
      if (expr.op == Op::let && !lets[expr.index])
        lets[expr.index] = number(which, program(which).lets[expr.index].value, Reading::through_names);
      if (expr.op == Op::call && !defines[expr.index]) {
        const typed::Define& define = program(which).defines[expr.index];
        std::vector<std::uint32_t> parameters = define.parameters;
        defines[expr.index] = number(which, define.body, Reading::through_names, parameters);
      }
    }
  }
}

std::vector<std::uint32_t> Identities::of(Which which, const std::vector<typed::Condition>& conditions) {
  std::vector<std::uint32_t> numbers;
  for (const typed::Condition& condition : conditions) numbers.push_back(of(which, condition.condition));
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

std::uint32_t Identities::number(Which which, ExprId id, Reading reading) {
  std::vector<std::uint32_t> variables;
  return number(which, id, reading, variables);
}

std::uint32_t Identities::number(Which which, ExprId id, Reading reading, std::vector<std::uint32_t>& variables) {
  if (id == typed::kNoExpr) return interned("none");
  const Expr& expr = program(which).expr(id);
  if (expr.op == Op::let && reading == Reading::through_names) return *lets_.of(which)[expr.index];
  std::string text = std::string(typed::name(expr.op)) + " : " + type_text(which, expr.type, reading) + " " +
                     index_text(which, expr, reading, variables) + " (";
  for (std::size_t at = 0; at < expr.count; ++at) {
    const bool inside = typed::has_variable(expr.op) && at > 0;
    if (inside) variables.push_back(expr.index);
    text += " " + std::to_string(number(which, program(which).operand(expr, at), reading, variables));
    if (inside) variables.pop_back();
  }
  return interned(std::move(text));
}

// Variables by how many stand around them.
std::string Identities::index_text(Which which, const Expr& expr, Reading reading,
                                   const std::vector<std::uint32_t>& variables) const {
  const typed::Program& of = program(which);
  const typed::Policy& policy = sides_.of(which).chosen();
  const auto corresponding = [&](const Correspondence::Indexes& indexes, const auto& things) {
    const auto& match = indexes[expr.index];
    const std::uint32_t in_before = which == Which::before ? expr.index : match.value_or(0);
    return match ? "#" + std::to_string(in_before) : std::to_string(static_cast<int>(which)) + things[expr.index].name;
  };
  switch (expr.op) {
    case Op::literal: return "`" + types::to_text(of.types, expr.type, of.constants[expr.index]) + "`";
    case Op::shared: return corresponding(correspondence_.shared.of(which), of.shared);
    case Op::param: return corresponding(correspondence_.params.of(which), of.params);
    case Op::variable: {
      const auto found = std::find(variables.rbegin(), variables.rend(), expr.index);
      return std::to_string(variables.rend() - found);
    }
    case Op::let: return of.lets[expr.index].name;
    case Op::call:
      return reading == Reading::as_written ? of.defines[expr.index].name
                                            : std::to_string(*defines_.of(which)[expr.index]);
    case Op::field:
    case Op::optional_field: {
      const types::TypeId record = of.types.without_optional(of.expr(of.operand(expr, 0)).type);
      return of.types.record_of(record).fields[expr.index].name;
    }
    case Op::matches: return "`" + of.patterns[expr.index] + "`";
    case Op::every:
    case Op::count_status: return selection_text(policy.selections[expr.index]);
    case Op::passes: return policy.criteria[expr.index].name;
    case Op::gate: return policy.gates[expr.index].name;
    case Op::score: return policy.scores[expr.index].name;
    // Told by their operation, type and operands alone.
    case Op::error:
    case Op::list_literal:
    case Op::subject:
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
    case Op::is_known:
    case Op::is_present:
    case Op::coalesce:
    case Op::assume:
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::widen:
    case Op::size:
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
    case Op::to_percent:
    case Op::if_:
    case Op::choose:
    case Op::any:
    case Op::all:
    case Op::no:
    case Op::at_least:
    case Op::at_most:
    case Op::exactly:
    case Op::count:
    case Op::sum:
    case Op::min:
    case Op::max:
    case Op::avg:
    case Op::first:
    case Op::latest: break;
  }
  return {};
}

std::string Identities::type_text(Which which, types::TypeId type, Reading reading) const {
  const types::Table& types = program(which).types;
  const types::TypeId held = types.innermost(type);
  const bool by_name = reading == Reading::as_written && types.kind(held) == types::Kind::enumeration;
  return by_name ? types.name(type) : meaning(types, type);
}

std::vector<std::string> Identities::by_way_of(const PairOf<std::vector<ExprId>>& expressions) {
  PairOf<std::vector<std::uint32_t>> written;
  PairOf<std::map<std::string, std::uint32_t>> named;
  for (const Which which : kBoth) {
    for (const ExprId id : expressions.of(which)) {
      written.of(which).push_back(number(which, id, Reading::as_written));
    }
    std::sort(written.of(which).begin(), written.of(which).end());
    named.of(which) = named_parts(which, expressions.of(which));
  }
  std::vector<std::string> differing;
  if (written.before != written.after) return differing;
  for (const auto& [name, text] : named.after) {
    const auto found = named.before.find(name);
    if (found != named.before.end() && found->second != text) differing.push_back(name);
  }
  return differing;
}

// The lets, defines and enums that the expressions name, through each other too, and what their text comes to.
std::map<std::string, std::uint32_t> Identities::named_parts(Which which, const std::vector<ExprId>& expressions) {
  const typed::Program& of = program(which);
  std::map<std::string, std::uint32_t> parts;
  for (const ExprId id : typed::parts_first(of, expressions)) {
    const Expr& expr = of.expr(id);
    if (expr.op == Op::let) parts.emplace(of.lets[expr.index].name, *lets_.of(which)[expr.index]);
    if (expr.op == Op::call) parts.emplace(of.defines[expr.index].name, *defines_.of(which)[expr.index]);
    const types::TypeId held = of.types.innermost(expr.type);
    if (of.types.kind(held) == types::Kind::enumeration)
      parts.emplace(of.types.name(held), interned(meaning(of.types, held)));
  }
  return parts;
}

std::uint32_t Identities::interned(std::string text) {
  return numbers_.emplace(std::move(text), static_cast<std::uint32_t>(numbers_.size())).first->second;
}

}  // namespace muster::compare
