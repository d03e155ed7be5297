// SPDX-License-Identifier: Apache-2.0
// Scores: an expression over other scores, weighted parts, or weighted criteria with what na, waived and unknown
// do to them.
#include "compiler/check/checker.h"

namespace muster::check {

void Checker::check_score(std::uint32_t index) {
  PolicyState& state = *policy_;
  if (state.score_state[index] != PolicyState::State::fresh || is_too_deep(state.policy.scores[index].span)) return;
  state.score_state[index] = PolicyState::State::open;
  const std::uint32_t outer = state.open_score;
  state.open_score = index;
  const ast::ScoreDecl& declared = *state.score_decls[index];
  typed::Score made = state.policy.scores[index];
  const auto subject = subject_;
  const Surroundings kept = leave_for(module_, Place::score);
  policy_ = &state;
  subject_ = subject;
  if (declared.expression != ast::kNoExpr) {
    made.expression = type_and_fit(declared.expression, types::kNumber, "a score");
  } else {
    check_score_settings(declared, made);
    if (!declared.parts.empty()) {
      check_score_parts(declared, made);
    } else {
      check_score_criteria(declared, made);
    }
  }
  return_to(kept);
  state.open_score = outer;
  state.policy.scores[index] = std::move(made);
  state.score_state[index] = PolicyState::State::done;
}

// In `score x = E` scores are numbers of points, elsewhere percents.
ExprId Checker::type_score(std::uint32_t index, Span span) {
  PolicyState& state = *policy_;
  if (state.score_state[index] == PolicyState::State::open) {
    const typed::Score& closing = state.policy.scores[state.open_score == kNone ? index : state.open_score];
    report_cycle(closing.span, closing.name, span);
    return make_error(span);
  }
  check_score(index);
  TypeId type = place_ == Place::score ? types::kNumber : types::kPercent;
  if (state.policy.scores[index].may_be_none) type = program_.types.optional(type);
  return narrow(make(Op::score, type, span, {}, index));
}

void Checker::check_score_settings(const ast::ScoreDecl& declared, typed::Score& score) {
  for (const Span& again : declared.repeated) {
    report(Code::bad_score, again, "`" + source_text(again) + "` is said twice");
  }
  auto treat = [](const std::optional<ast::ScoreDecl::Treatment>& written, typed::Treatment& into) {
    if (written) into = static_cast<typed::Treatment>(*written);
  };
  for (const auto& treatment : {declared.na, declared.waived}) {
    if (treatment != ast::ScoreDecl::Treatment::between) continue;
    report(Code::bad_score, declared.name.span,
           "only `unknown` can be `between`: na and waived criteria are met, unmet or excluded");
  }
  treat(declared.na, score.na);
  treat(declared.waived, score.waived);
  treat(declared.unknown, score.unknown);
  if (declared.empty_none) {
    score.empty = *declared.empty_none ? std::optional<double>() : std::optional<double>(declared.empty_value);
    score.may_be_none = *declared.empty_none;
  }
  score.rounding = static_cast<typed::Rounding>(declared.rounding);
  if (declared.rounding != ast::ScoreDecl::Rounding::none) {
    if (auto step = decimal_of(declared.round_step, declared.round_span, "a step of rounding"))
      score.round_step = *step;
    if (score.round_step.units == 0) {
      report(Code::bad_score, declared.round_span, "a score can't be rounded to steps of nothing").help =
          "write `round half_up to 1%`";
      score.rounding = typed::Rounding::none;
    }
  }
  score.cap = declared.cap;
  score.cap_unless_all_met = declared.cap_unless_all_met;
}

void Checker::check_score_parts(const ast::ScoreDecl& declared, typed::Score& score) {
  std::set<std::uint32_t> seen;
  for (const ast::ScoreDecl::Part& part : declared.parts) {
    auto value = policy_->values.find(part.score.text);
    if (value == policy_->values.end() || value->second.kind != Value::Kind::score) {
      std::vector<std::string> candidates;
      for (const typed::Score& each : policy_->policy.scores) candidates.push_back(each.name);
      unknown_part(part.score, "score", candidates);
      continue;
    }
    const std::uint32_t index = value->second.index;
    if (!seen.insert(index).second) {
      report(Code::duplicate_name, part.score.span, "`" + part.score.text + "` is a part already");
      continue;
    }
    if (is_error(type_score(index, part.score.span))) continue;
    if (auto weight = decimal_of(part.weight, part.span, "a weight")) score.parts.push_back({index, *weight});
  }
  if (!declared.weight.empty() || !declared.level_weights.empty()) {
    report(Code::bad_score, declared.of_span, "parts say their own weights").help = "leave out `weight`";
  }
}

void Checker::check_score_criteria(const ast::ScoreDecl& declared, typed::Score& score) {
  ast::Selection all;
  all.span = declared.name.span;
  const typed::Selection selection = select(declared.of ? *declared.of : all);
  std::optional<typed::Decimal> base;
  if (!declared.weight.empty()) base = decimal_of(declared.weight, declared.span, "a weight");
  std::map<typed::Level, typed::Decimal> by_level;
  for (const ast::ScoreDecl::LevelWeight& level : declared.level_weights) {
    auto weight = decimal_of(level.weight, level.span, "a weight");
    if (!weight) continue;
    if (!by_level.emplace(static_cast<typed::Level>(level.level), *weight).second) {
      report(Code::bad_score, level.span, "this level has a weight already");
    }
  }
  score.criteria = selection.criteria;
  for (std::uint32_t index : score.criteria) {
    const typed::Criterion& criterion = policy_->policy.criteria[index];
    typed::Decimal weight = base.value_or(typed::Decimal{});
    if (auto level = by_level.find(criterion.level); level != by_level.end()) weight = level->second;
    score.weights.push_back(criterion.weight.value_or(weight));
  }
}

}  // namespace muster::check
