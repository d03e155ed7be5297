// SPDX-License-Identifier: Apache-2.0
// Policies and their criteria. Clauses are a sequence: each sees what the ones before it made sure.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"
#include "compiler/check/spelling.h"

namespace muster::check {

namespace {

constexpr std::size_t kMostCriteria = 100'000;

}  // namespace

void Checker::check_policies(std::uint32_t module) {
  const auto& policies = ast_of(module).policies;
  for (std::size_t i = 0; i < policies.size(); ++i) check_policy(module, policies[i], policy_ids_[module][i]);
}

void Checker::check_policy(std::uint32_t module, const ast::PolicyDecl& declared, std::uint32_t index) {
  if (!declared.extends.parts.empty()) {
    report(Code::not_supported, declared.extends.span, "deriving a policy from another is not supported yet").help =
        "write the policy with its criteria";
    return;
  }
  PolicyState state;
  state.declared = &declared;
  state.policy.module = modules_[module].name;
  state.policy.name = declared.name.text;
  state.policy.span = declared.name.span;
  state.policy.doc = declared.doc;
  if (declared.title) state.policy.title = declared.title->value;
  const auto subject = subject_of_policy(declared);
  if (!subject) {
    program_.policies[index] = std::move(state.policy);
    return;
  }
  const Surroundings kept = leave_for(module, Place::criterion);
  policy_ = &state;
  subject_ = *subject;
  state.policy.subject = *subject;
  declare_parts(declared);
  refuse_deriving(declared);

  for (std::uint32_t let : order_lets(declared.lets)) type_policy_let(let);
  std::vector<std::optional<std::uint32_t>> section_of(declared.criteria.size());
  std::vector<std::vector<typed::Condition>> whens(declared.sections.size());
  for (std::uint32_t section = 0; section < declared.sections.size(); ++section) {
    for (std::uint32_t criterion : declared.sections[section].criteria) section_of[criterion] = section;
  }
  // A section's conditions are typed once; their facts hold for each of its criteria.
  for (std::uint32_t section = 0; section < declared.sections.size(); ++section) {
    forget_facts(section_conditions(declared.sections[section], whens[section]));
  }
  for (std::uint32_t i = 0; i < declared.criteria.size(); ++i) {
    static const std::vector<typed::Condition> nothing;
    check_criterion(declared.criteria[i], section_of[i], section_of[i] ? whens[*section_of[i]] : nothing);
  }
  for (std::uint32_t score : order_scores(state.score_decls)) check_score(score);
  for (std::uint32_t gate : order_gates(state.gate_decls)) check_gate(gate);
  for (const ast::LevelsDecl& levels : declared.levels) check_levels(levels);
  for (const ast::ShowDecl& show : declared.shows) check_show(show);
  if (declared.criteria.empty() && !declared.incomplete) {
    report(Code::nothing_required, declared.name.span,
           "`" + declared.name.text + "` has no criteria, so every subject would pass")
        .help = "write what it asks for: `must name \"title\" { require ... }`";
  }
  if (declared.criteria.size() > kMostCriteria) {
    report(Code::too_costly, declared.criteria[kMostCriteria].name.span,
           "`" + declared.name.text + "` has more than " + with_thousands(kMostCriteria) + " criteria")
        .help = "split it into several policies";
  }
  check_cost(state.policy);
  program_.policies[index] = std::move(state.policy);
  return_to(kept);
}

std::optional<types::RecordId> Checker::subject_of_policy(const ast::PolicyDecl& declared) {
  if (!declared.subject.parts.empty()) return subject_of(declared.subject);
  if (!declared.incomplete) {
    report(Code::no_subject, declared.name.span, "`" + declared.name.text + "` does not say what it judges").help =
        "write `policy " + declared.name.text + " for Subject`";
  }
  return std::nullopt;
}

// Names of everything in the policy, before anything in it is typed: gates and scores may name each other.
void Checker::declare_parts(const ast::PolicyDecl& declared) {
  PolicyState& state = *policy_;
  typed::Policy& policy = state.policy;
  for (const ast::SectionDecl& section : declared.sections) {
    const auto index = static_cast<std::uint32_t>(policy.sections.size());
    policy.sections.push_back(
        {section.name.text, section.title ? section.title->value : "", section.doc, section.name.span});
    declare(state.sections, section.name, Indexed{index, section.name.span}, "section");
  }
  for (std::uint32_t i = 0; i < declared.criteria.size(); ++i) {
    const ast::CriterionDecl& criterion = declared.criteria[i];
    declare(state.criteria, criterion.name, Indexed{i, criterion.name.span}, "criterion");
    for (const ast::Clause& clause : criterion.clauses) {
      for (const ast::Name& tag : clause.tags) state.tags.insert(tag.text);
    }
  }
  auto declare_value = [&](const ast::Name& name, Value::Kind kind, std::size_t index) {
    if (state.values.count(name.text) == 0) warn_if_hidden(name);
    declare(state.values, name, Value{kind, static_cast<std::uint32_t>(index), name.span}, "value");
  };
  for (std::size_t i = 0; i < declared.lets.size(); ++i)
    declare_value(declared.lets[i].name, Value::Kind::policy_let, i);
  state.let_index.assign(declared.lets.size(), kNone);
  state.let_state.assign(declared.lets.size(), PolicyState::State::fresh);
  place_ = Place::gate;  // scores and gates see each other's names
  for (const ast::ScoreDecl& score : declared.scores) {
    declare_value(score.name, Value::Kind::score, state.score_decls.size());
    state.score_decls.push_back(&score);
    policy.scores.emplace_back();
    policy.scores.back().name = score.name.text;
    policy.scores.back().doc = score.doc;
    policy.scores.back().span = score.name.span;
  }
  for (const ast::GateDecl& gate : declared.gates) {
    declare_value(gate.name, Value::Kind::gate, state.gate_decls.size());
    state.gate_decls.push_back(&gate);
    policy.gates.emplace_back();
    policy.gates.back().name = gate.name.text;
    policy.gates.back().title = gate.title ? gate.title->value : "";
    policy.gates.back().doc = gate.doc;
    policy.gates.back().span = gate.name.span;
  }
  if (declared.gates.empty()) {
    typed::Gate ready;
    ready.name = "ready";
    ready.title = "Ready";
    ready.implied = true;
    ready.span = declared.name.span;
    policy.gates.push_back(std::move(ready));
    state.gate_decls.push_back(nullptr);
    state.values.emplace("ready", Value{Value::Kind::gate, 0, declared.name.span});
  }
  place_ = Place::criterion;
  state.gate_state.assign(state.gate_decls.size(), PolicyState::State::fresh);
  state.score_state.assign(state.score_decls.size(), PolicyState::State::fresh);
}

void Checker::refuse_deriving(const ast::PolicyDecl& declared) {
  for (const ast::Delta& delta : declared.deltas) {
    report(Code::not_supported, delta.word,
           "`" + source_text(delta.word) + "` changes an inherited policy, which is not supported yet");
  }
  for (const ast::CriterionDecl& criterion : declared.criteria) {
    if (!criterion.locked) continue;
    report(Code::not_supported, criterion.name.span,
           "locking a criterion against deriving policies is not supported yet")
        .help = "leave out `locked`";
  }
}

std::size_t Checker::section_conditions(const ast::SectionDecl& section, std::vector<typed::Condition>& whens) {
  const std::size_t mark = fact_log_.size();
  for (const ast::Clause& clause : section.clauses) {
    if (clause.kind == ast::Clause::Kind::when) {
      whens.push_back(check_condition(clause.requirement));
      assume_facts(facts(whens.back().condition).when_true);
    } else if (clause.kind != ast::Clause::Kind::error) {
      not_here(clause.word, "a section has `when` alone, no `" + source_text(clause.word) + "`",
               "write it in its criteria");
    }
  }
  return mark;
}

void Checker::check_criterion(const ast::CriterionDecl& declared, std::optional<std::uint32_t> section,
                              const std::vector<typed::Condition>& section_whens) {
  typed::Criterion made;
  made.name = declared.name.text;
  made.title = declared.title ? declared.title->value : "";
  made.level = static_cast<typed::Level>(declared.level);
  made.section = section;
  made.span = declared.name.span;
  made.doc = declared.doc;
  made.whens = section_whens;
  const std::size_t mark = fact_log_.size();
  const std::size_t locals = locals_.size();
  for (const typed::Condition& when : section_whens) assume_facts(facts(when.condition).when_true);
  check_clauses(declared.clauses, made);
  check_why_and_fix(declared.clauses, made);
  forget_facts(mark);
  locals_.resize(locals);
  if (made.requires_.empty() && !declared.incomplete) {
    report(Code::nothing_required, declared.name.span, "`" + made.name + "` requires nothing").help =
        "say when it is met: `require ...`";
  }
  policy_->policy.criteria.push_back(std::move(made));
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
  program_.lets.push_back({written.name.text, value, written.name.span});
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
  const auto subject = subject_;
  const Surroundings kept = leave_for(module_, Place::criterion);
  policy_ = &state;
  subject_ = subject;
  const ExprId value = type_expr(written.value);
  return_to(kept);
  state.open_let = outer;
  state.let_index[index] = static_cast<std::uint32_t>(program_.lets.size());
  program_.lets.push_back({written.name.text, value, written.name.span});
  let_guards_.emplace_back();
  state.let_state[index] = PolicyState::State::done;
  return state.let_index[index];
}

typed::Message Checker::type_message(const ast::Message& written) {
  const bool outer = in_message_;
  in_message_ = true;
  typed::Message made;
  for (const ast::Message::Piece& piece : written.pieces) {
    typed::Message::Piece typed_piece{piece.text, kNoExpr};
    if (piece.expression != ast::kNoExpr) {
      ExprId value = type_expr(piece.expression);
      TypeId shown = program_.types.without_optional(type(value));
      while (program_.types.is_list(shown) || program_.types.is_optional(shown)) shown = program_.types.element(shown);
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

// The condition's source on one line, without comments. What is quoted stays as it is.
typed::Message Checker::default_message(Span condition) const {
  const std::string_view source = sources_.text(condition);
  std::string line;
  auto add_blank = [&] {
    if (!line.empty() && line.back() != ' ') line += ' ';
  };
  std::size_t at = 0;
  while (at < source.size()) {
    const char c = source[at];
    if (c == '"' || c == '`') {
      const bool raw = c == '`' || (at > 0 && source[at - 1] == 'r');
      std::size_t end = at + 1;
      while (end < source.size() && source[end] != c) end += !raw && source[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, source.size());
      line += source.substr(at, end - at);
      at = end;
    } else if (source.substr(at).starts_with("//")) {
      at = std::min(source.find_first_of("\r\n", at), source.size());
      add_blank();
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      add_blank();
      ++at;
    } else {
      line += c;
      ++at;
    }
  }
  while (line.ends_with(' ')) line.pop_back();
  typed::Message made;
  made.pieces.push_back({std::move(line), kNoExpr});
  return made;
}

}  // namespace muster::check
