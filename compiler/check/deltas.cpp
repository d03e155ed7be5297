// SPDX-License-Identifier: Apache-2.0
// The deltas of a policy, held against what it inherits: that each names something, contradicts no other one,
// changes nothing that is locked, and has its reason. What they do is deriving.cpp's.
#include <algorithm>

#include "compiler/check/checker.h"
#include "compiler/typed/reach.h"

namespace muster::check {

namespace {

using Kind = ast::Delta::Kind;

std::string_view thing_of(Kind kind) {
  switch (kind) {
    case Kind::tighten_gate:
    case Kind::replace_gate:
    case Kind::drop_gate: return "gate";
    case Kind::replace_score:
    case Kind::drop_score: return "score";
    case Kind::replace_levels:
    case Kind::drop_levels: return "levels";
    case Kind::set: return "param";
    case Kind::tighten:
    case Kind::promote:
    case Kind::demote:
    case Kind::amend:
    case Kind::replace:
    case Kind::drop:
    case Kind::lock: return "criterion";
  }
  return "";
}

bool is_drop(Kind kind) {
  return kind == Kind::drop || kind == Kind::drop_gate || kind == Kind::drop_score || kind == Kind::drop_levels;
}

bool is_replace(Kind kind) {
  return kind == Kind::replace || kind == Kind::replace_gate || kind == Kind::replace_score ||
         kind == Kind::replace_levels;
}

bool has_clause(const ast::Delta& delta, ast::Clause::Kind kind) {
  return std::any_of(delta.clauses.begin(), delta.clauses.end(),
                     [kind](const ast::Clause& clause) { return clause.kind == kind; });
}

// Whether the word of such a delta may stand before a part of this kind.
bool takes(Kind kind, std::string_view part) {
  if (part == "criterion") return kind != Kind::set;
  switch (kind) {
    case Kind::tighten:
    case Kind::tighten_gate: return part == "gate";
    case Kind::replace:
    case Kind::replace_gate:
    case Kind::replace_score:
    case Kind::replace_levels:
    case Kind::drop:
    case Kind::drop_gate:
    case Kind::drop_score:
    case Kind::drop_levels: return true;
    case Kind::set:
    case Kind::promote:
    case Kind::demote:
    case Kind::amend:
    case Kind::lock: return false;
  }
  return false;
}

// The word and what it names.
Span head_of(const ast::Delta& delta) {
  Span span = delta.word;
  if (!delta.target.parts.empty()) span.end = delta.target.span.end;
  return span;
}

// Where the name is no part of the extended policy: what else it may be.
std::string help_for_target(const ast::Delta& delta, const std::string& written, const PolicyState& policy,
                            const typed::Program& program) {
  const ast::PolicyDecl& declared = *policy.declared;
  if (delta.target.parts.size() > 1) return "write its name alone: `" + delta.target.parts.back().text + "`";
  const std::string& word = delta.target.parts.front().text;
  const auto is_own = [&](const auto& parts) {
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.name.text == word; });
  };
  if (is_own(declared.criteria) || is_own(declared.gates) || is_own(declared.scores) || is_own(declared.levels))
    return "`" + word + "` is declared in this policy: change it there";
  if (policy.sections.count(word) > 0)
    return "`" + word + "` is a section, and only criteria can be changed: name them one by one";
  const auto& params = policy.base->policy.params;
  if (std::any_of(params.begin(), params.end(),
                  [&](const typed::PolicyParam& param) { return program.params[param.param].name == word; }))
    return "`" + word + "` is a param: write `set " + word + " = ...`";
  if ((word == "gate" || word == "score" || word == "levels") && takes(delta.kind, word))
    return "say which: `" + written + " " + word + " NAME`";
  return {};
}

}  // namespace

void Checker::collect_deltas() {
  const auto& deltas = policy_->declared->deltas;
  if (policy_->base != nullptr) {
    for (const ast::Delta& delta : deltas) collect_delta(delta);
  } else if (!deltas.empty() && !policy_->broken) {
    report(
        Code::nothing_to_change, head_of(deltas.front()),
        "`" + policy_->policy.name + "` extends no policy, so there is nothing to " + source_text(deltas.front().word))
        .help = "write `policy " + policy_->policy.name + " extends OTHER`, or write what is meant directly";
  }
}

void Checker::collect_delta(const ast::Delta& delta) {
  if (delta.target.parts.empty()) return;
  if (delta.kind == Kind::set) return collect_set(delta);
  if (delta.kind != Kind::demote) check_reason(delta);  // of a demotion once it is known to be one
  if (!find_target(delta)) return;
  if (is_locked(delta)) return;
  note_asked(delta, (*asked_by(delta))[delta.target.parts.front().text]);
}

