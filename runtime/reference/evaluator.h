// SPDX-License-Identifier: Apache-2.0
// Evaluates expressions for one subject after the other. Each construct has a file of its own: evidence.cpp,
// logic.cpp, comparison.cpp, arithmetic.cpp, text.cpp, quantifiers.cpp, aggregates.cpp, branches.cpp, and for
// what stands in gates and scores policy_values.cpp. Nothing is cut short: every operand of a connective and
// every element of a list is evaluated, so that steps, traces and assumptions don't depend on the order of
// evaluation; only a branch that is not taken is left out.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <re2/re2.h>

#include "compiler/typed/program.h"
#include "runtime/evidence/run.h"
#include "runtime/reference/expression_facts.h"
#include "runtime/reference/paths.h"
#include "runtime/reference/reference.h"
#include "runtime/reference/values.h"

namespace muster::reference {

// Judging a subject went past a limit of the run. Thrown by the evaluator, caught by Engine::judge.
struct PastLimit : std::exception {
  explicit PastLimit(std::string text) : message(std::move(text)) {}
  const char* what() const noexcept override { return message.c_str(); }
  std::string message;
};

// What gates, scores and levels read: criteria as they were judged, and each other. Asked while they are found.
class PolicyValues {
 public:
  virtual ~PolicyValues() = default;
  virtual const typed::Selection& selection(std::uint32_t selection) const = 0;
  virtual const verdicts::PossibleSet& possible(std::uint32_t criterion) const = 0;
  virtual const Causes& causes(std::uint32_t criterion) const = 0;
  virtual Value gate(std::uint32_t gate) = 0;
  virtual verdicts::ScoreResult score(std::uint32_t score) = 0;
};

class Evaluator {
 public:
  Evaluator(const typed::Program& program, const evidence::Run& run, const ExpressionFacts& facts);

  // Forgets the subject before. `values` answers what only gates and scores ask.
  void begin(const Subject& subject, types::RecordId type, PolicyValues& values, Trace* trace);

  // With what is left of a count, score or choose; `plain_value` without, as most operations take it.
  Value evaluate(typed::ExprId id);
  Value plain_value(typed::ExprId id) { return plain(evaluate(id)); }
  Value needed_value(typed::ExprId id) { return needed(plain_value(id)); }

  // A score's own expression: numbers of points with low and high, calculated end by end.
  Value points(typed::ExprId id);

  // What was assumed since the last call: the reasons of the left sides that were unknown, in order.
  Causes take_assumed();

  std::string print(const typed::Message& message);
  bool is_there(typed::ExprId guarded);  // so that a message may speak of it
  verdicts::ShownValue shown(typed::ExprId id);

  std::vector<verdicts::Cause> list(const Causes& causes);

 private:
  // evidence.cpp
  Value dispatch(const typed::Expr& expr);
  Value let(std::uint32_t index);
  Value field(const typed::Expr& expr);
  Value optional_field(const typed::Expr& expr);
  Value call(const typed::Expr& expr);
  template <typename Body>
  Value with_arguments(const typed::Expr& expr, std::vector<Value> arguments, Body body);
  Value list_literal(const typed::Expr& expr);

  // logic.cpp
  Value not_(const typed::Expr& expr);
  Value connective(const typed::Expr& expr);
  Value implies(const typed::Expr& expr);
  Value is_known(const typed::Expr& expr);
  Value is_present(const typed::Expr& expr);
  Value coalesce(const typed::Expr& expr);
  Value assume(const typed::Expr& expr);

  // comparison.cpp
  Value compare(const typed::Expr& expr);
  static Value compare_values(typed::Op op, const Value& a, const Value& b);
  Value in_range(const typed::Expr& expr);
  Value membership(const typed::Expr& expr);
  Value contains_several(const typed::Expr& expr);
  Value contains_lists(const Value& a, const Value& b, Truth decided_by);

  // arithmetic.cpp
  Value arithmetic(const typed::Expr& expr);
  static Value widened(Value value);
  // Nothing: unknown (`arithmetic`), for the fields that its operands read.
  Value calculated(const typed::Expr& expr, std::optional<types::Scalar> result);
  void collect_fields(typed::ExprId id, CausesBuilder& causes);
  void add_fields(typed::ExprId id, CausesBuilder& causes);
  void add_shared(typed::ExprId id, CausesBuilder& causes);

