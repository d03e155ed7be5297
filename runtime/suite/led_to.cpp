// SPDX-License-Identifier: Apache-2.0
#include "runtime/suite/led_to.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "compiler/typed/reach.h"

namespace muster::suite {

namespace {

using reference::TraceEntry;
using typed::Condition;
using typed::Expr;
using typed::ExprId;
using typed::Literal;
using typed::Op;
using typed::Status;
using verdicts::Truth;

// More would hide what matters.
constexpr std::size_t kMostValues = 16;
constexpr std::size_t kMostCriteria = 5;

bool is_path_step(Op op) { return op == Op::field || op == Op::optional_field; }

bool is_plain_value(Op op) {
  return op == Op::param || op == Op::shared || op == Op::today || op == Op::now || op == Op::variable;
}

bool is_of_policy(Op op) {
  return op == Op::every || op == Op::passes || op == Op::count_status || op == Op::gate || op == Op::score;
}

// A quantifier that is true or false says no more than the condition around it and the values within.
bool is_aggregate(const Expr& expr) { return typed::has_variable(expr.op) && expr.type != types::kBool; }

class Explained {
 public:
  Explained(const typed::Program& program, const typed::Policy& policy, const typed::TestRun& run,
            const reference::Trace& trace)
      : program_(program), policy_(policy), run_(run) {
    for (const TraceEntry& entry : trace.entries) entries_[entry.expression].push_back(&entry);
  }

  void add_criterion(std::uint32_t index, const verdicts::CriterionResult& found);
  void add_gate(std::uint32_t index, const verdicts::SubjectResult& found);

  std::vector<SeenCondition> take() { return std::move(seen_); }

 private:
  Truth truth_of(const Condition& condition) const;
  void add(typed::ConditionKind kind, const std::string& name, const Condition& condition);
  void walk(ExprId id, std::size_t depth);
  void walk_parts(const Expr& expr, std::size_t depth);
  void walk_path(ExprId id, std::size_t depth);
  void note(ExprId id);
  void note_params(ExprId body);
  std::optional<base::Span> origin_of(ExprId id, const std::vector<std::uint32_t>& elements) const;
  const Literal* given(ExprId id, const std::vector<std::uint32_t>& elements) const;
  base::Span origin_of_param(std::uint32_t param) const;

