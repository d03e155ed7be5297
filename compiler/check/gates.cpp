// SPDX-License-Identifier: Apache-2.0
// Gates, levels, shown values, and what a gate or score selects. Gates and scores may name each other in any order;
// each is typed when something first names it.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"

namespace muster::check {

void Checker::check_gate(std::uint32_t index) {
  PolicyState& state = *policy_;
  const ast::GateDecl* declared = state.gate_decls[index];
  if (state.gate_state[index] != PolicyState::State::fresh || is_too_deep(state.policy.gates[index].span)) return;
  state.gate_state[index] = PolicyState::State::open;
  const std::uint32_t outer = state.open_gate;
  state.open_gate = index;
  const auto subject = subject_;
  const Surroundings kept = leave_for(module_, Place::gate);
  policy_ = &state;
  subject_ = subject;
  std::vector<ExprId> conditions;
  if (declared == nullptr) {  // the implied `ready`
    ast::Selection musts;
    musts.kind = ast::Selection::Kind::must;
    const auto selection = static_cast<std::uint32_t>(program_.selections.size());
    program_.selections.push_back(select(musts));
    conditions.push_back(make(Op::every, types::kBool, state.policy.span, {}, selection));
  } else {
    for (const ast::Clause& clause : declared->clauses) {
      if (clause.kind == ast::Clause::Kind::let) {
        check_let(clause.let);
      } else if (clause.kind == ast::Clause::Kind::require) {
        const typed::Condition condition = check_condition(clause.requirement);
        conditions.push_back(condition.condition);
        assume_facts(facts(condition.condition).when_true);
      } else if (clause.kind != ast::Clause::Kind::error) {
        not_here(clause.word, "a gate has `let` and `require` alone, no `" + source_text(clause.word) + "`", "");
      }
    }
    if (conditions.empty() && !declared->incomplete) {
      report(Code::nothing_required, declared->name.span, "gate `" + declared->name.text + "` requires nothing").help =
          "say when it is passed: `require every must`";
    }
  }
  return_to(kept);
  state.open_gate = outer;
  state.policy.gates[index].requires_ = std::move(conditions);
  state.policy.evaluation_order.push_back(index);
  state.gate_state[index] = PolicyState::State::done;
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
  const auto index = static_cast<std::uint32_t>(program_.selections.size());
  program_.selections.push_back(std::move(selection));
  if (expr.kind == ast::Expr::Kind::every) return make(Op::every, types::kBool, expr.span, {}, index);
  return make(Op::count_status, types::kInt, expr.span, {}, index);
}

void Checker::unknown_part(const ast::Name& name, std::string_view kind, std::vector<std::string> candidates) {
  if (policy_ != nullptr && policy_->declared->incomplete) return;  // it may stand in what could not be read
  unknown(Code::unknown_part, name, "the policy has no " + std::string(kind) + " `" + name.text + "`", candidates);
}

std::optional<std::uint32_t> Checker::find_criterion(const ast::Name& name) {
  auto found = policy_->criteria.find(name.text);
  if (found != policy_->criteria.end()) return found->second.index;
  std::vector<std::string> candidates;
  for (const auto& [each, criterion] : policy_->criteria) candidates.push_back(each);
  unknown_part(name, "criterion", candidates);
  return std::nullopt;
}

typed::Selection Checker::select(const ast::Selection& written) {
  typed::Selection made;
  made.span = written.span;
  if (written.kind == ast::Selection::Kind::list) {
    std::set<std::uint32_t> chosen;
    for (const ast::Name& name : written.list) {
      auto criterion = find_criterion(name);
      if (criterion && !chosen.insert(*criterion).second) {
        report(Code::duplicate_name, name.span, "`" + name.text + "` stands in this list already");
      }
    }
    made.criteria.assign(chosen.begin(), chosen.end());
    return made;
  }
  std::optional<std::uint32_t> section;
  if (!written.section.empty()) {
    auto found = policy_->sections.find(written.section.text);
    if (found == policy_->sections.end()) {
      std::vector<std::string> candidates;
      for (const auto& [name, each] : policy_->sections) candidates.push_back(name);
      unknown_part(written.section, "section", candidates);
      return made;
    }
    section = found->second.index;
  }
  if (!written.tag.empty() && policy_->tags.count(written.tag.text) == 0 && !policy_->declared->incomplete) {
    unknown(Code::unknown_tag, written.tag, "no criterion has the tag `" + written.tag.text + "`, so nothing is chosen",
            {policy_->tags.begin(), policy_->tags.end()});
  }
  // Criteria are typed before gates and scores, in the order declared.
  const auto& criteria = policy_->policy.criteria;
  for (std::uint32_t i = 0; i < criteria.size(); ++i) {
    const typed::Criterion& criterion = criteria[i];
    const bool level = written.kind == ast::Selection::Kind::criterion ||
                       static_cast<int>(criterion.level) == static_cast<int>(written.kind);
    const bool tag = written.tag.empty() ||
                     std::find(criterion.tags.begin(), criterion.tags.end(), written.tag.text) != criterion.tags.end();
    if (level && tag && (!section || criterion.section == section)) made.criteria.push_back(i);
  }
  return made;
}

void Checker::check_levels(const ast::LevelsDecl& declared) {
  typed::Levels made;
  made.name = declared.name.text;
  made.doc = declared.doc;
  made.span = declared.name.span;
  for (const ast::Name& name : declared.gates) {
    auto value = policy_->values.find(name.text);
    if (value == policy_->values.end() || value->second.kind != Value::Kind::gate) {
      std::vector<std::string> candidates;
      for (const typed::Gate& gate : policy_->policy.gates) candidates.push_back(gate.name);
      unknown_part(name, "gate", candidates);
      continue;
    }
    made.gates.push_back(value->second.index);
  }
  if (declare(policy_->levels, declared.name,
              Indexed{static_cast<std::uint32_t>(policy_->policy.levels.size()), declared.name.span}, "levels")) {
    policy_->policy.levels.push_back(std::move(made));
  }
}

void Checker::check_show(const ast::ShowDecl& declared) {
  place_ = Place::show;
  ExprId value = type_expr(declared.value);
  place_ = Place::criterion;
  TypeId shown = program_.types.without_optional(type(value));
  while (program_.types.is_list(shown) || program_.types.is_optional(shown)) shown = program_.types.element(shown);
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
  policy_->policy.shows.push_back(
      {declared.name.text, declared.title ? declared.title->value : "", value, declared.doc, declared.name.span});
}

}  // namespace muster::check