Names<Asked>* Checker::asked_by(const ast::Delta& delta) {
  const std::string_view thing = thing_of(delta.kind);
  if (thing == "gate") return &policy_->of_gates;
  if (thing == "score") return &policy_->of_scores;
  if (thing == "levels") return &policy_->of_levels;
  return &policy_->of_criteria;
}

bool Checker::find_target(const ast::Delta& delta) {
  const typed::Policy& base = policy_->base->policy;
  const ast::Name& name = delta.target.parts.front();
  const std::string_view thing = thing_of(delta.kind);
  const auto has = [&](const auto& parts) {
    return delta.target.parts.size() == 1 &&
           std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.name == name.text; });
  };
  const auto note = [&](const auto& parts) {
    for (const auto& part : parts) {
      if (part.name == name.text) note_use(name.span, part.span);
    }
  };
  const auto of_kind = [&](std::string_view kind, const auto& use) {
    if (kind == "gate") return use(base.gates);
    if (kind == "score") return use(base.scores);
    if (kind == "levels") return use(base.levels);
    return use(base.criteria);
  };
  if (of_kind(thing, has)) {
    of_kind(thing, note);
    return true;
  }
  if (policy_->base->broken || delta.incomplete) return false;
  const auto names = [](const auto& parts) {
    std::vector<std::string> all;
    for (const auto& part : parts) all.push_back(part.name);
    return all;
  };
  base::Diagnostic& problem =
      unknown(Code::unknown_part, {name.text, delta.target.span, false},
              "`" + base.name + "` has no " + std::string(thing) + " `" + source_text(delta.target.span) + "`",
              of_kind(thing, names));
  problem.labels.push_back({base.span, "the policy that is extended"});
  const std::string word = source_text(delta.word);
  if (std::string help = help_for_target(delta, word, *policy_, program_); !help.empty())
    problem.help = std::move(help);
  for (const std::string_view kind : {"criterion", "gate", "score", "levels"}) {
    if (!of_kind(kind, has)) continue;
    problem.help = "`" + name.text + "` is " + (kind == "levels" ? "levels" : "a " + std::string(kind));
    problem.help +=
        takes(delta.kind, kind)
            ? ": write `" + word + (kind == "criterion" ? "" : " " + std::string(kind)) + " " + name.text + "`"
            : ", and `" + word + "` takes " + (word == "tighten" ? "criteria and gates" : "criteria") + " alone";
  }
  return false;
}

void Checker::conflicting(const ast::Delta& delta, const ast::Delta& first, std::string message) {
  base::Diagnostic& problem = report(Code::conflicting_deltas, head_of(delta), std::move(message));
  problem.labels.push_back({head_of(first), "the first one"});
  problem.help = "keep one of them: deltas of one policy have no order";
}

void Checker::note_asked(const ast::Delta& delta, Asked& asked) {
  const std::string name = "`" + delta.target.parts.front().text + "`";
  if (asked.whole != nullptr) {
    conflicting(delta, *asked.whole,
                name + " is " + (is_drop(asked.whole->kind) ? "dropped" : "replaced") +
                    " in this policy, and nothing else can be done to it here");
    return;
  }
  if (is_drop(delta.kind) || is_replace(delta.kind)) {
    const ast::Delta* first = asked.level != nullptr     ? asked.level
                              : !asked.tightened.empty() ? asked.tightened.front()
                              : !asked.amended.empty()   ? asked.amended.front()
                                                         : asked.lock;
    if (first != nullptr) {
      conflicting(delta, *first,
                  name + " is changed in this policy already, and can't be " +
                      (is_drop(delta.kind) ? "dropped" : "replaced") + " beside that");
      return;
    }
    asked.whole = &delta;
    return;
  }
  switch (delta.kind) {
    case Kind::promote:
    case Kind::demote:
      if (asked.level != nullptr)
        return conflicting(delta, *asked.level, name + " gets a level in this policy already");
      asked.level = &delta;
      return;
    case Kind::lock:
      if (asked.lock != nullptr) return conflicting(delta, *asked.lock, name + " is locked in this policy already");
      asked.lock = &delta;
      return;
    case Kind::amend:
      for (const ast::Delta* before : asked.amended) {
        for (const ast::Clause& clause : delta.clauses) {
          if (clause.kind == ast::Clause::Kind::error || !has_clause(*before, clause.kind)) continue;
          return conflicting(delta, *before,
                             "`" + source_text(clause.word) + "` of " + name + " is amended in this policy already");
        }
      }
      asked.amended.push_back(&delta);
      return;
    case Kind::set:
    case Kind::tighten:
    case Kind::tighten_gate:
    case Kind::replace:
    case Kind::replace_gate:
    case Kind::replace_score:
    case Kind::replace_levels:
    case Kind::drop:
    case Kind::drop_gate:
    case Kind::drop_score:
    case Kind::drop_levels: asked.tightened.push_back(&delta); return;
  }
}

