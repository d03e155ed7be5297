// SPDX-License-Identifier: Apache-2.0
// Criteria and sections. Clauses are a sequence: each sees what the ones before it made sure.
#include <algorithm>

#include "base/similar_name.h"
#include "compiler/check/checker.h"
#include "compiler/typed/one_line.h"

namespace muster::check {

// Those that are inherited first, as the deltas leave them; a section's own come behind what it has already.
void Checker::check_criteria() {
  PolicyState& state = *policy_;
  const ast::PolicyDecl& declared = *state.declared;
  derive_criteria();
  std::vector<std::optional<std::uint32_t>> section_of(declared.criteria.size());
  for (const ast::SectionDecl& section : declared.sections) {
    const auto found = state.sections.find(section.name.text);
    const std::size_t index = found == state.sections.end() ? state.policy.sections.size() - 1 : found->second.index;
    if (index >= state.policy.sections.size()) continue;
    check_section(section, state.policy.sections[index]);
    for (std::uint32_t criterion : section.criteria) section_of[criterion] = static_cast<std::uint32_t>(index);
  }
  for (std::uint32_t i = 0; i < declared.criteria.size(); ++i) check_criterion(declared.criteria[i], section_of[i]);
  const auto& criteria = state.policy.criteria;
  for (std::uint32_t i = 0; i < criteria.size(); ++i) {
    state.tags.insert(criteria[i].tags.begin(), criteria[i].tags.end());
    if (auto known = state.criteria.find(criteria[i].name);
        known != state.criteria.end() && known->second.span == criteria[i].span)
      known->second.index = i;
  }
}

// A section's conditions are typed once; their facts hold for each of its criteria.
void Checker::check_section(const ast::SectionDecl& declared, typed::Section& section) {
  const bool is_open_again = section.policy != policy_->index;
  if (!is_open_again && policy_->base != nullptr && !declared.title) {
    std::vector<std::string> inherited;
    for (const typed::Section& each : policy_->base->policy.sections) inherited.push_back(each.name);
    if (const auto near = base::similar_name(section.name, inherited)) {
      base::Diagnostic& problem = report(Code::unknown_part, declared.name.span,
                                         "`" + policy_->base->policy.name + "` has no section `" + section.name + "`");
      problem.suggest(declared.name.span, *near);
      problem.help += " A new section with such a name needs a title";
    }
  }
  if (is_open_again && declared.title) {
    not_here(declared.title->span,
             "`" + section.name + "` has its title from `" + program_.policies[section.policy].name + "`",
             "leave the title out: `section " + section.name + " { ... }` adds to it");
  }
  const std::size_t mark = fact_log_.size();
  for (const ast::Clause& clause : declared.clauses) {
    if (clause.kind == ast::Clause::Kind::when && is_open_again) {
      not_here(clause.word, "a section that is opened again keeps its conditions",
               "write the `when` in the criteria that are added");
    } else if (clause.kind == ast::Clause::Kind::when) {
      section.whens.push_back(check_condition(clause.requirement));
      assume_facts(facts(section.whens.back().condition).when_true);
    } else if (clause.kind != ast::Clause::Kind::error) {
      not_here(clause.word, "a section has `when` alone, no `" + source_text(clause.word) + "`",
               "write it in its criteria");
    }
  }
  forget_facts(mark);
}

void Checker::check_criterion(const ast::CriterionDecl& declared, std::optional<std::uint32_t> section) {
  typed::Criterion made;
  made.name = declared.name.text;
  made.title = declared.title ? declared.title->value : "";
  made.level = static_cast<typed::Level>(declared.level);
  made.section = section;
  made.span = declared.name.span;
  made.doc = declared.doc;
  made.origins.push_back(declared_here(made.span));
  if (declared.locked) made.locked_by = policy_->index;
  if (section) made.whens = policy_->policy.sections[*section].whens;
  const std::size_t mark = fact_log_.size();
  const std::size_t locals = locals_.size();
  for (const typed::Condition& when : made.whens) assume_facts(facts(when.condition).when_true);
  check_clauses(declared.clauses, made);
  check_why_and_fix(declared.clauses, made);
  forget_facts(mark);
  locals_.resize(locals);
  if (made.requires_.empty() && !declared.incomplete) {
    report(Code::nothing_required, declared.name.span, "`" + made.name + "` requires nothing").help =
        "say when it is met: `require ...`";
  }
  auto& criteria = policy_->policy.criteria;
  auto place = criteria.end();
  if (policy_->base != nullptr && section) {
    const auto last = std::find_if(criteria.rbegin(), criteria.rend(),
                                   [&](const typed::Criterion& each) { return each.section == section; });
    if (last != criteria.rend()) place = last.base();
  }
  criteria.insert(place, std::move(made));
}

void Checker::check_clauses(const std::vector<ast::Clause>& clauses, typed::Criterion& into) {
  for (const ast::Clause& clause : clauses) {
    switch (clause.kind) {
      case ast::Clause::Kind::when:
        into.whens.push_back(check_condition(clause.requirement));
        assume_facts(facts(into.whens.back().condition).when_true);
        break;
      case ast::Clause::Kind::require:
        into.requires_.push_back(check_condition(clause.requirement));
        assume_facts(facts(into.requires_.back().condition).when_true, FactOrigin::requirement);
        break;
      case ast::Clause::Kind::let:
        if (const std::uint32_t let = check_let(clause.let); let != kNone) into.lets.push_back(let);
        break;
      case ast::Clause::Kind::weight: into.weight = decimal_of(clause.decimal, clause.value_span, "a weight"); break;
      case ast::Clause::Kind::see: into.see = clause.text ? clause.text->value : ""; break;
      case ast::Clause::Kind::owner: into.owner = clause.text ? clause.text->value : ""; break;
      case ast::Clause::Kind::tags:
        for (const ast::Name& tag : clause.tags) into.tags.push_back(tag.text);
        break;
      case ast::Clause::Kind::effective: into.effective = clause.date; break;
      case ast::Clause::Kind::why:
      case ast::Clause::Kind::fix:
      case ast::Clause::Kind::error: break;
    }
  }
}

// Messages that may name any let of the criterion, wherever they stand.
void Checker::check_why_and_fix(const std::vector<ast::Clause>& clauses, typed::Criterion& into) {
  for (const ast::Clause& clause : clauses) {
    if (!clause.message) continue;
    if (clause.kind == ast::Clause::Kind::why) into.why = type_message(*clause.message);
    if (clause.kind == ast::Clause::Kind::fix) into.fix = type_message(*clause.message);
  }
}

typed::Condition Checker::check_condition(const ast::Requirement& written) {
  typed::Condition made;
  made.policy = text_ == nullptr ? 0 : text_->index;
  made.span = written.span;
  guarded_.clear();
  made.condition = type_bool(written.condition);
  made.guarded = std::move(guarded_);
  guarded_.clear();
  made.has_message = written.message.has_value();
  if (written.message) {
    made.message = type_message(*written.message);
  } else if (written.condition != ast::kNoExpr) {
    made.message = default_message(expr_at(written.condition).span);
  }
  return made;
}

std::uint32_t Checker::check_let(const ast::Let& written) {
  guarded_.clear();
  const ExprId value = type_expr(written.value);
  const auto index = static_cast<std::uint32_t>(program_.lets.size());
  program_.lets.push_back({written.name.text, value, written.name.span, text_ == nullptr ? 0 : text_->index});
  let_guards_.push_back(std::move(guarded_));
  guarded_.clear();
  if (written.name.empty()) return kNone;
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->first != written.name.text || local->second.kind != Value::Kind::let) continue;
    report(Code::duplicate_name, written.name.span, "there is a value `" + written.name.text + "` already")
        .labels.push_back({local->second.span, "the first one"});
    return index;
  }
  warn_if_hidden(written.name);
  locals_.emplace_back(written.name.text, Value{Value::Kind::let, index, written.name.span});
  return index;
}