  const typed::Program& program_;
  const typed::Policy& policy_;
  const typed::TestRun& run_;
  std::unordered_map<ExprId, std::vector<const TraceEntry*>> entries_;
  // Of the condition that is being explained: the list of each variable, and how many lists are around that.
  std::map<std::uint32_t, std::pair<ExprId, std::size_t>> lists_;
  std::set<std::uint32_t> lets_, params_;  // that are shown
  SeenCondition now_;
  std::vector<SeenCondition> seen_;
};

Truth Explained::truth_of(const Condition& condition) const {
  const auto found = entries_.find(condition.condition);
  return found == entries_.end() ? Truth::unknown : found->second.back()->truth;
}

void Explained::add_criterion(std::uint32_t index, const verdicts::CriterionResult& found) {
  const typed::Criterion& criterion = policy_.criteria[index];
  const auto add_those = [&](typed::ConditionKind kind, const std::vector<Condition>& conditions, Truth truth) {
    for (const Condition& condition : conditions) {
      if (truth_of(condition) == truth) add(kind, criterion.name, condition);
    }
  };
  using Kind = typed::ConditionKind;
  switch (found.upcoming ? found.would_be : found.status) {
    case Status::unmet: return add_those(Kind::require, criterion.requires_, Truth::no);
    case Status::na: {
      const auto first = std::find_if(criterion.whens.begin(), criterion.whens.end(),
                                      [&](const Condition& each) { return truth_of(each) == Truth::no; });
      if (first != criterion.whens.end()) add(Kind::when, criterion.name, *first);
      return;
    }
    case Status::unknown:
      add_those(Kind::when, criterion.whens, Truth::unknown);
      return add_those(Kind::require, criterion.requires_, Truth::unknown);
    case Status::waived:
      add_those(Kind::require, criterion.requires_, Truth::no);
      return add_those(Kind::require, criterion.requires_, Truth::unknown);
    case Status::met:
      add_those(Kind::when, criterion.whens, Truth::yes);
      return add_those(Kind::require, criterion.requires_, Truth::yes);
  }
}

void Explained::add_gate(std::uint32_t index, const verdicts::SubjectResult& found) {
  const typed::Gate& gate = policy_.gates[index];
  for (const Condition& condition : gate.requires_) {
    const Truth truth = truth_of(condition);
    if (truth == Truth::yes && found.gates[index] != Truth::yes) continue;
    // `every must` says nothing that its criteria don't.
    if (program_.expr(condition.condition).op != Op::every) add(typed::ConditionKind::require, gate.name, condition);
  }
  std::size_t shown = 0;
  for (const std::uint32_t criterion : typed::criteria_of_gate(program_, policy_, index)) {
    const Status status = found.criteria[criterion].status;
    if (status != Status::unmet && status != Status::unknown) continue;
    if (++shown <= kMostCriteria) add_criterion(criterion, found.criteria[criterion]);
  }
}

void Explained::add(typed::ConditionKind kind, const std::string& name, const Condition& condition) {
  now_ = {kind, name, program_.expr(condition.condition).span, truth_of(condition), {}, 0};
  lists_.clear();
  lets_.clear();
  params_.clear();
  walk(condition.condition, 0);
  seen_.push_back(std::move(now_));
}

void Explained::walk(ExprId id, std::size_t depth) {
  if (id == typed::kNoExpr) return;
  const Expr& expr = program_.expr(id);
  if (is_path_step(expr.op)) return walk_path(id, depth);
  if (is_plain_value(expr.op) || is_of_policy(expr.op)) return note(id);
  if (expr.op == Op::let) {
    note(id);
    if (!lets_.insert(expr.index).second) return;
    // A let stands in no list, whatever stands around its name. What it counts or finds has its name's value.
    const ExprId value = program_.lets[expr.index].value;
    return is_aggregate(program_.expr(value)) ? walk_parts(program_.expr(value), 0) : walk(value, 0);
  }
  if (expr.op == Op::call || is_aggregate(expr)) note(id);
  walk_parts(expr, depth);
  if (expr.op == Op::call) note_params(program_.defines[expr.index].body);
}

void Explained::walk_parts(const Expr& expr, std::size_t depth) {
  const auto operands = program_.operands_of(expr);
  if (!typed::has_variable(expr.op)) {
    for (const ExprId operand : operands) walk(operand, depth);
    return;
  }
  lists_[expr.index] = {operands[0], depth};
  // Of a list that has elements these are shown.
  const auto found = entries_.find(operands[0]);
  const bool has_elements =
      found != entries_.end() && std::any_of(found->second.begin(), found->second.end(), [](const TraceEntry* each) {
        return each->value != "?" && each->value != "none" && !each->value.empty();
      });
  if (!has_elements || operands.size() == 1) walk(operands[0], depth);
  // How many elements are asked for stands outside the list.
  const bool has_number = expr.op == Op::at_least || expr.op == Op::at_most || expr.op == Op::exactly;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    walk(operands[i], has_number && i + 1 == operands.size() ? depth : depth + 1);
  }
}

// `a.b.c` is one value, unless it begins with something that is calculated.
void Explained::walk_path(ExprId id, std::size_t depth) {
  note(id);
  ExprId root = id;
  while (is_path_step(program_.expr(root).op)) root = program_.operand(program_.expr(root), 0);
  const Op op = program_.expr(root).op;
  if (op != Op::subject && !is_plain_value(op)) walk(root, depth);
}

void Explained::note(ExprId id) {
  const auto found = entries_.find(id);
  if (found == entries_.end()) return;
  const Expr& expr = program_.expr(id);
  for (const TraceEntry* entry : found->second) {
    if (expr.op == Op::param && entry != found->second.front()) return;
    if (program_.types.is_record(program_.types.without_optional(expr.type)) && expr.op == Op::variable) continue;
    if (now_.values.size() == kMostValues) {
      ++now_.left_out;
      continue;
    }
    now_.values.push_back({expr.span, entry->elements, entry->value, entry->causes, origin_of(id, entry->elements)});
  }
}

// Of what a define calculates its params alone: they are the same, whoever calls it.
void Explained::note_params(ExprId body) {
  for (const ExprId id : typed::parts_first(program_, {body})) {
    if (program_.expr(id).op == Op::param && params_.insert(program_.expr(id).index).second) note(id);
  }
}

std::optional<base::Span> Explained::origin_of(ExprId id, const std::vector<std::uint32_t>& elements) const {
  const Expr& expr = program_.expr(id);
  if (expr.op == Op::param) return origin_of_param(expr.index);
  const Literal* literal = given(id, elements);
  return literal == nullptr ? std::nullopt : literal->span;
}

// What the test gives for a path; nothing where the value is calculated.
const Literal* Explained::given(ExprId id, const std::vector<std::uint32_t>& elements) const {
  const Expr& expr = program_.expr(id);
  if (expr.op == Op::subject) return &run_.subject;
  if (expr.op == Op::shared) {
    for (const typed::SharedGiven& shared : run_.shared) {
      if (shared.shared == expr.index) return &shared.value;
    }
    return nullptr;
  }
  if (is_path_step(expr.op)) {
    const Literal* record = given(program_.operand(expr, 0), elements);
    return record == nullptr || expr.index >= record->items.size() ? nullptr : &record->items[expr.index];
  }
  if (expr.op == Op::variable) {
    const auto list = lists_.find(expr.index);
    if (list == lists_.end() || list->second.second >= elements.size()) return nullptr;
    const Literal* elements_given = given(list->second.first, elements);
    const std::uint32_t at = elements[list->second.second];
    return elements_given == nullptr || at >= elements_given->items.size() ? nullptr : &elements_given->items[at];
  }
  return nullptr;
}

// By the test, else by the last that set it.
base::Span Explained::origin_of_param(std::uint32_t param) const {
  for (const typed::ParamSetting& setting : run_.params) {
    if (setting.param == param) return setting.span;
  }
  for (const typed::PolicyParam& each : policy_.params) {
    if (each.param == param && !each.origins.empty()) return each.origins.back().span;
  }
  return program_.params[param].span;
}

}  // namespace

std::vector<SeenCondition> led_to(const typed::Program& program, const typed::Policy& policy, const typed::TestRun& run,
                                  const typed::Expectation& expected, const verdicts::SubjectResult& found,
                                  const reference::Trace& trace) {
  using Kind = typed::Expectation::Kind;
  Explained explained(program, policy, run, trace);
  switch (expected.kind) {
    case Kind::criterion: explained.add_criterion(expected.index, found.criteria[expected.index]); break;
    case Kind::gate: explained.add_gate(expected.index, found); break;
    case Kind::score: break;
    case Kind::level: {
      // The first gate on the way up that doesn't surely pass.
      const auto& gates = policy.levels[expected.index].gates;
      const auto first =
          std::find_if(gates.begin(), gates.end(), [&](std::uint32_t gate) { return found.gates[gate] != Truth::yes; });
      if (first != gates.end()) explained.add_gate(*first, found);
      break;
    }
  }
  return explained.take();
}

}  // namespace muster::suite