  // text.cpp
  Value text_comparison(const typed::Expr& expr);
  Value text_function(const typed::Expr& expr);

  // branches.cpp
  Value if_(const typed::Expr& expr);
  Value choose(const typed::Expr& expr);
  void not_taken(typed::ExprId id);

  // quantifiers.cpp
  Value any_or_all(const typed::Expr& expr);
  Value how_many(const typed::Expr& expr);
  Value count_elements(const typed::Expr& expr, typed::ExprId body);

  // aggregates.cpp
  Value size(const typed::Expr& expr);
  Value distinct(const typed::Expr& expr);
  template <typename Each>
  Value over_values(const typed::Expr& expr, Each each);
  Value total(const typed::Expr& expr);
  Value extreme(const typed::Expr& expr);
  Value first(const typed::Expr& expr);
  Value latest(const typed::Expr& expr);

  // policy_values.cpp
  Value every(const typed::Expr& expr);
  Value passes(const typed::Expr& expr);
  Value count_status(const typed::Expr& expr);
  Value score(const typed::Expr& expr);
  // score_expressions.cpp
  Value points_of_one(const typed::Expr& expr);
  Value points_of_two(const typed::Expr& expr);
  static Value spanning(const Value& score, const Value& other);

  typed::ExprId operand(const typed::Expr& expr, std::size_t at) const { return program_.operand(expr, at); }
  bool has(const typed::Expr& expr, std::size_t at) const { return operand(expr, at) != typed::kNoExpr; }
  void count_steps(std::uint64_t steps);
  // Made for people, and no part of judging: its steps are counted by themselves, for all of a subject together, and
  // where they pass the limit it is `otherwise`.
  template <typename Made, typename Make>
  Made aside(Made otherwise, const Make& make);
  void enter();  // one level deeper; leave with --depth_

  // messages.cpp
  std::string print(const Value& value, types::TypeId type) const;
  verdicts::ShownValue shown(const Value& value, types::TypeId type) const;
  void record(typed::ExprId id, const Value& value);

  // Gives each element of a known list in turn to `each`, as the expression's variable.
  template <typename Each>
  void for_each_element(const typed::Expr& expr, const Value& list, Each each);

  struct LetValue {
    bool found = false;
    Value value;
    Causes assumed;
  };

  const typed::Program& program_;
  const evidence::Run& run_;
  const ExpressionFacts& facts_;
  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  Subject subject_;
  PolicyValues* policy_values_ = nullptr;
  Trace* trace_ = nullptr;
  Paths paths_;
  std::vector<Value> variables_;
  std::vector<LetValue> lets_;
  std::vector<std::uint32_t> elements_;  // where the quantifiers around stand, for the trace
  CausesBuilder assumed_;
  std::uint64_t steps_ = 0, steps_aside_ = 0;
  int depth_ = 0;
};

template <typename Each>
void Evaluator::for_each_element(const typed::Expr& expr, const Value& list, Each each) {
  const List elements(list);
  count_steps(elements.size());
  Value outer = std::move(variables_[expr.index]);
  elements_.push_back(0);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    elements_.back() = static_cast<std::uint32_t>(i);
    variables_[expr.index] = elements.at(i);
    each(variables_[expr.index]);
  }
  elements_.pop_back();
  variables_[expr.index] = std::move(outer);
}

template <typename Made, typename Make>
Made Evaluator::aside(Made otherwise, const Make& make) {
  const std::uint64_t steps = std::exchange(steps_, steps_aside_);
  const int depth = depth_;
  const std::size_t elements = elements_.size();
  Made made = std::move(otherwise);
  try {
    made = make();
  } catch (const PastLimit&) {
    depth_ = depth;
    elements_.resize(elements);
  }
  steps_aside_ = std::exchange(steps_, steps);
  return made;
}

// Evaluates a define's body with its parameters bound.
template <typename Body>
Value Evaluator::with_arguments(const typed::Expr& expr, std::vector<Value> arguments, Body body) {
  const typed::Define& define = program_.defines[expr.index];
  for (std::size_t i = 0; i < arguments.size(); ++i) std::swap(variables_[define.parameters[i]], arguments[i]);
  Value result = body(define.body);
  for (std::size_t i = 0; i < arguments.size(); ++i) variables_[define.parameters[i]] = std::move(arguments[i]);
  return result;
}

}  // namespace muster::reference