std::uint32_t Checker::type_policy_let(std::uint32_t index) {
  PolicyState& state = *policy_;
  const ast::Let& written = state.declared->lets[index];
  if (state.let_state[index] == PolicyState::State::done) return state.let_index[index];
  if (state.let_state[index] == PolicyState::State::open) {
    const ast::Let& closing = state.declared->lets[state.open_let];
    report_cycle(closing.name.span, closing.name.text, written.name.span);
    return kNone;
  }
  if (is_too_deep(written.name.span)) return kNone;
  state.let_state[index] = PolicyState::State::open;
  const std::uint32_t outer = state.open_let;
  state.open_let = index;
  const Surroundings kept = leave_for(module_, Place::criterion);
  policy_ = &state;
  enter_text(state);
  const ExprId value = type_expr(written.value);
  return_to(kept);
  state.open_let = outer;
  state.let_index[index] = static_cast<std::uint32_t>(program_.lets.size());
  program_.lets.push_back({written.name.text, value, written.name.span, state.index});
  let_guards_.emplace_back();
  state.let_state[index] = PolicyState::State::done;
  return state.let_index[index];
}

typed::Message Checker::type_message(const ast::Message& written) {
  const bool outer = in_message_;
  in_message_ = true;
  typed::Message made;
  for (const ast::Message::Piece& piece : written.pieces) {
    typed::Message::Piece typed_piece{piece.text, kNoExpr, piece.source, piece.begin};
    if (piece.expression != ast::kNoExpr) {
      ExprId value = type_expr(piece.expression);
      const TypeId shown = program_.types.innermost(type(value));
      const Span span = program_.exprs[value].span;
      if (program_.types.is_record(shown)) {
        report(Code::type_mismatch, span, "a record can't be printed").help = "print its fields";
        value = make_error(span);
      } else if (!is_error(value) && reads_private(value)) {
        report(Code::private_value, span,
               "`" + source_text(span) + "` reads a private field, and a message would show it");
        value = make_error(span);
      }
      typed_piece.expression = value;
    }
    made.pieces.push_back(std::move(typed_piece));
  }
  in_message_ = outer;
  return made;
}

typed::Message Checker::default_message(Span condition) const {
  typed::Message made;
  made.pieces.push_back({typed::on_one_line(sources_.text(condition)), kNoExpr});
  return made;
}

}  // namespace muster::check
