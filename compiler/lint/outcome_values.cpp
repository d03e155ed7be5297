// SPDX-License-Identifier: Apache-2.0
// Conditions over criteria whose statuses are settled: no count has two ends, and every score is one number.
#include <algorithm>
#include <cmath>

#include "compiler/lint/outcomes.h"

namespace muster::lint {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using typed::Status;

namespace {

// Where expressions nest deeper, or more of them are looked at for one answer, there is none.
constexpr std::size_t kMostSteps = 20'000;

std::optional<double> as_number(const types::Scalar& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* percent = std::get_if<types::Percent>(&value)) return percent->points;
  return std::nullopt;
}

bool is_near(const types::Scalar& a, const types::Scalar& b) {
  constexpr double kNear = 1e-6;
  const auto x = as_number(a), y = as_number(b);
  return !x || !y || std::fabs(*x - *y) <= kNear * std::max({1.0, std::fabs(*x), std::fabs(*y)});
}

}  // namespace

std::optional<bool> Outcomes::of(ExprId condition, const State& state) {
  state_ = &state;
  const std::size_t before = steps_;
  const auto found = truth(value(condition));
  return steps_ - before > kMostSteps ? std::nullopt : found;
}

std::optional<bool> Outcomes::truth(const Value& value) {
  const auto* known = value.kind == Value::Kind::known ? std::get_if<bool>(&value.scalar) : nullptr;
  return known == nullptr ? std::nullopt : std::optional(*known);
}

Outcomes::Value Outcomes::value(ExprId id) {
  if (id == typed::kNoExpr) return {};
  ++steps_;
  const Expr& expr = program_.expr(id);
  if (reads(id) != Reads::evidence) return computed(expr);
  const auto number = numbers_.find(id);
  const auto found = number == numbers_.end() ? chosen_.end() : chosen_.find(number->second);
  return found == chosen_.end() ? Value{} : known(found->second);
}

