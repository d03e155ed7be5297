// SPDX-License-Identifier: Apache-2.0
// Gates, levels, shown values, and what a gate or score selects. Gates and scores may name each other in any order;
// each is typed when something first names it.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"

namespace muster::check {

void Checker::check_gate(std::uint32_t index) {
  PolicyState& state = *policy_;
  if (state.gate_state[index] != PolicyState::State::fresh || is_too_deep(state.policy.gates[index].span)) return;
  state.gate_state[index] = PolicyState::State::open;
  const std::uint32_t outer = state.open_gate;
  state.open_gate = index;
  const Surroundings kept = leave_for(module_, Place::gate);
  policy_ = &state;
  enter_text(state);
  typed::Gate made = state.policy.gates[index];
  made.lets.clear();
  made.requires_.clear();
  if (made.implied) {
    typed::Selection musts;
    musts.kind = typed::Selection::Kind::must;
    musts.span = made.span;
    musts.criteria = typed::chosen(state.policy, musts);
    typed::Condition every;
    every.policy = made.origins.front().policy;
    every.span = made.span;
    every.condition =
        make(Op::every, types::kBool, made.span, {}, static_cast<std::uint32_t>(state.policy.selections.size()));
    every.message.pieces.push_back({"every must", kNoExpr});
    made.requires_.push_back(std::move(every));
    state.policy.selections.push_back(std::move(musts));
  }
  for (const PolicyState::GatePart& part : state.gate_texts[index].parts) check_gate_part(part, made);
  enter_text(state);
  if (made.requires_.empty() && !state.gate_texts[index].incomplete) {
    report(Code::nothing_required, made.span, "gate `" + made.name + "` requires nothing").help =
        "say when it is passed: `require every must`";
  }
  return_to(kept);
  state.open_gate = outer;
  state.policy.gates[index] = std::move(made);
  state.policy.evaluation_order.push_back(index);
  state.gate_state[index] = PolicyState::State::done;
}

// What tightens a gate sees the lets and guards of what it tightens.
void Checker::check_gate_part(const PolicyState::GatePart& part, typed::Gate& gate) {
  enter_text(*part.text);
  for (const ast::Clause& clause : *part.clauses) {
    if (clause.kind == ast::Clause::Kind::let) {
      if (const std::uint32_t let = check_let(clause.let); let != kNone) gate.lets.push_back(let);
    } else if (clause.kind == ast::Clause::Kind::require) {
      gate.requires_.push_back(check_condition(clause.requirement));
      assume_facts(facts(gate.requires_.back().condition).when_true);
    } else if (clause.kind != ast::Clause::Kind::error) {
      not_here(clause.word, "a gate has `let` and `require` alone, no `" + source_text(clause.word) + "`", "");
    }
  }
}

ExprId Checker::type_gate(std::uint32_t index, Span span) {
  PolicyState& state = *policy_;
  if (state.gate_state[index] == PolicyState::State::open) {
    const typed::Gate& closing = state.policy.gates[state.open_gate == kNone ? index : state.open_gate];
    report_cycle(closing.span, closing.name, span);
    return make_error(span);
  }
  check_gate(index);
  return make(Op::gate, types::kBool, span, {}, index);
}

ExprId Checker::type_policy_form(const ast::Expr& expr) {
  const std::string word = source_text(expr.op_span);
  if (place_ != Place::gate) {
    return not_here(expr.op_span, "`" + word + "` asks about criteria, which gates alone can do",
                    "make it a `gate`, and read the gate where scores and gates can be read");
  }
  if (expr.kind == ast::Expr::Kind::passes) {
    const auto criterion = find_criterion(expr.name);
    if (!criterion) return make_error(expr.span);
    return make(Op::passes, types::kBool, expr.span, {}, *criterion);
  }
  typed::Selection selection = select(expr.selection);
  selection.status = static_cast<typed::Status>(expr.status);
  auto& selections = policy_->policy.selections;
  const auto index = static_cast<std::uint32_t>(selections.size());
  selections.push_back(std::move(selection));
  if (expr.kind == ast::Expr::Kind::every) return make(Op::every, types::kBool, expr.span, {}, index);
  return make(Op::count_status, types::kInt, expr.span, {}, index);
}

void Checker::unknown_part(const ast::Name& name, std::string_view kind, std::vector<std::string> candidates) {
  if (policy_ != nullptr && policy_->broken) return;  // it may stand in what could not be read
  unknown(Code::unknown_part, name, "the policy has no " + std::string(kind) + " `" + name.text + "`", candidates);
}

std::optional<std::uint32_t> Checker::find_criterion(const ast::Name& name) {
  auto found = policy_->criteria.find(name.text);
  if (found != policy_->criteria.end()) {
    note_use(name.span, found->second.span);
    return found->second.index;
  }
  if (note_dropped(policy_->of_criteria, name)) return std::nullopt;
  std::vector<std::string> candidates;
  for (const auto& [each, criterion] : policy_->criteria) candidates.push_back(each);
  unknown_part(name, "criterion", candidates);
  return std::nullopt;
}

std::uint32_t Checker::find_named(const ast::Name& name, Value::Kind kind, std::string_view what) {
  const auto found = policy_->values.find(name.text);
  const auto is_kind = [&](const Names<Value>& values) {
    const auto value = values.find(name.text);
    return value != values.end() && value->second.kind == kind;
  };
  if (is_kind(policy_->values) && is_kind(text_->values)) {
    note_use(name.span, found->second.span);
    return found->second.index;
  }
  if (note_dropped(kind == Value::Kind::score ? policy_->of_scores : policy_->of_gates, name)) return kNone;
  std::vector<std::string> candidates;
  for (const auto& [each, value] : policy_->values) {
    if (value.kind == kind) candidates.push_back(each);
  }
  unknown_part(name, what, candidates);
  return kNone;
}

typed::Selection Checker::select(const ast::Selection& written) {
  typed::Selection made;
  made.span = written.span;
  made.kind = static_cast<typed::Selection::Kind>(written.kind);
  made.section = written.section.text;
  made.tag = written.tag.text;
  for (const ast::Name& name : written.list) {
    if (!find_criterion(name)) continue;
    if (std::find(made.names.begin(), made.names.end(), name.text) != made.names.end()) {
      report(Code::duplicate_name, name.span, "`" + name.text + "` stands in this list already");
      continue;
    }
    made.names.push_back(name.text);
  }
  if (!made.section.empty() && policy_->sections.count(made.section) == 0) {
    std::vector<std::string> candidates;
    for (const auto& [name, each] : policy_->sections) candidates.push_back(name);
    unknown_part(written.section, "section", candidates);
    return made;
  }
  if (!made.section.empty()) note_use(written.section.span, policy_->sections.find(made.section)->second.span);
  if (!made.tag.empty() && policy_->tags.count(made.tag) == 0 && !policy_->broken) {
    unknown(Code::unknown_tag, written.tag, "no criterion has the tag `" + made.tag + "`, so nothing is chosen",
            {policy_->tags.begin(), policy_->tags.end()});
  }
  // Criteria are typed before gates and scores, in the order declared.
  made.criteria = typed::chosen(policy_->policy, made);
  return made;
}

void Checker::check_levels(const ast::LevelsDecl& declared, std::vector<typed::Origin> origins) {
  typed::Levels made;
  made.name = declared.name.text;
  made.doc = declared.doc;
  made.span = declared.name.span;
  made.origins = std::move(origins);
  for (const ast::Name& name : declared.gates) {
    const std::uint32_t gate = find_named(name, Value::Kind::gate, "gate");
    if (gate != kNone) made.gates.push_back(gate);
  }
  policy_->policy.levels.push_back(std::move(made));
}

void Checker::check_show(const ast::ShowDecl& declared, std::vector<typed::Origin> origins) {
  place_ = Place::show;
  ExprId value = type_expr(declared.value);
  place_ = Place::criterion;
  const TypeId shown = program_.types.innermost(type(value));
  const Span span = program_.exprs[value].span;
  if (program_.types.is_record(shown)) {
    report(Code::type_mismatch, span, "a record can't be shown").help = "show its fields";
    return;
  }
  if (!is_error(value) && reads_private(value)) {
    report(Code::private_value, span, "`" + source_text(span) + "` reads a private field, and results would show it");
    return;
  }
  for (const typed::Show& show : policy_->policy.shows) {
    if (show.name != declared.name.text) continue;
    report(Code::duplicate_name, declared.name.span, "`" + show.name + "` is shown already")
        .labels.push_back({show.span, "the first one"});
    return;
  }
  policy_->policy.shows.push_back({declared.name.text, declared.title ? declared.title->value : "", value,
                                   std::move(origins), declared.doc, declared.name.span});
}

}  // namespace muster::check