bool Checker::has_reason(const ast::Delta& delta) { return delta.because && !delta.because->is_blank(); }

void Checker::check_reason(const ast::Delta& delta) {
  if (has_reason(delta) || delta.incomplete) return;
  const std::string name = "`" + source_text(delta.target.span) + "`";
  const auto missing = [&](Span span, const std::string& what, const std::string& written) {
    report(Code::reason_missing, span, what + " " + name + " needs its reason").help =
        "add why: `" + written + "`; reports show it beside the change";
  };
  const std::string head = source_text(head_of(delta)) + " because \"...\"";
  if (is_drop(delta.kind)) return missing(head_of(delta), "dropping", head);
  if (is_replace(delta.kind)) {
    const bool is_expression = delta.score && delta.score->expression != ast::kNoExpr;
    return missing(head_of(delta), "replacing", head + (is_expression ? " = ..." : " { ... }"));
  }
  if (delta.kind == Kind::demote)
    return missing(head_of(delta), "demoting", source_text(delta.span) + " because \"...\"");
  if (delta.kind != Kind::amend) return;
  for (const ast::Clause& clause : delta.clauses) {
    if (clause.kind == ast::Clause::Kind::weight || clause.kind == ast::Clause::Kind::effective)
      return missing(clause.word, "another `" + source_text(clause.word) + "` of", head + " { ... }");
  }
}

// Reports, and the delta does nothing.
bool Checker::is_locked(const ast::Delta& delta) {
  const typed::Policy& base = policy_->base->policy;
  const std::string& name = delta.target.parts.front().text;
  const auto find = [&](const auto& parts) {
    return std::find_if(parts.begin(), parts.end(), [&](const auto& each) { return each.name == name; });
  };
  std::optional<std::uint32_t> by;
  bool is_must = false;
  std::string done;
  Span span = head_of(delta);
  if (delta.kind == Kind::drop_gate || delta.kind == Kind::replace_gate) {
    by = locking_policy(base, static_cast<std::uint32_t>(find(base.gates) - base.gates.begin()));
    done = is_drop(delta.kind) ? "dropped" : "replaced";
  } else if (thing_of(delta.kind) == "criterion") {
    by = find(base.criteria)->locked_by;
    is_must = find(base.criteria)->level == typed::Level::must;
    if (is_drop(delta.kind)) done = "dropped";
    if (is_replace(delta.kind)) done = "replaced";
    if (delta.kind == Kind::demote) done = "demoted";
    for (const ast::Clause& clause : delta.clauses) {
      using Clause = ast::Clause::Kind;
      const bool counts =
          clause.kind == Clause::weight || clause.kind == Clause::effective || clause.kind == Clause::tags;
      if (delta.kind != Kind::amend || !counts || !done.empty()) continue;
      done = "given another `" + source_text(clause.word) + "`";
      span = clause.word;
    }
  }
  if (!by || done.empty()) return false;
  const std::string& locker = program_.policies[*by].name;
  base::Diagnostic& problem =
      report(Code::locked, span,
             thing_of(delta.kind) == "gate"
                 ? "gate `" + name + "` counts a criterion that is locked by `" + locker + "`, and can't be " + done
                 : "`" + name + "` is locked by `" + locker + "`, and can't be " + done);
  problem.labels.push_back({program_.policies[*by].span, "the policy that locks it"});
  problem.help = thing_of(delta.kind) == "gate" ? "it can be made harder: `tighten gate " + name + " { ... }`"
                 : delta.kind == Kind::amend
                     ? "its `owner`, `why`, `fix` and `see` can be amended"
                     : "it can be made harder: `tighten " + name + " { ... }`" + (is_must ? "" : ", or `promote`");
  return true;
}

// Of the first locked criterion that the gate counts, by way of scores and other gates too.
std::optional<std::uint32_t> Checker::locking_policy(const typed::Policy& policy, std::uint32_t gate) const {
  for (const std::uint32_t criterion : typed::criteria_of_gate(program_, policy, gate)) {
    if (policy.criteria[criterion].locked_by) return policy.criteria[criterion].locked_by;
  }
  return std::nullopt;
}

typed::Origin Checker::origin_of(const ast::Delta& delta, typed::Origin::Kind kind, bool weakens) const {
  typed::Origin origin = declared_here(head_of(delta));
  origin.kind = kind;
  origin.weakens = weakens;
  if (delta.because) origin.because = delta.because->value;
  return origin;
}

void Checker::no_effect(const ast::Delta& delta, std::string message) {
  report(Code::no_effect, head_of(delta), std::move(message)).help = "leave it out";
}

}  // namespace muster::check
