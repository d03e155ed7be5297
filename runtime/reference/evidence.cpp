// SPDX-License-Identifier: Apache-2.0
// The evaluator itself, and what reads the evidence and gives values names.
#include <algorithm>
#include <utility>

#include "runtime/reference/evaluator.h"

namespace muster::reference {

using typed::Expr;
using typed::ExprId;
using typed::Op;
using types::Scalar;

namespace {

// Deeper than any source nests; only defines that call each other in a long chain come here.
constexpr int kDeepest = 4000;

}  // namespace

Evaluator::Evaluator(const typed::Program& program, const evidence::Run& run, const ExpressionFacts& facts)
    : program_(program),
      run_(run),
      facts_(facts),
      paths_(program),
      variables_(program.variables.size()),
      lets_(program.lets.size()) {
  patterns_.reserve(program.patterns.size());
  for (const auto& pattern : program.patterns) {
    patterns_.push_back(std::make_unique<re2::RE2>(pattern, re2::RE2::Quiet));
  }
}

void Evaluator::begin(const Subject& subject, types::RecordId type, PolicyValues& values, Trace* trace) {
  subject_ = subject;
  policy_values_ = &values;
  trace_ = trace;
  paths_.begin(subject, type);
  for (auto& let : lets_) let.found = false;
  elements_.clear();
  assumed_.take();
  steps_ = steps_aside_ = 0;
  depth_ = 0;
  for (const std::uint32_t index : facts_.lets) let(index);
  assumed_.take();
}

Value Evaluator::evaluate(ExprId id) {
  enter();
  Value value = dispatch(program_.expr(id));
  --depth_;
  if (trace_ != nullptr) record(id, value);
  return value;
}

Causes Evaluator::take_assumed() { return assumed_.take(); }

void Evaluator::enter() {
  if (++depth_ > kDeepest)
    throw PastLimit("definitions that read each other are nested more than " + std::to_string(kDeepest) + " deep");
}

void Evaluator::count_steps(std::uint64_t steps) {
  steps_ += steps;
  if (steps_ > run_.max_steps) {
    throw PastLimit("judging it takes more than " + std::to_string(run_.max_steps) +
                    " steps over elements of lists, the limit of this run");
  }
}

Value Evaluator::dispatch(const Expr& expr) {
  switch (expr.op) {
    case Op::error: return Value::unknown({});
    case Op::literal: return Value::known(program_.constants[expr.index]);
    case Op::list_literal: return list_literal(expr);
    case Op::subject: return read(*subject_.record);
    case Op::shared: return read((*subject_.shared)[expr.index]);
    case Op::param: return Value::known(run_.params[expr.index]);
    case Op::variable: return variables_[expr.index];
    case Op::let: return let(expr.index);
    case Op::today: return Value::known(Scalar(run_.today));
    case Op::now: return Value::known(Scalar(run_.now));
    case Op::field: return field(expr);
    case Op::optional_field: return optional_field(expr);
    case Op::call: return call(expr);

    case Op::not_: return not_(expr);
    case Op::and_:
    case Op::or_: return connective(expr);
    case Op::implies: return implies(expr);

    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return compare(expr);
    case Op::in_range: return in_range(expr);
    case Op::in_list:
    case Op::contains: return membership(expr);
    case Op::contains_any:
    case Op::contains_all: return contains_several(expr);
    case Op::text_contains:
    case Op::starts_with:
    case Op::ends_with:
    case Op::matches: return text_comparison(expr);

    case Op::is_known: return is_known(expr);
    case Op::is_present: return is_present(expr);
    case Op::coalesce: return coalesce(expr);
    case Op::assume: return assume(expr);

    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::abs:
    case Op::round:
    case Op::floor:
    case Op::ceil:
    case Op::min_of:
    case Op::max_of:
    case Op::days:
    case Op::hours:
    case Op::to_date:
    case Op::to_number:
    case Op::to_percent: return arithmetic(expr);
    case Op::widen: return widened(evaluate(operand(expr, 0)));

    case Op::size: return size(expr);
    case Op::distinct: return distinct(expr);
    case Op::length:
    case Op::lower:
    case Op::upper:
    case Op::trim:
    case Op::strip_prefix:
    case Op::strip_suffix:
    case Op::to_text: return text_function(expr);

    case Op::if_: return if_(expr);
    case Op::choose: return choose(expr);

    case Op::any:
    case Op::all:
    case Op::no: return any_or_all(expr);
    case Op::at_least:
    case Op::at_most:
    case Op::exactly: return how_many(expr);
    case Op::count: return count_elements(expr, typed::kNoExpr);
    case Op::sum:
    case Op::avg: return total(expr);
    case Op::min:
    case Op::max: return extreme(expr);
    case Op::first: return first(expr);
    case Op::latest: return latest(expr);

    case Op::every: return every(expr);
    case Op::passes: return passes(expr);
    case Op::count_status: return count_status(expr);
    case Op::gate: return policy_values_->gate(expr.index);
    case Op::score: return score(expr);
  }
  return Value::unknown({});
}

// Found once for a subject. What was assumed in it is assumed wherever it is read.
Value Evaluator::let(std::uint32_t index) {
  if (!lets_[index].found) {
    CausesBuilder outer = std::exchange(assumed_, {});
    Value value = evaluate(program_.lets[index].value);
    lets_[index].value = std::move(value);
    lets_[index].assumed = assumed_.take();
    lets_[index].found = true;
    assumed_ = std::move(outer);
  }
  assumed_.add(lets_[index].assumed);
  return lets_[index].value;
}

Value Evaluator::list_literal(const Expr& expr) {
  std::vector<Value> elements;
  elements.reserve(expr.count);
  for (const ExprId element : program_.operands_of(expr)) elements.push_back(plain_value(element));
  return Value::list(std::move(elements));
}

// A field of an unknown record is unknown as the record is: the outermost unknown datum is the reason.
Value Evaluator::field(const Expr& expr) {
  const Value record = needed_value(operand(expr, 0));
  return record.is_known() ? read(record.datum->items[expr.index]) : record;
}

Value Evaluator::optional_field(const Expr& expr) {
  const Value record = plain_value(operand(expr, 0));
  return record.is_known() ? read(record.datum->items[expr.index]) : record;
}

Value Evaluator::call(const Expr& expr) {
  std::vector<Value> arguments;
  arguments.reserve(expr.count);
  for (const ExprId argument : program_.operands_of(expr)) arguments.push_back(evaluate(argument));
  return with_arguments(expr, std::move(arguments), [&](ExprId body) { return evaluate(body); });
}

}  // namespace muster::reference