Outcomes::Value Outcomes::computed(const Expr& expr) {
  const auto operand = [&](std::size_t at) { return program_.operand(expr, at); };
  switch (expr.op) {
    case Op::literal: return known(program_.constants[expr.index]);
    case Op::param:
      for (const auto& param : policy_.params) {
        if (param.param == expr.index) return known(param.value);
      }
      return {};
    case Op::variable: {
      const auto found = variables_.find(expr.index);
      return found == variables_.end() ? Value{} : found->second;
    }
    case Op::let: return value(program_.lets[expr.index].value);
    case Op::call: return called(expr);
    case Op::not_: {
      const auto found = truth(value(operand(0)));
      return found ? known(!*found) : Value{};
    }
    case Op::and_: return joined(expr, false);
    case Op::or_: return joined(expr, true);
    case Op::implies: {
      const auto first = truth(value(operand(0)));
      if (first == false) return known(true);
      const auto second = truth(value(operand(1)));
      if (second == true) return known(true);
      return first && second ? known(false) : Value{};
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return compared(expr.op, value(operand(0)), value(operand(1)));
    case Op::in_range: {
      const Value x = value(operand(0));
      const auto low = truth(compared(Op::less_equal, value(operand(1)), x));
      const auto high = truth(compared(Op::less_equal, x, value(operand(2))));
      if (low == false || high == false) return known(false);
      return low && high ? known(true) : Value{};
    }
    case Op::in_list: {
      const Value x = value(operand(0));
      const Expr& list = program_.expr(operand(1));
      if (list.op != Op::list_literal) return {};
      bool is_clear = true;
      for (const ExprId element : program_.operands_of(list)) {
        const auto found = truth(compared(Op::equal, x, value(element)));
        if (found == true) return known(true);
        is_clear = is_clear && found.has_value();
      }
      return is_clear ? known(false) : Value{};
    }
    case Op::is_present: {
      const Value found = value(operand(0));
      return found.kind == Value::Kind::unclear ? Value{} : known(found.kind == Value::Kind::known);
    }
    case Op::is_known: {
      const Value found = value(operand(0));
      return found.kind == Value::Kind::unclear ? Value{} : known(true);
    }
    case Op::coalesce: {
      const Value found = value(operand(0));
      return found.kind == Value::Kind::absent ? value(operand(1)) : found;
    }
    case Op::assume: return value(operand(0));
    case Op::if_:
    case Op::choose: return chosen(expr);
    case Op::every: return every(of_selection_.at(expr.index));
    case Op::passes: return every(of_criterion_.at(expr.index));
    case Op::count_status: {
      std::int64_t count = 0;
      const auto status = static_cast<std::size_t>(policy_.selections[expr.index].status);
      for (const std::size_t group : of_selection_.at(expr.index)) count += (*state_)[group][status];
      return known(count);
    }
    case Op::gate: return gate(expr.index);
    case Op::score: {
      Value found = points(expr.index);
      const auto number = found.kind == Value::Kind::known ? as_number(found.scalar) : std::nullopt;
      if (number && program_.types.without_optional(expr.type) == types::kPercent)
        found.scalar = types::Percent{*number};
      return found;
    }
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::widen:
    case Op::abs:
    case Op::min_of:
    case Op::max_of:
    case Op::to_number:
    case Op::to_percent: return calculated(expr);
    // Of what goes over lists, and of texts and days, nothing is said.
    case Op::error:
    case Op::list_literal:
    case Op::subject:
    case Op::shared:
    case Op::today:
    case Op::now:
    case Op::field:
    case Op::optional_field:
    case Op::contains:
    case Op::contains_any:
    case Op::contains_all:
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches:
    case Op::size:
    case Op::distinct:
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_text:
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
    case Op::latest: return {};
  }
  return {};
}

Outcomes::Value Outcomes::joined(const Expr& expr, bool deciding) {
  bool is_clear = true;
  for (const ExprId operand : program_.operands_of(expr)) {
    const auto found = truth(value(operand));
    if (found == deciding) return known(deciding);
    is_clear = is_clear && found.has_value();
  }
  return is_clear ? known(!deciding) : Value{};
}

Outcomes::Value Outcomes::compared(Op op, const Value& a, const Value& b) const {
  if (a.kind != Value::Kind::known || b.kind != Value::Kind::known) return {};
  if (a.scalar.index() != b.scalar.index()) return {};
  if ((a.is_rough || b.is_rough) && is_near(a.scalar, b.scalar)) return {};
  const bool is_equal = types::equal(a.scalar, b.scalar);
  const bool is_less = !is_equal && types::less(a.scalar, b.scalar);
  const values::Relations holding = values::holding(op);
  return known(is_equal ? holding.equal : is_less ? holding.less : holding.greater);
}

// Both branches of an unclear condition may be taken, and nothing is tried for them.
Outcomes::Value Outcomes::chosen(const Expr& expr) {
  std::size_t at = 0;
  for (; at + 1 < expr.count; at += 2) {
    const auto condition = truth(value(program_.operand(expr, at)));
    if (!condition) return {};
    if (*condition) return value(program_.operand(expr, at + 1));
  }
  return value(program_.operand(expr, at));
}

Outcomes::Value Outcomes::called(const Expr& expr) {
  const typed::Define& define = program_.defines[expr.index];
  std::vector<Value> arguments;
  for (const ExprId argument : program_.operands_of(expr)) arguments.push_back(value(argument));
  const auto outer = variables_;
  for (std::size_t at = 0; at < arguments.size(); ++at) variables_[define.parameters[at]] = arguments[at];
  const Value found = value(define.body);
  variables_ = outer;
  return found;
}

Outcomes::Value Outcomes::gate(std::uint32_t index) {
  bool is_clear = true;
  for (const auto& condition : policy_.gates[index].requires_) {
    const auto found = truth(value(condition.condition));
    if (found == false) return known(false);
    is_clear = is_clear && found.has_value();
  }
  return is_clear ? known(true) : Value{};
}

Outcomes::Value Outcomes::every(const std::vector<std::size_t>& groups) const {
  return known(std::all_of(groups.begin(), groups.end(), [&](std::size_t group) {
    return (*state_)[group][static_cast<std::size_t>(Status::unmet)] == 0;
  }));
}

Outcomes::Value Outcomes::calculated(const Expr& expr) {
  std::vector<Value> operands;
  for (const ExprId operand : program_.operands_of(expr)) operands.push_back(value(operand));
  const bool all_known =
      std::all_of(operands.begin(), operands.end(), [](const Value& each) { return each.kind == Value::Kind::known; });
  if (!all_known) return operands.size() == 1 && expr.op == Op::widen ? operands[0] : Value{};
  const bool is_rough = std::any_of(operands.begin(), operands.end(), [](const Value& each) { return each.is_rough; });
  if (expr.op == Op::min_of || expr.op == Op::max_of) {
    const bool second = expr.op == Op::min_of ? types::less(operands[1].scalar, operands[0].scalar)
                                              : types::less(operands[0].scalar, operands[1].scalar);
    return known(operands[second ? 1 : 0].scalar, is_rough);
  }
  const auto a = as_number(operands[0].scalar);
  const auto b = operands.size() == 2 ? as_number(operands[1].scalar) : std::optional(0.0);
  if (!a || !b || (expr.op == Op::divide && *b == 0)) return {};
  const auto is_percent = [&](std::size_t at) { return std::holds_alternative<types::Percent>(operands[at].scalar); };
  const bool is_part = expr.op == Op::multiply && is_percent(0) != is_percent(1);
  const double made = expr.op == Op::negate     ? -*a
                      : expr.op == Op::abs      ? std::fabs(*a)
                      : expr.op == Op::add      ? *a + *b
                      : expr.op == Op::subtract ? *a - *b
                      : expr.op == Op::multiply ? (is_part ? *a * *b / 100 : *a * *b)
                      : expr.op == Op::divide   ? *a / *b
                                                : *a;
  if (!std::isfinite(made)) return {};
  const types::TypeId type = program_.types.without_optional(expr.type);
  if (type == types::kNumber) return known(made, is_rough);
  if (type == types::kPercent) return known(types::Percent{made}, is_rough);
  // Counts and what is small beside them.
  constexpr double kExact = 9007199254740992.0;
  return type == types::kInt && std::fabs(made) < kExact ? known(static_cast<std::int64_t>(made), is_rough) : Value{};
}

}  // namespace muster::lint
