// SPDX-License-Identifier: Apache-2.0
#include "compiler/values/analysis.h"

#include <string>
#include <utility>

namespace muster::values {

using typed::is_comparison;
using typed::Op;

namespace {

// Of one condition. Facts are found by looking at operands again, which nests.
constexpr std::size_t kMostSteps = 20'000;

bool is_quantifier(Op op) {
  return op == Op::any || op == Op::all || op == Op::no || op == Op::at_least || op == Op::at_most || op == Op::exactly;
}

bool is_aggregate(Op op) {
  return op == Op::count || op == Op::sum || op == Op::min || op == Op::max || op == Op::avg || op == Op::first ||
         op == Op::latest;
}

}  // namespace

Analysis::Analysis(const typed::Program& program, const typed::Policy* policy, std::optional<base::Date> from)
    : program_(program), policy_(policy), from_(from) {}

Truths Analysis::truths_of(ExprId condition, std::vector<Finding>* findings) {
  steps_ = 0;
  findings_ = findings;
  given_.clear();
  const std::size_t mark = facts_.mark();
  const Truths found = truths(condition);
  facts_.back_to(mark);
  findings_ = nullptr;
  if (steps_ <= kMostSteps) return found;
  if (findings != nullptr) findings->clear();
  return kAny;
}

Possible Analysis::possible_of(ExprId expression) {
  steps_ = 0;
  const std::size_t mark = facts_.mark();
  Possible found = value(expression).possible;
  facts_.back_to(mark);
  return steps_ <= kMostSteps ? found : of_type(program_.types, program_.expr(expression).type);
}

void Analysis::take_for_granted(ExprId condition, Truths truths) {
  steps_ = 0;
  const std::size_t mark = facts_.mark();
  assume(condition, truths);
  if (steps_ > kMostSteps) facts_.back_to(mark);
}

void Analysis::take_for_unknown(ExprId expression) { facts_.set(number(expression), only_unknown()); }

void Analysis::take_for_known(ExprId expression, Scalar value) {
  facts_.set(number(expression), exactly(std::move(value)));
}

void Analysis::forget() { facts_.back_to(0); }

bool Analysis::is_same(ExprId a, ExprId b) {
  steps_ = 0;
  return number(a) == number(b);
}

bool Analysis::compares_itself(ExprId id) {
  const Expr& expr = program_.expr(id);
  if (!is_comparison(expr.op)) return false;
  const ExprId a = program_.operand(expr, 0), b = program_.operand(expr, 1);
  return program_.expr(a).op != Op::literal && is_same(a, b);
}

void Analysis::note(ExprId id, Truths truths) {
  if (findings_ == nullptr) return;
  // What a `not` is of is told as the whole.
  const Expr& expr = program_.expr(id);
  if (expr.op == Op::not_ && !findings_->empty() && findings_->back().expression == program_.operand(expr, 0))
    findings_->pop_back();
  findings_->push_back({Finding::Place::operand, id, truths, given_});
}

Truths Analysis::truths(ExprId id) { return Truths(value(id).possible); }

// What a let stands for is the let; what a define gets is what it reads.
Number Analysis::number(ExprId id) {
  if (id == typed::kNoExpr) return ~Number{0};
  if (calls_ == 0) {
    if (const auto known = numbers_.find(id); known != numbers_.end()) return known->second;
  }
  ++steps_;
  const Expr& expr = program_.expr(id);
  Number found = 0;
  if (expr.op == Op::let) {
    found = number(program_.lets[expr.index].value);
  } else if (const auto bound = variables_.find(expr.index); expr.op == Op::variable && bound != variables_.end()) {
    found = bound->second.number;
  } else {
    std::vector<Number> parts;
    for (std::size_t at = 0; at < expr.count; ++at) parts.push_back(number(program_.operand(expr, at)));
    std::uint32_t index = expr.index;
    if (expr.op == Op::literal) {
      const types::Scalar& constant = program_.constants[index];
      index =
          numbering_.of_constant(std::to_string(expr.type) + " " + types::to_text(program_.types, expr.type, constant));
    }
    if (policy_ != nullptr && (expr.op == Op::every || expr.op == Op::count_status)) index = selection(index);
    found = numbering_.of(expr.op, index, std::move(parts));
  }
  if (calls_ == 0) numbers_.emplace(id, found);
  return found;
}

// The first of the policy's that chooses the same.
std::uint32_t Analysis::selection(std::uint32_t index) const {
  const auto& all = policy_->selections;
  for (std::uint32_t i = 0; i < index; ++i) {
    if (all[i].status == all[index].status && all[i].criteria == all[index].criteria) return i;
  }
  return index;
}

Analysis::Value Analysis::value(ExprId id) {
  const Expr& expr = program_.expr(id);
  const Number number_of_it = steps_ > kMostSteps ? numbering_.of(Op::error, id, {}) : number(id);
  if (++steps_ > kMostSteps) return {of_type(program_.types, expr.type), number_of_it, true};
  Value found = computed(expr);
  found.number = number_of_it;
  if (const Possible* fact = facts_.of(found.number)) {
    const bool nothing_else = fact->unknown && !fact->known && !fact->absent;
    if (nothing_else) found.possible = only_unknown();
    found.possible.unknown = found.possible.unknown && fact->unknown;
    found.possible.absent = found.possible.absent && fact->absent;
    keep(found.possible, *fact);
  }
  if (expr.type == types::kBool && expr.op != Op::let && expr.op != Op::call) note(id, Truths(found.possible));
  return found;
}

Analysis::Value Analysis::computed(const Expr& expr) {
  const Op op = expr.op;
  if (op == Op::let || op == Op::call) return called(expr);
  if (op == Op::if_) return conditional(expr);
  if (op == Op::choose) return chosen(expr);
  if (op == Op::is_known || op == Op::is_present || op == Op::coalesce || op == Op::assume) return knowing(expr);
  if (op == Op::field || op == Op::optional_field) return field(expr);
  if (op == Op::and_) return of(joined(expr, kNotNo));
  if (op == Op::or_) return of(joined(expr, kNotYes));
  if (op == Op::implies) return of(implied(expr));
  if (is_quantifier(op)) return of(quantified(expr));
  if (is_aggregate(op)) return {aggregated(expr), 0, op == Op::count};
  if (is_comparison(op)) return of(compared(expr));
  if (op == Op::in_range) return of(in_range(expr));
  if (op == Op::in_list) return of(in_list(expr));
  // With an empty list they are decided, whatever the other one is.
  if (op == Op::contains || op == Op::contains_all || op == Op::contains_any) return of(kAny);
  if (op == Op::text_contains || op == Op::starts_with || op == Op::ends_with) return of(holds_text(expr));
  if (expr.count == 0) return read(expr);
  std::vector<Value> operands;
  for (std::size_t at = 0; at < expr.count; ++at) operands.push_back(value(program_.operand(expr, at)));
  if (op == Op::not_) return of(Truths(operands[0].possible).opposite());
  if (op == Op::size) return {size_of(program_.operand(expr, 0)), 0, false};
  return {calculated(expr, operands), 0, op == Op::widen && operands[0].is_open, form_of(op, operands[0].form)};
}

// The facts of a value: `allowed` says what the comparison is that narrows it.
void Analysis::narrow(const Value& value, const Possible& among, Truths allowed) {
  // One of several values may be the one that is excluded here, while the comparison is unknown.
  if (value.is_open && allowed.unknown()) return;
  Possible narrowed = value.possible;
  keep(narrowed, among);
  if (!allowed.unknown() && !value.is_open) narrowed.unknown = narrowed.absent = false;
  if (!narrowed.known && !narrowed.unknown) return;  // it can't be; nothing is learned
  facts_.set(value.number, std::move(narrowed));
}

void Analysis::assume(ExprId id, Truths allowed) {
  if (++steps_ > kMostSteps || allowed == kAny) return;
  auto* const told = std::exchange(findings_, nullptr);
  const Expr& expr = program_.expr(id);
  const Op op = expr.op;
  const auto operand = [&](std::size_t at) { return program_.operand(expr, at); };
  const Value whole = value(id);
  const Truths left = Truths(whole.possible) & allowed;
  if (!left.none() && op != Op::choose) facts_.set(whole.number, left.possible());

  if (op == Op::not_) {
    assume(operand(0), allowed.opposite());
  } else if (op == Op::let) {
    assume(program_.lets[expr.index].value, allowed);
  } else if (op == Op::and_ && !allowed.no()) {
    for (std::size_t at = 0; at < expr.count; ++at) assume(operand(at), allowed.unknown() ? kNotNo : kYes);
  } else if (op == Op::or_ && !allowed.yes()) {
    for (std::size_t at = 0; at < expr.count; ++at) assume(operand(at), allowed.unknown() ? kNotYes : kNo);
  } else if (op == Op::implies && !allowed.yes()) {
    assume(operand(0), allowed.unknown() ? kNotNo : kYes);
    assume(operand(1), allowed.unknown() ? kNotYes : kNo);
  } else if (is_comparison(op) || op == Op::in_range || op == Op::in_list) {
    assume_comparison(expr, allowed);
  } else if (op == Op::is_known || op == Op::is_present) {
    Value about = value(operand(0));
    Possible& state = about.possible;
    if (about.is_open) {
      // It may be several values while it is unknown.
    } else if (op == Op::is_known && allowed.yes() != allowed.no()) {
      if (allowed.yes())
        state.unknown = false;
      else
        state.known = state.absent = false, state.unknown = true;
      facts_.set(about.number, state);
    } else if (op == Op::is_present && allowed.yes() != allowed.no()) {
      if (!allowed.unknown()) state.unknown = false;
      (allowed.yes() ? state.absent : state.known) = false;
      facts_.set(about.number, state);
    }
  } else if ((op == Op::any && !allowed.no()) || (op == Op::all && !allowed.yes()) ||
             (op == Op::no && !allowed.yes())) {
    const Value list = value(operand(0));
    Possible size = size_of(operand(0));
    Possible some;
    some.low = std::int64_t{1};
    narrow({std::move(size), size_number(list.number), false}, some, allowed);
  }
  findings_ = told;
}

void Analysis::enter(ExprId id, Truths truths) {
  given_.push_back({id, truths});
  assume(id, truths);
}

}  // namespace muster::values
